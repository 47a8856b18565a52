using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>What the writer has done since the store was opened.</summary>
/// <param name="Writes">Writes answered, conflicts included.</param>
/// <param name="Commits">Transactions committed; concurrent writes share one.</param>
/// <param name="Failures">Writes that ended in an exception.</param>
public sealed record WriterStatistics(long Writes, long Commits, long Failures);

/// <summary>
/// Group commit. One thread takes whatever writes are waiting, carries each out under its own check, commits once, and only then answers.
/// It never waits for more. A write that fails does so alone; when the commit fails, every write in it does.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int MostInOneCommit = 1024;

    private readonly Channel<PendingWrite> _waiting = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(2 * MostInOneCommit) { SingleReader = true }
    );

    private readonly Statements _statements;
    private readonly Counters _tallies;
    private readonly Checkpoints _checkpoints;
    private readonly List<PendingWrite> _batch = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _writes;
    private long _commits;
    private long _failures;

    /// <param name="tallies">What its writes add to; put into every transaction before it is committed.</param>
    public WriteQueue(Statements statements, Counters tallies, Checkpoints checkpoints)
    {
        (_statements, _tallies, _checkpoints) = (statements, tallies, checkpoints);
        new Thread(Loop) { IsBackground = true, Name = "case writer" }.Start();
    }

    public WriterStatistics Statistics =>
        new(Interlocked.Read(ref _writes), Interlocked.Read(ref _commits), Interlocked.Read(ref _failures));

    /// <summary>
    /// Answers after the commit. Cancellation is heeded until the write's turn comes: a cancelled write has changed nothing.
    /// </summary>
    public async Task<bool> RunAsync(Func<Statements, bool> write, CancellationToken cancel)
    {
        var pending = new PendingWrite(write, cancel);
        try
        {
            await _waiting.Writer.WriteAsync(pending, cancel);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The case store is closed.", closed);
        }

        return await pending.Answer;
    }

    /// <summary>Takes no more writes and carries out those that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _drained.Task;
        _checkpoints.Dispose();
        _statements.Dispose();
    }

    private void Loop()
    {
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            CommitWhatWaits();
        _drained.SetResult();
    }

    private void CommitWhatWaits()
    {
        _batch.Clear();
        try
        {
            if (!TryTogether())
                OneByOne();
            if (!_tallies.TryPut(_statements))
            {
                RollBack();
                OneByOne();
            }
            _statements["COMMIT"].Run();
            Interlocked.Increment(ref _commits);
        }
        catch (Exception failure)
        {
            RollBack();
            FailAll(failure);
        }

        Answer();
        _checkpoints.Written(_statements.PagesWritten());
    }

    /// <summary>The common way, without savepoints: any exception undoes the lot, to be done again one by one.</summary>
    private bool TryTogether()
    {
        try
        {
            _statements["BEGIN IMMEDIATE"].Run();
            while (_batch.Count < MostInOneCommit && _waiting.Reader.TryRead(out var write))
            {
                _batch.Add(write);
                write.Run(_statements);
            }

            return true;
        }
        catch (Exception) when (_batch.Count > 0)
        {
            RollBack();
            return false;
        }
    }

    private void OneByOne()
    {
        _statements["BEGIN IMMEDIATE"].Run();
        foreach (var write in _batch)
        {
            _statements["SAVEPOINT one"].Run();
            try
            {
                write.Run(_statements);
            }
            catch (Exception failure)
            {
                write.Fail(failure);
                _statements["ROLLBACK TO one"].Run();
            }

            _statements["RELEASE one"].Run();
        }
    }

    /// <summary>Where no transaction could be begun, the batch is what waits now: else it would wait for ever.</summary>
    private void FailAll(Exception failure)
    {
        if (_batch.Count == 0)
        {
            while (_batch.Count < MostInOneCommit && _waiting.Reader.TryRead(out var write))
                _batch.Add(write);
        }

        foreach (var write in _batch)
            write.Fail(failure);
    }

    private void RollBack()
    {
        _tallies.Forget();
        try
        {
            _statements["ROLLBACK"].Run();
        }
        catch (SqliteException)
        {
            // SQLite has ended the transaction by itself (disk full, I/O error).
        }
    }

    private void Answer()
    {
        Interlocked.Add(ref _writes, _batch.Count);
        foreach (var write in _batch)
        {
            if (!write.Tell())
                Interlocked.Increment(ref _failures);
        }
    }
}
