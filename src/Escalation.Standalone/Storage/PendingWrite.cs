namespace Escalation.Standalone.Storage;

/// <summary>A write waiting for its commit. It may be run twice, the first run having been rolled back.</summary>
internal sealed class PendingWrite(Func<Statements, bool> write, CancellationToken cancel)
{
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _cancelled;
    private bool _written;
    private Exception? _failure;

    public Task<bool> Answer => _answer.Task;

    public void Run(Statements statements)
    {
        _cancelled = cancel.IsCancellationRequested;
        _written = !_cancelled && write(statements);
    }

    public void Fail(Exception failure) => _failure = failure;

    /// <summary>Answers the caller; false when the answer is an exception.</summary>
    public bool Tell()
    {
        if (_failure is not null)
            return !_answer.TrySetException(_failure);
        return _cancelled ? _answer.TrySetCanceled(cancel) : _answer.TrySetResult(_written);
    }
}
