namespace Escalation.Standalone.Clocks;

/// <summary>A clock that stands still until it is moved, and never goes back. Timers and timestamps for measuring run on.</summary>
public sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Does nothing for an instant at or before now.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        if (instant > GetUtcNow())
            Interlocked.Exchange(ref _ticks, instant.UtcTicks);
    }
}
