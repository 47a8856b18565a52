using System.Threading.Channels;

namespace Escalation.Bench.Opening;

/// <summary>The bare endpoint's writer: up to a batch of what waits is written raw in one commit, then answered.</summary>
internal sealed class RawQueue : IAsyncDisposable
{
    private readonly Channel<TaskCompletionSource> _waiting = Channel.CreateUnbounded<TaskCompletionSource>();
    private readonly string _file;
    private readonly SameRows _rows;
    private readonly Task _loop;

    public RawQueue(string file, SameRows rows)
    {
        (_file, _rows) = (file, rows);
        _loop = Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning);
    }

    /// <summary>Writes the next case's rows; done when they are committed.</summary>
    public Task WriteNextAsync()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Writer.TryWrite(written);
        return written.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _loop;
    }

    private void Loop()
    {
        using var writer = new RawWriter(_file);
        var (next, batch) = (0, new List<TaskCompletionSource>());
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            writer.Begin();
            while (batch.Count < RawWriter.Batch && _waiting.Reader.TryRead(out var written))
            {
                writer.Insert(_rows.Cases[next++]);
                batch.Add(written);
            }
            writer.Insert(_rows.Beside);
            writer.Commit();
            batch.ForEach(written => written.SetResult());
            batch.Clear();
        }
    }
}
