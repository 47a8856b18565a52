using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Moment = Escalation.Core.Calendars.Deadline;

namespace Escalation.Core.Cases;

/// <summary>What falls due by itself: deadlines, reminders, hold reviews, duties, and a later calendar.</summary>
internal static class Due
{
    /// <summary>When the case next has something to carry out, sends apart; null: never again by itself.</summary>
    public static DateTimeOffset? Next(Case c)
    {
        DateTimeOffset? next = null;
        void Consider(DateTimeOffset? at)
        {
            if (at is not null && (next is null || at < next))
                next = at;
        }
        if (c.IsOpen)
        {
            Consider(Deadline(c));
            Consider(Reminder(c));
            Consider(c.Hold?.ReviewAt);
            if (c.Status == CaseStatus.Open)
                Consider(c.Stage.Again);
        }
        foreach (var duty in c.Duties)
        {
            Consider(Reminder(duty));
            Consider(duty.IsDone || duty.Overdue ? null : duty.Due);
        }
        return next;
    }

    /// <summary>Carries out everything due at the turn's now, in order. Run again at the same instant it does nothing.</summary>
    public static void CarryOut(Turn turn)
    {
        MoveDeadline(turn);
        while (CarryOutOne(turn)) { }
    }

    private static bool CarryOutOne(Turn turn)
    {
        var c = turn.Case;
        if (c.IsOpen)
        {
            if (Deadline(c) <= turn.Now)
                return Miss(turn);
            if (Reminder(c) is { } scheduled && scheduled <= turn.Now)
                return Remind(turn);
            if (c.Hold?.ReviewAt <= turn.Now)
                return ReviewHold(turn);
            if (c.Status == CaseStatus.Open && c.Stage.Again <= turn.Now)
                return Repeat(turn);
        }
        if (c.Duties.Find(d => !d.IsDone && !d.Overdue && d.Due <= turn.Now) is { } overdue)
        {
            Telling.Duty(
                turn,
                NoticeKinds.DutyOverdue,
                overdue,
                turn.Add(new DutyOverdue(overdue.Id)),
                andBusinessManager: true
            );
            return true;
        }
        if (c.Duties.Find(d => Reminder(d) <= turn.Now) is { } due)
        {
            Telling.Duty(
                turn,
                NoticeKinds.DutyReminder,
                due,
                turn.Add(new DutyReminded(due.Id)),
                andBusinessManager: false
            );
            return true;
        }
        return false;
    }

    /// <summary>The instant at which the case is escalated by itself; null on hold, after a response, or once missed.</summary>
    private static DateTimeOffset? Deadline(Case c) =>
        c.Status switch
        {
            CaseStatus.AwaitingConfirmation => c.Awaiting!.By,
            CaseStatus.Open when c.Stage.MissedAt is null => c.Stage.DeadlineInForce,
            _ => null,
        };

    private static DateTimeOffset? Reminder(Case c)
    {
        if (
            c.Status != CaseStatus.Open
            || c.Stage.ContactMade
            || c.Stage.MissedAt is not null
            || c.Stage.RespondedAt is not null
        )
            return null;
        var done = c.Stage.RemindedUpTo ?? c.Stage.OpenedAt;
        foreach (var at in c.Stage.Reminders)
            if (at > done)
                return at;
        return null;
    }

    private static DateTimeOffset? Reminder(Duty d) => d.IsDone || d.Reminded || d.Overdue ? null : d.RemindAt;

    private static bool Miss(Turn turn)
    {
        var (stage, deadline, unconfirmed) = (
            turn.Case.Stage,
            Deadline(turn.Case)!.Value,
            turn.Case.Awaiting is not null
        );
        var cause = turn.Add(new DeadlineMissed(stage.Id, deadline, turn.AtFinalStage, unconfirmed));
        if (turn.AtFinalStage)
        {
            turn.Add(new OverdueTold(stage.Id, NextTelling(turn, turn.At)));
            Telling.Overdue(turn, cause);
            return true;
        }
        Telling.Missed(turn, cause);
        Ladder.Close(turn, StageEnding.Escalated, ClosedBy.Deadline);
        Ladder.Open(
            turn,
            turn.Policy.After(stage.Id)!,
            unconfirmed ? OpenedBecause.Unconfirmed : OpenedBecause.Deadline
        );
        return true;
    }

    /// <summary>The latest reminder that is due; earlier ones that were not carried out in time are passed over.</summary>
    private static bool Remind(Turn turn)
    {
        var stage = turn.Case.Stage;
        var latest = stage.Reminders.Last(r => r <= turn.Now);
        Telling.Reminder(turn, turn.Add(new ReminderDue(stage.Id, latest, null)));
        return true;
    }

    private static bool Repeat(Turn turn)
    {
        var stage = turn.Case.Stage;
        if (stage.RespondedAt is not null && turn.Stage.RespondedEvery is { } days)
        {
            var again = Repetition.Next(turn.Rules.Calendar, stage.RespondedAt.Value, turn.At, days);
            Telling.Reminder(turn, turn.Add(new ReminderDue(stage.Id, stage.Again!.Value, again)));
        }
        else
        {
            Telling.Overdue(turn, turn.Add(new OverdueTold(stage.Id, NextTelling(turn, stage.MissedAt ?? turn.At))));
        }
        return true;
    }

    private static bool ReviewHold(Turn turn)
    {
        var hold = turn.Case.Hold!;
        var first = turn.Rules.Calendar.CloseOf(hold.ReviewOn);
        var again = turn.Add(
            new HoldReviewDue(
                turn.Case.Stage.Id,
                hold.ReviewAt,
                Repetition.Next(turn.Rules.Calendar, first, turn.At, 1)
            )
        );
        Telling.Hold(turn, NoticeKinds.HoldReview, again);
        return true;
    }

    /// <summary>A calendar newer than the one the deadline was counted with may move it: never earlier, and not once missed.</summary>
    private static void MoveDeadline(Turn turn)
    {
        var c = turn.Case;
        if (
            c.Status is not (CaseStatus.Open or CaseStatus.AwaitingConfirmation)
            || c.Stage.MissedAt is not null
            || c.Stage.RespondedAt is not null
        )
            return;
        if (Moved(c, turn.Rules) is not { } deadline)
            return;
        var reminders = StageClock.Reminders(turn.Stage, turn.Rules.Calendar, c.Stage.OpenedAt, deadline);
        Telling.Moved(turn, turn.Add(new DeadlineMoved(c.Stage.Id, c.Stage.Deadline.At, deadline, reminders)));
    }

    /// <summary>The present stage's deadline under a newer calendar, when that is later; else null.</summary>
    public static Moment? Moved(Case c, Rules rules)
    {
        if (!c.IsOpen || c.Stage.Deadline.CalendarVersion >= rules.Calendar.Version)
            return null;
        var deadline = StageClock.Again(rules.Policy.Find(c.Stage.Id)!, rules.Calendar, CaseTimes.Of(c), c.Stage);
        return deadline.At > c.Stage.Deadline.At ? deadline : null;
    }

    private static DateTimeOffset NextTelling(Turn turn, DateTimeOffset missed) =>
        Repetition.Next(turn.Rules.Calendar, missed, turn.At, turn.Policy.FinalMissed.EveryWorkingDays);

    /// <summary>09:00 on the Nth working day after the turn's instant.</summary>
    public static DateTimeOffset MorningAfter(Turn turn, int workingDays)
    {
        var calendar = turn.Rules.Calendar;
        return calendar.Instant(calendar.AddWorkingDays(calendar.LocalDate(turn.At), workingDays), new TimeOnly(9, 0));
    }
}
