using Escalation.Core.Cases;

namespace Escalation.Standalone.Scheduling;

/// <summary>When a case that cannot be dealt with now is looked at next.</summary>
internal static class Lateness
{
    /// <summary>How long a case handed to the sender is left alone. It is looked at sooner when something else falls due, or when it is written.</summary>
    public static TimeSpan Sending { get; } = TimeSpan.FromMinutes(5);

    /// <summary>After the nth failure in a row: 1, 2, 4, … minutes, at most an hour.</summary>
    public static TimeSpan AfterFailure(int failures) => TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Min(failures, 10) - 1)));

    /// <summary>The given instant, or sooner when something other than the sends due now comes before it.</summary>
    public static DateTimeOffset NotPast(CaseDocument document, DateTimeOffset now, DateTimeOffset at)
    {
        var waiting = document.Sends;
        foreach (var notice in document.ToSend(now))
            waiting = waiting.SetItem(notice.Key, new SendState(0, at, ""));
        return (document with { Sends = waiting }).NextWake is { } next && next < at && next > now ? next : at;
    }
}
