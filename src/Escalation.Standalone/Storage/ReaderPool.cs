using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>A few read-only connections, each lent to one query at a time. A query runs on the caller's thread.</summary>
internal sealed class ReaderPool : IAsyncDisposable
{
    private const int Size = 4;

    private readonly Channel<Statements> _idle = Channel.CreateUnbounded<Statements>();

    public ReaderPool(string file)
    {
        for (var i = 0; i < Size; i++)
            _idle.Writer.TryWrite(new Statements(Connections.OpenReader(file)));
    }

    public async Task<T> QueryAsync<T>(Func<Statements, T> query, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var statements = await RentAsync(cancel);
        try
        {
            return query(statements);
        }
        finally
        {
            _idle.Writer.TryWrite(statements);
        }
    }

    /// <summary>
    /// Reads in chunks, each when the one before was given out: no read transaction outlives its chunk, so that who is
    /// slow holds up nothing.
    /// </summary>
    public async IAsyncEnumerable<StoredCase> WalkAsync(
        Func<Statements, FoundCase?, IReadOnlyList<FoundCase>> next,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        FoundCase? last = null;
        while (await QueryAsync(statements => next(statements, last), cancel) is { Count: > 0 } chunk)
        {
            foreach (var found in chunk)
                yield return found.Case;
            last = chunk[^1];
        }
    }

    /// <summary>Waits for the queries that are running. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < Size && !_idle.Reader.Completion.IsCompleted; i++)
            (await _idle.Reader.ReadAsync()).Dispose();
        _idle.Writer.TryComplete();
    }

    private async ValueTask<Statements> RentAsync(CancellationToken cancel)
    {
        try
        {
            return await _idle.Reader.ReadAsync(cancel);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The case store is closed.", closed);
        }
    }
}
