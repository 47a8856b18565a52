namespace Escalation.Standalone.Clocks;

/// <summary>The clock was moved: it says another instant than the time that passed explains.</summary>
/// <param name="From">What it should have said, or, of a start, had said before; UTC.</param>
/// <param name="To">What it said instead.</param>
public sealed record ClockJump(DateTimeOffset From, DateTimeOffset To)
{
    public bool IsBack => To < From;

    /// <summary>Whole seconds.</summary>
    public TimeSpan By => TimeSpan.FromSeconds(Math.Round((To - From).Duration().TotalSeconds));
}

/// <summary>
/// Holds the clock against one that nobody can move: the machine's own count of time passed; at a start, against the latest instant that
/// the database has seen. What it finds it tells for an hour; a clock that ran steadily so long is taken to be right.
/// </summary>
public sealed class ClockWatch
{
    /// <summary>Time servers correct by less without anybody's notice.</summary>
    public static TimeSpan FarBack { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A machine that was paused for less is merely late.</summary>
    public static TimeSpan FarAhead { get; } = TimeSpan.FromHours(1);
    public static TimeSpan ToldFor { get; } = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private DateTimeOffset _at;
    private long _passed;
    private ClockJump? _jump;
    private long _found;

    public ClockWatch(TimeProvider clock)
    {
        _clock = clock;
        _at = clock.GetUtcNow();
        _passed = clock.GetTimestamp();
    }

    /// <summary>Null: it has run steadily for <see cref="ToldFor"/>.</summary>
    public ClockJump? Jump
    {
        get
        {
            lock (_lock)
                return _jump is not null && _clock.GetElapsedTime(_found) < ToldFor ? _jump : null;
        }
    }

    /// <summary>The jump since it was last looked at, or null.</summary>
    public ClockJump? Look()
    {
        lock (_lock)
        {
            var (now, passed) = (_clock.GetUtcNow(), _clock.GetTimestamp());
            var expected = _at + _clock.GetElapsedTime(_passed, passed);
            _at = now;
            _passed = passed;
            return now < expected - FarBack || now > expected + FarAhead ? Found(new ClockJump(expected, now)) : null;
        }
    }

    /// <summary>The jump back while the host was down, or null. Being down for long is no jump.</summary>
    /// <param name="latest">The latest instant that the database has seen.</param>
    public ClockJump? Start(DateTimeOffset latest)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            return now < latest - FarBack ? Found(new ClockJump(latest, now)) : null;
        }
    }

    private ClockJump Found(ClockJump jump)
    {
        _found = _clock.GetTimestamp();
        return _jump = jump;
    }
}
