using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Reporting;

/// <summary>One stage over all its cases.</summary>
public sealed record StageAnalysis
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public int Opened { get; internal set; }

    /// <summary>Passed over: the case started beyond it or skipped it.</summary>
    public int Skipped { get; internal set; }

    /// <summary>Cases that came to this stage and, by now, no further.</summary>
    public int Furthest { get; internal set; }

    /// <summary>Not closed by now.</summary>
    public int Open { get; internal set; }

    /// <summary>The sum of in time, late and withdrawn.</summary>
    public int Closed { get; internal set; }
    public int ClosedByPerson { get; internal set; }
    public int ClosedByDeadline { get; internal set; }

    /// <summary>Closed before its deadline, or answered before it and closed later.</summary>
    public int InTime { get; internal set; }

    /// <summary>Closed at or after its deadline.</summary>
    public int Late { get; internal set; }

    /// <summary>Closed because the concern was not pursued any more, whether before its deadline or after it.</summary>
    public int Withdrawn { get; internal set; }

    /// <summary>Deadlines missed: a final stage stays open then.</summary>
    public int MissedDeadlines { get; internal set; }

    /// <summary>Of these, because an agreed outcome was not confirmed in time.</summary>
    public int Unconfirmed { get; internal set; }
    public int Reminders { get; internal set; }

    /// <summary>Outcomes for this stage that came after it had closed.</summary>
    public int LateResponses { get; internal set; }
    public int Holds { get; internal set; }

    /// <summary>Times a tier had no contact.</summary>
    public int NobodyToTell { get; internal set; }

    /// <summary>From opening to closing, of closed stages. Time on hold is within.</summary>
    public WorkingDaysTaken WorkingDays { get; internal set; } = new(0, 0, 0);

    /// <summary>How it closed: <c>escalated</c>, <c>skipped</c>, or the outcome that ended the case. By id.</summary>
    public IReadOnlyList<Tally> Closings { get; internal set; } = [];

    internal void Count(StageRecord stage, bool last)
    {
        Opened++;
        Furthest += last ? 1 : 0;
        if (stage.ClosedAt is null)
        {
            Open++;
            return;
        }
        Closed++;
        ClosedByDeadline += stage.By is ClosedBy.Deadline ? 1 : 0;
        ClosedByPerson += stage.By is ClosedBy.Deadline ? 0 : 1;
        if (stage.Outcome == StageEnding.Withdrawn || Outcomes.Has(stage.Outcome, OutcomeEffect.Withdraws))
            Withdrawn++;
        else if (stage.Late)
            Late++;
        else
            InTime++;
    }

    internal void Count(CaseEvent e)
    {
        MissedDeadlines += e is DeadlineMissed ? 1 : 0;
        Unconfirmed += e is DeadlineMissed { Unconfirmed: true } ? 1 : 0;
        Reminders += e is ReminderDue ? 1 : 0;
        LateResponses += e is LateResponseRecorded ? 1 : 0;
        Holds += e is HoldPlaced ? 1 : 0;
        NobodyToTell += e is NobodyToTell ? 1 : 0;
    }

    internal IEnumerable<(string Measure, int Value)> Measures() =>
        [
            ("opened", Opened),
            ("skipped", Skipped),
            ("furthest", Furthest),
            ("open", Open),
            ("closed", Closed),
            ("closedByPerson", ClosedByPerson),
            ("closedByDeadline", ClosedByDeadline),
            ("inTime", InTime),
            ("late", Late),
            ("withdrawn", Withdrawn),
            ("missedDeadlines", MissedDeadlines),
            ("unconfirmed", Unconfirmed),
            ("reminders", Reminders),
            ("lateResponses", LateResponses),
            ("holds", Holds),
            ("nobodyToTell", NobodyToTell),
        ];
}
