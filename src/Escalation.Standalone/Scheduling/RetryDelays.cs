namespace Escalation.Standalone.Scheduling;

/// <summary>When a case that cannot be dealt with now is looked at next.</summary>
internal static class RetryDelays
{
    /// <summary>
    /// How long a case handed to the sender is left alone. It is looked at sooner when something else falls due, or
    /// when it is written.
    /// </summary>
    public static TimeSpan Sending { get; } = TimeSpan.FromMinutes(5);

    /// <summary>After the nth failure in a row: 1, 2, 4, … minutes, at most an hour.</summary>
    public static TimeSpan AfterFailure(int failures) =>
        TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Min(failures, 10) - 1)));

    /// <summary>The given instant, or the next wake where that is sooner and still to come.</summary>
    /// <param name="nextWake">Of a case whose notices are being tried.</param>
    public static DateTimeOffset NotPast(DateTimeOffset? nextWake, DateTimeOffset now, DateTimeOffset at) =>
        nextWake is { } next && next < at && next > now ? next : at;
}
