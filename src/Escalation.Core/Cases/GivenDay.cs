using Escalation.Core.Calendars;
using Escalation.Core.Policies;

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

    /// <summary>Why the day cannot be meant: it has been, or lies ahead, as the date of the policy says; null: it can.</summary>
    internal Fault? FaultAs(CaseDate date, WorkingCalendar calendar, DateTimeOffset now)
    {
        var today = calendar.LocalDate(now);
        return Date.Year is < 1900 or > 2200 ? new Fault(FaultCode.NotPlausible, "Not a plausible date.")
            : date.Ahead && Date < today ? new Fault(FaultCode.Past, "A day to come, or today.")
            : !date.Ahead && (Date > today || (Time is not null && At(calendar) > now))
                ? new Fault(FaultCode.InFuture, "In the future.")
            : null;
    }
}
