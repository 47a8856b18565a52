namespace Escalation.Core.Calendars;

/// <summary>
/// Works out when a stage ends: at the earlier of its own limit and its cap, which never leaves less than the close of
/// the next working day. Both functions give the same instant; <see cref="InstantOf"/> makes no explanation.
/// </summary>
public static class Deadlines
{
    /// <summary>UTC; the deadline is missed when now ≥ it.</summary>
    public static DateTimeOffset InstantOf(WorkingCalendar calendar, DeadlineQuestion question) =>
        Reckoning.Of(calendar, question).At;

    public static Deadline Of(WorkingCalendar calendar, DeadlineQuestion question)
    {
        var reckoning = Reckoning.Of(calendar, question);
        return new(
            reckoning.At,
            reckoning.Kind,
            DeadlineWords.Explain(calendar, question, reckoning),
            calendar.Version
        );
    }
}
