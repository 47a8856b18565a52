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
            Consider(c.Hold?.EndsAt);
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

    /// <summary>Carries out everything due at the change's now, in order. Run again at the same instant it does nothing.</summary>
    public static void CarryOut(CaseChange change)
    {
        MoveDeadline(change);
        while (CarryOutOne(change)) { }
    }

    private static bool CarryOutOne(CaseChange change)
    {
        var c = change.Case;
        if (c.IsOpen)
        {
            if (Deadline(c) <= change.Now)
                return Miss(change);
            if (Reminder(c) is { } scheduled && scheduled <= change.Now)
                return Remind(change);
            if (c.Hold?.EndsAt <= change.Now || c.Hold?.ReviewAt <= change.Now)
                return HoldRules.EndAtLimit(change) || ReviewHold(change);
            if (c.Status == CaseStatus.Open && c.Stage.Again <= change.Now)
                return Repeat(change);
        }
        if (c.Duties.Find(d => !d.IsDone && !d.Overdue && d.Due <= change.Now) is { } overdue)
        {
            change.Add(new DutyOverdue(overdue.Id));
            return true;
        }
        if (c.Duties.Find(d => Reminder(d) <= change.Now) is { } due)
        {
            change.Add(new DutyReminded(due.Id));
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

    /// <summary>Who are in touch are reminded once more, at the last: whoever is warned then must not go without.</summary>
    private static DateTimeOffset? Reminder(Case c)
    {
        if (c.Status != CaseStatus.Open || c.Stage.MissedAt is not null || c.Stage.IsWithoutLimit)
            return null;
        var done = c.Stage.RemindedUpTo ?? c.Stage.LimitSince;
        foreach (var at in c.Stage.Reminders)
            if (at > done && (c.Stage.ContactBy is null || at == c.Stage.Reminders[^1]))
                return at;
        return null;
    }

    private static DateTimeOffset? Reminder(Duty d) => d.IsDone || d.Reminded || d.Overdue ? null : d.RemindAt;

    private static bool Miss(CaseChange change)
    {
        var (stage, deadline, unconfirmed) = (
            change.Case.Stage,
            Deadline(change.Case)!.Value,
            change.Case.Awaiting is not null
        );
        var escalates = LimitRules.Escalates(change);
        change.Add(new DeadlineMissed(stage.Id, deadline, !escalates, unconfirmed));
        if (!escalates)
        {
            change.Add(new OverdueTold(stage.Id, NextTelling(change, change.At)));
            return true;
        }
        StageTransitions.Close(change, StageEnding.Escalated, ClosedBy.Deadline);
        StageTransitions.Open(
            change,
            change.Policy.After(stage.Id)!,
            unconfirmed ? OpenedBecause.Unconfirmed : OpenedBecause.Deadline
        );
        return true;
    }

    /// <summary>The latest reminder that is due; earlier ones that were not carried out in time are passed over.</summary>
    private static bool Remind(CaseChange change)
    {
        var stage = change.Case.Stage;
        var latest = stage.Reminders.Last(r => r <= change.Now);
        change.Add(new ReminderDue(stage.Id, latest, null));
        return true;
    }

    private static bool Repeat(CaseChange change)
    {
        var stage = change.Case.Stage;
        if (stage.IsWithoutLimit && change.Stage.Review is { EveryWorkingDays: var days })
        {
            var since = stage.RespondedAt ?? stage.LimitSince;
            var again = Repetition.Next(change.Rules.Calendar, since, change.At, days);
            change.Add(new ReminderDue(stage.Id, stage.Again!.Value, again));
        }
        else
        {
            change.Add(new OverdueTold(stage.Id, NextTelling(change, stage.MissedAt ?? change.At)));
        }
        return true;
    }

    private static bool ReviewHold(CaseChange change)
    {
        var hold = change.Case.Hold!;
        var first = change.Rules.Calendar.CloseOf(hold.ReviewOn);
        change.Add(
            new HoldReviewDue(
                change.Case.Stage.Id,
                hold.ReviewAt,
                Repetition.Next(change.Rules.Calendar, first, change.At, 1)
            )
        );
        return true;
    }

    /// <summary>A calendar newer than the one the deadline was counted with may move it: never earlier, and not once missed.</summary>
    private static void MoveDeadline(CaseChange change)
    {
        var c = change.Case;
        if (c.Status is not (CaseStatus.Open or CaseStatus.AwaitingConfirmation) || c.Stage.MissedAt is not null)
            return;
        if (Moved(c, change.Rules) is not { } deadline)
            return;
        var limit = StageClock.InForce(change.Stage, c.Stage);
        var reminders = StageClock.Reminders(change.Stage, limit, change.Rules.Calendar, c.Stage.LimitSince, deadline);
        change.Add(new DeadlineMoved(c.Stage.Id, c.Stage.Deadline!.At, deadline, reminders));
    }

    /// <summary>The present stage's deadline under a newer calendar, when that is later; else null.</summary>
    public static Moment? Moved(Case c, Rules rules)
    {
        if (
            !c.IsOpen
            || c.Stage is not { IsWithoutLimit: false, Deadline: { } present }
            || present.CalendarVersion >= rules.Calendar.Version
        )
            return null;
        var deadline = StageClock.Recount(
            rules.Policy.Find(c.Stage.Id)!,
            rules.Calendar,
            CaseTimes.Of(c, rules.Policy),
            c.Stage
        );
        return deadline?.At > present.At ? deadline : null;
    }

    private static DateTimeOffset NextTelling(CaseChange change, DateTimeOffset missed) =>
        Repetition.Next(
            change.Rules.Calendar,
            missed,
            change.At,
            change.Stage.ToldAgainEvery(change.Policy, change.Case.Stage.Met.Count)
        );

    /// <summary>09:00 on the Nth working day after the change's instant.</summary>
    public static DateTimeOffset MorningAfter(CaseChange change, int workingDays)
    {
        var calendar = change.Rules.Calendar;
        return calendar.Instant(
            calendar.AddWorkingDays(calendar.LocalDate(change.At), workingDays),
            new TimeOnly(9, 0)
        );
    }
}
