using Escalation.Core.Calendars;
using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

/// <summary>How pressing a case is, most pressing first.</summary>
public enum Urgency
{
    /// <summary>Now is at or after the deadline in force, or the close of the day on which a hold was to be reviewed.</summary>
    Overdue,

    /// <summary>On this local day.</summary>
    DueToday,

    /// <summary>After today, up to and including Sunday.</summary>
    DueThisWeek,
    Later,

    /// <summary>On hold: only its review has a date, and that has not passed.</summary>
    OnHold,

    /// <summary>Open, and no clock runs: it was answered in time and is not yet settled.</summary>
    NoDeadline,
    Ended,
}

public static class UrgencyOfCases
{
    public static Urgency Of(TrackerRow row, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (row.EndedAt is not null)
            return Urgency.Ended;
        if (row.OverdueAt <= now)
            return Urgency.Overdue;
        if (row.Status == CaseStatus.OnHold)
            return Urgency.OnHold;
        if (row.Deadline is not { } deadline)
            return Urgency.NoDeadline;
        var (today, due) = (calendar.LocalDate(now), calendar.LocalDate(deadline));
        return due == today ? Urgency.DueToday
            : due <= SundayOf(today) ? Urgency.DueThisWeek
            : Urgency.Later;
    }

    private static DateOnly SundayOf(DateOnly date) => date.AddDays((7 - (int)date.DayOfWeek) % 7);
}
