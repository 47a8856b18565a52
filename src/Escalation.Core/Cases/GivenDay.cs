using Escalation.Core.Calendars;

namespace Escalation.Core.Cases;

/// <summary>A day that a case was given for a date of its policy.</summary>
/// <param name="Date">Local.</param>
/// <param name="Time">Local; null: not given.</param>
public sealed record GivenDay(DateOnly Date, TimeOnly? Time = null)
{
    /// <summary>What working days and calendar days are counted from, and what runs to this day ends at: its close where no time was
    /// given.</summary>
    internal DateTimeOffset At(WorkingCalendar calendar) => calendar.Instant(Date, Time ?? calendar.Close);

    /// <summary>The last instant at which a concern is raised in time. Clock hours run from the end of a day without a time.</summary>
    internal DateTimeOffset WindowEnd(WorkingCalendar calendar, TimeLimit window) =>
        calendar.EndOf(
            window,
            window.Hours is not null && Time is null
                ? calendar.Instant(Date.AddDays(1), TimeOnly.MinValue)
                : At(calendar)
        );
}
