namespace Escalation.Core.Calendars;

/// <summary>
/// Works out when a stage ends ("Working time" of the procedures). Both functions give the same instant; <see
/// cref="InstantOf"/> spares the words.
/// </summary>
public static class Deadlines
{
    /// <summary>UTC.</summary>
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
