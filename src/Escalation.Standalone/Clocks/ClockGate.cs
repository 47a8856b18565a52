namespace Escalation.Standalone.Clocks;

/// <summary>
/// Lets many in at a time, or the one that moves the clock alone. Who wants it alone waits for those inside, and those
/// who come later wait for it. Closed until <see cref="Open"/>, so that nothing is answered before the start is done.
/// </summary>
public sealed class ClockGate
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _entrance = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource _empty = Done();
    private int _inside;

    /// <summary>Once; from then on everybody is let in.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>Disposing of the answer leaves.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await _opened.Task.WaitAsync(cancel);
        await _entrance.WaitAsync(cancel);
        lock (_lock)
        {
            if (_inside++ == 0)
                _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        _entrance.Release();
        return new Leaving(Leave);
    }

    /// <summary>Waits until nobody is inside. Works before the gate is open, too.</summary>
    public async Task<IDisposable> EnterAloneAsync(CancellationToken cancel)
    {
        await _entrance.WaitAsync(cancel);
        try
        {
            Task empty;
            lock (_lock)
                empty = _empty.Task;
            await empty.WaitAsync(cancel);
        }
        catch
        {
            _entrance.Release();
            throw;
        }
        return new Leaving(() => _entrance.Release());
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_inside == 0)
                _empty.TrySetResult();
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
