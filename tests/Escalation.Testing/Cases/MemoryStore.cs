using System.Runtime.CompilerServices;
using Escalation.Core.Storage;

namespace Escalation.Testing.Cases;

/// <summary>
/// A store in memory, for tests of what stands on the storage seam; the seam's contract is proven on the real stores.
/// Queries that only hosts ask are not answered.
/// </summary>
public sealed class MemoryStore : ICaseStore, ICaseQueries, IRecords
{
    private readonly Dictionary<string, (long Version, CaseWrite Write)> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Id), StoredRecord> _records = [];

    /// <summary>Called before each write of a case, to let somebody else write first.</summary>
    public Action<MemoryStore>? BeforeWrite { get; set; }

    public int Writes { get; private set; }

    public CaseIndex IndexOf(string reference) => _cases[reference].Write.Index;

    public Task<StoredCase?> ReadAsync(string reference, CancellationToken cancel) =>
        Task.FromResult(
            _cases.TryGetValue(reference, out var found)
                ? new StoredCase(reference, found.Version, found.Write.Document)
                : null
        );

    public Task<bool> WriteAsync(CaseWrite write, CancellationToken cancel)
    {
        DocumentSize.Check(write);
        var before = BeforeWrite;
        BeforeWrite = null;
        before?.Invoke(this);
        var version = _cases.TryGetValue(write.Reference, out var found) ? found.Version : 0;
        if (version != write.ExpectedVersion)
            return Task.FromResult(false);
        if (!write.Kept.IsEmpty && !write.Kept.Span.SequenceEqual(found.Write.Added.Span))
            throw new InvalidOperationException(
                $"Case {write.Reference}: what a write goes on after is not what is stored."
            );
        _cases[write.Reference] = (version + 1, write with { Kept = default, Added = write.Document });
        Writes++;
        return Task.FromResult(true);
    }

    public async IAsyncEnumerable<StoredCase> ScanAsync(
        CaseScan scan,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (
            var (reference, (version, write)) in _cases
                .Where(c => (scan.Partnership ?? c.Value.Write.Index.Partnership) == c.Value.Write.Index.Partnership)
                .ToList()
        )
            if (!scan.OpenOnly || write.Index.Open)
                yield return await Task.FromResult(new StoredCase(reference, version, write.Document));
    }

    public Task<IReadOnlyList<string>> SimilarAsync(
        string partnership,
        string similarityKey,
        CancellationToken cancel
    ) =>
        Task.FromResult<IReadOnlyList<string>>([
            .. _cases
                .Where(c =>
                    c.Value.Write.Index.Partnership == partnership && c.Value.Write.Index.SimilarityKey == similarityKey
                )
                .Select(c => c.Key),
        ]);

    public Task<StoredRecord?> ReadAsync(string kind, string id, CancellationToken cancel) =>
        Task.FromResult(_records.GetValueOrDefault((kind, id)));

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string prefix, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<StoredRecord>>([
            .. _records
                .Where(r => r.Key.Kind == kind && r.Key.Id.StartsWith(prefix, StringComparison.Ordinal))
                .Select(r => r.Value)
                .OrderBy(r => r.Id, StringComparer.Ordinal),
        ]);

    public Task<bool> WriteAsync(string kind, string id, string? body, long expectedVersion, CancellationToken cancel)
    {
        if ((_records.GetValueOrDefault((kind, id))?.Version ?? 0) != expectedVersion)
            return Task.FromResult(false);
        if (body is null)
            _records.Remove((kind, id));
        else
            _records[(kind, id)] = new StoredRecord(id, expectedVersion + 1, body);
        return Task.FromResult(true);
    }

    public IAsyncEnumerable<StoredCase> DueAsync(DateTimeOffset now, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<DateTimeOffset?> EarliestAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task DeferAsync(
        string reference,
        long version,
        DateTimeOffset nextTry,
        int failures,
        CancellationToken cancel
    ) => throw new NotSupportedException();

    public Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<string?> FindByOperationAsync(string operation, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<string>> RetentionDueAsync(DateTimeOffset now, int take, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel) =>
        throw new NotSupportedException();
}
