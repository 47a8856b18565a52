using Escalation.Core.Storage;

namespace Escalation.Standalone.Scheduling;

/// <summary>
/// Wakes the scheduler when a case's next wake comes before the one it sleeps until. A hint: the scheduler looks by
/// itself, too.
/// </summary>
public sealed class Alarm : IWaker
{
    private readonly SemaphoreSlim _rung = new(0, 1);
    private long _until = DateTimeOffset.MinValue.UtcTicks;

    public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel)
    {
        if (at is not null && at.Value.UtcTicks < Interlocked.Read(ref _until))
            Ring();
        return ValueTask.CompletedTask;
    }

    /// <summary>From now on wakes before this instant ring. To be called before looking for work, so that none is missed.</summary>
    public void Set(DateTimeOffset until) => Interlocked.Exchange(ref _until, until.UtcTicks);

    /// <summary>Until it rings, or the time is over.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _rung.WaitAsync(atMost, cancel);

    /// <summary>Whatever it sleeps until.</summary>
    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }
}
