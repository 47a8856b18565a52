using Escalation.Core.Calendars;
using Escalation.Core.Cases;

namespace Escalation.Core.Reporting;

/// <summary>What happened in the cases, all policies together.</summary>
public sealed record CaseMeasures
{
    public int Raised { get; internal set; }
    public int Open { get; internal set; }

    /// <summary>Cases with imminent risk, from the start or raised later.</summary>
    public int Urgent { get; internal set; }

    /// <summary>Cases for which a deadline was missed at least once.</summary>
    public int WithMissedDeadline { get; internal set; }
    public int MissedDeadlines { get; internal set; }

    /// <summary>Times a reminder of a stage fell due; each may go to several people.</summary>
    public int Reminders { get; internal set; }

    /// <summary>Times the tier of an overdue final stage was told so.</summary>
    public int OverdueTellings { get; internal set; }

    /// <summary>Agreed outcomes that the other side disputed.</summary>
    public int Disputes { get; internal set; }
    public int LateResponses { get; internal set; }

    /// <summary>Of these, adopted by the tier the case had come to.</summary>
    public int LateResponsesAdopted { get; internal set; }

    /// <summary>Holds placed; a case may have several.</summary>
    public int Holds { get; internal set; }
    public int WithHold { get; internal set; }

    /// <summary>Working days on hold, those of a hold that goes on up to now.</summary>
    public int WorkingDaysHeld { get; internal set; }

    /// <summary>Cases that looked like another open one when they were raised.</summary>
    public int PossibleDuplicates { get; internal set; }

    /// <summary>Cases into which a newer program wrote something this one cannot count.</summary>
    public int OfNewerProgram { get; internal set; }

    internal void Count(Case c, WorkingCalendar calendar, DateTimeOffset now)
    {
        Raised++;
        Open += c.IsOpen ? 1 : 0;
        Urgent += c.ImminentRisk ? 1 : 0;
        LateResponses += c.LateResponses.Count;
        LateResponsesAdopted += c.LateResponses.Count(l => l.Adopted);
        var holds = c.PastHolds.Count + (c.Hold is null ? 0 : 1);
        Holds += holds;
        WithHold += holds > 0 ? 1 : 0;
        WorkingDaysHeld += c.PastHolds.Sum(h => h.WorkingDays);
        if (c.Hold is { } hold)
            WorkingDaysHeld += DaysUpTo(hold, calendar, now);
        PossibleDuplicates += c.PossibleDuplicates.Count > 0 ? 1 : 0;
        OfNewerProgram += c.UnknownEvent is null ? 0 : 1;
        WithMissedDeadline += c.Stages.Exists(s => s.MissedAt is not null) ? 1 : 0;
    }

    /// <summary>A hold that was to end by itself before now is as long as it may be: its end has only not been carried out.</summary>
    private static int DaysUpTo(Hold hold, WorkingCalendar calendar, DateTimeOffset now) =>
        calendar.WorkingDaysBetween(
            calendar.LocalDate(hold.PlacedAt),
            calendar.LocalDate(hold.EndsAt < now ? hold.EndsAt.Value : now)
        );

    internal void Count(CaseEvent e)
    {
        MissedDeadlines += e is DeadlineMissed ? 1 : 0;
        Reminders += e is ReminderDue ? 1 : 0;
        OverdueTellings += e is OverdueTold ? 1 : 0;
        Disputes += e is OutcomeDisputed ? 1 : 0;
    }

    internal IEnumerable<(string Measure, int Value)> Measures() =>
        [
            ("raised", Raised),
            ("open", Open),
            ("urgent", Urgent),
            ("withMissedDeadline", WithMissedDeadline),
            ("missedDeadlines", MissedDeadlines),
            ("reminders", Reminders),
            ("overdueTellings", OverdueTellings),
            ("disputes", Disputes),
            ("lateResponses", LateResponses),
            ("lateResponsesAdopted", LateResponsesAdopted),
            ("holds", Holds),
            ("withHold", WithHold),
            ("workingDaysHeld", WorkingDaysHeld),
            ("possibleDuplicates", PossibleDuplicates),
            ("ofNewerProgram", OfNewerProgram),
        ];
}
