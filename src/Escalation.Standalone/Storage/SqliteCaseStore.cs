using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Escalation.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>
/// The cases and records of a one-machine host, in one SQLite file in the data folder. The folder is this process's
/// alone from <see cref="Open"/> until the store is disposed of. Concurrent writes share a commit; each is answered
/// when that commit is on the disk.
/// </summary>
public sealed class SqliteCaseStore : ICaseStore, ICaseQueries, IRecords, IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly Counters _tallies = new();
    private readonly Checkpoints _checkpoints;
    private readonly WriteQueue _writes;
    private readonly ReaderPool _reads;
    private readonly SqliteCaseQueries _queries;
    private readonly SqliteRecords _records;

    /// <summary>Cases put off of which that cannot be written, because their page is damaged: kept here while the process runs.</summary>
    private readonly ConcurrentDictionary<string, SetAside> _setAside = new(StringComparer.Ordinal);

    private SqliteCaseStore(DataFolder folder, SqliteConnection writer, Checkpoints checkpoints, ReaderPool reads)
    {
        _folder = folder;
        _checkpoints = checkpoints;
        _writes = new WriteQueue(new Statements(writer), _tallies, checkpoints);
        _reads = reads;
        _queries = new SqliteCaseQueries(reads);
        _records = new SqliteRecords(reads, _writes);
    }

    public WriterStatistics Statistics => _writes.Statistics;

    /// <summary>Opens the store in the folder, making both when there are none and bringing an older file up to date.</summary>
    /// <exception cref="StoreException">The folder can't be made or written, another process uses it, or its file is of
    /// a later program or damaged.</exception>
    public static SqliteCaseStore Open(string folder)
    {
        var claimed = DataFolder.Claim(folder);
        try
        {
            return Open(claimed);
        }
        catch (SqliteException refused)
        {
            claimed.Dispose();
            throw new StoreException($"{claimed.Database} cannot be opened: {refused.Message}", refused);
        }
        catch
        {
            claimed.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Copies the database of a data folder to a file, whether or not a host is running on it: no claim is made. See
    /// <see cref="BackupAsync(string, CancellationToken)"/>.
    /// </summary>
    /// <exception cref="StoreException">As there; or the folder has no database.</exception>
    public static Task BackupAsync(string folder, string file, CancellationToken cancel) =>
        Backup.CopyAsync(DataFolder.DatabaseIn(folder), file, cancel);

    /// <summary>
    /// Copies everything committed at one instant to a new file, which appears only when whole. To restore, put it into
    /// an empty data folder under the database's name. Cancellation is heeded before and after the copying, not within.
    /// </summary>
    /// <exception cref="StoreException">The file exists already or can't be written.</exception>
    public Task BackupAsync(string file, CancellationToken cancel) => Backup.CopyAsync(_folder.Database, file, cancel);

    /// <summary>
    /// Sees to it that what earlier writes removed is in no file any more: until then the write-ahead log may hold it,
    /// for weeks if little is written. To be called after personal data was removed. False when a reader (a backup) was
    /// in the way for five seconds: call again later.
    /// </summary>
    public Task<bool> EmptyLogAsync(CancellationToken cancel) => Task.Run(_checkpoints.Empty, cancel);

    public Task<StoredCase?> ReadAsync(string reference, CancellationToken cancel) =>
        _reads.QueryAsync(statements => CaseReads.Read(statements, reference), cancel);

    public Task<bool> WriteAsync(CaseWrite write, CancellationToken cancel)
    {
        DocumentSize.Check(write);
        var filing = IndexColumns.Of(write.Index);
        return _writes.RunAsync(statements => CaseWriter.Write(statements, _tallies, write, filing), cancel);
    }

    public async IAsyncEnumerable<StoredCase> DueAsync(
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (
            var stored in _reads.WalkAsync((statements, last) => CaseReads.DueAt(statements, now, last), cancel)
        )
        {
            if (!_setAside.TryGetValue(stored.Reference, out var aside))
                yield return stored;
            else if (aside.NextTry <= now)
                yield return stored with
                {
                    Failures = aside.Failures,
                };
        }
    }

    public async Task<DateTimeOffset?> EarliestAsync(CancellationToken cancel)
    {
        var earliest = await _reads.QueryAsync(
            statements => CaseReads.EarliestTries(statements, _setAside.Count + 1),
            cancel
        );
        var tries = earliest.Where(e => !_setAside.ContainsKey(e.Reference)).Select(e => e.At).Take(1);
        return tries.Concat(_setAside.Values.Select(a => a.NextTry)).Select(at => (DateTimeOffset?)at).Min();
    }

    public async Task DeferAsync(
        string reference,
        long version,
        DateTimeOffset nextTry,
        int failures,
        CancellationToken cancel
    )
    {
        try
        {
            await _writes.RunAsync(
                statements => CaseWriter.Defer(statements, reference, version, nextTry, failures),
                cancel
            );
        }
        catch (SqliteException e) when (StoreFaults.IsDamage(e))
        {
            _setAside[reference] = new SetAside(nextTry, failures);
        }
    }

    /// <summary>
    /// Makes cases due again that were left alone until an instant up to <paramref name="until"/> because a sender had them, or was
    /// about to:
    /// of a process that has ended, none has. One that merely waits until then is looked at once too often. To be called at start. False
    /// when there was none.
    /// </summary>
    /// <param name="until">Inclusive.</param>
    public Task<bool> ReclaimAbandonedSendsAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) =>
        EachAsync((statements, reference) => CaseWriter.TakeUp(statements, now, until, reference), now, cancel);

    /// <summary>
    /// Makes every case due that does not simply wait for its own deadline or reminder: whoever put it off may have gone by a clock that
    /// was wrong. Looked at, it is put off anew. To be called after the clock was set back. False when there was none.
    /// </summary>
    public Task<bool> ReplanAsync(DateTimeOffset now, CancellationToken cancel)
    {
        _setAside.Clear();
        return EachAsync((statements, reference) => CaseWriter.Replan(statements, now, reference), now, cancel);
    }

    public Task<IReadOnlyList<string>> RetentionDueAsync(DateTimeOffset now, int take, CancellationToken cancel) =>
        _reads.QueryAsync(statements => CaseReads.RetentionDueAt(statements, now, take), cancel);

    public Task<string?> FindByOperationAsync(string operation, CancellationToken cancel) =>
        _reads.QueryAsync(statements => CaseReads.WithOperation(statements, operation), cancel);

    public Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel) =>
        _queries.TrackerAsync(query, cancel);

    public IAsyncEnumerable<StoredCase> ScanAsync(CaseScan scan, CancellationToken cancel) =>
        _queries.ScanAsync(scan, cancel);

    public Task<IReadOnlyList<string>> SimilarAsync(
        string partnership,
        string similarityKey,
        CancellationToken cancel
    ) => _queries.SimilarAsync(partnership, similarityKey, cancel);

    public Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel) =>
        _queries.CountsAsync(partnership, now, cancel);

    public Task<StoredRecord?> ReadAsync(string kind, string id, CancellationToken cancel) =>
        _records.ReadAsync(kind, id, cancel);

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string prefix, CancellationToken cancel) =>
        _records.ListAsync(kind, prefix, cancel);

    public Task<bool> WriteAsync(
        string kind,
        string id,
        string? body,
        long expectedVersion,
        CancellationToken cancel
    ) => _records.WriteAsync(kind, id, body, expectedVersion, cancel);

    /// <summary>Carries out the writes that wait, lets running queries end, and gives the folder up.</summary>
    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        await _writes.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Changes all the cases that wait at once; where a page of one is damaged, each by itself, and that one not.</summary>
    /// <param name="change">Of one case, or of all where the reference is null. False when there was nothing to change.</param>
    private async Task<bool> EachAsync(
        Func<Statements, string?, bool> change,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        try
        {
            return await _writes.RunAsync(statements => change(statements, null), cancel);
        }
        catch (SqliteException e) when (StoreFaults.IsDamage(e))
        {
            var changed = false;
            foreach (var reference in await _reads.QueryAsync(statements => CaseReads.Waiting(statements, now), cancel))
                changed |= await ChangeAsync(reference);
            return changed;
        }

        async Task<bool> ChangeAsync(string reference)
        {
            try
            {
                return await _writes.RunAsync(statements => change(statements, reference), cancel);
            }
            catch (SqliteException e) when (StoreFaults.IsDamage(e))
            {
                return false;
            }
        }
    }

    private sealed record SetAside(DateTimeOffset NextTry, int Failures);

    private static SqliteCaseStore Open(DataFolder folder)
    {
        // SQLite gives its log and its other files the mode of the database.
        OwnerOnly.MakeFile(folder.Database);
        var writer = Connections.OpenWriter(folder.Database);
        Checkpoints? checkpoints = null;
        try
        {
            Schema.Migrate(writer);
            checkpoints = new Checkpoints(folder.Database);
            return new SqliteCaseStore(folder, writer, checkpoints, new ReaderPool(folder.Database));
        }
        catch
        {
            checkpoints?.Dispose();
            writer.Dispose();
            throw;
        }
    }
}
