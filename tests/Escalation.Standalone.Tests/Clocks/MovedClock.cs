using Microsoft.Extensions.Time.Testing;

namespace Escalation.Standalone.Tests.Clocks;

/// <summary>A machine whose clock somebody moves: the time passed, which timers go by, does not move with it.</summary>
internal sealed class MovedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan _wrong;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _wrong;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public void Move(TimeSpan by) => _wrong += by;
}
