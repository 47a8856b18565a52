using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Stop and Review: only where the policy has it, never under imminent risk nor at a final stage.</summary>
internal static class HoldRules
{
    /// <summary>Placed by the raising agency or the partnership; asked for by the receiving one.</summary>
    public static Decision Place(CaseChange change, PlaceHold m)
    {
        var c = change.Case;
        if (change.Policy.Hold is not { } rule)
            return Decider.Refuse(Codes.NotAllowed, "This procedure has no Stop and Review: its clock cannot be held.");
        if (!rule.Stages.Contains(c.Stage.Id) || change.AtFinalStage)
            return Decider.Refuse(Codes.NotAllowed, $"A hold is not allowed at stage {c.Stage.Id}.");
        if (c.ImminentRisk)
            return Decider.Refuse(Codes.NotAllowed, "A hold is not allowed while there is imminent risk.");
        if (OutcomeChecks.NotTheirs(change, m.By.Agency) is { } notTheirs)
            return new Decision.Refused(notTheirs);
        if (!c.PastHolds.IsEmpty && c.SideOf(m.By.Agency) is not Side.Partnership)
            return Decider.Refuse(
                Codes.NotAllowed,
                "The clock of a case is held once. The partnership may allow another: ask the business manager."
            );
        var (calendar, faults) = (change.Rules.Calendar, new Faults());
        var today = calendar.LocalDate(change.At);
        var review = m.ReviewOn ?? calendar.AddWorkingDays(today, rule.ReviewWorkingDays);
        if (!m.ManagerConsulted)
            faults.Add("managerConsulted", FaultCode.Required, "A hold is asked for in consultation with a manager.");
        if (
            review <= today
            || !calendar.IsWorkingDay(review)
            || calendar.WorkingDaysBetween(today, review) > rule.MaxWorkingDays
        )
            faults.Add(
                "reviewOn",
                FaultCode.NotReviewDay,
                $"A working day after today, at most {rule.MaxWorkingDays} working days on."
            );
        if (faults.ToRefusal() is { } refusal)
            return new Decision.Refused(refusal);
        if (c.SideOf(m.By.Agency) is Side.Receiving)
            return Ask(change, m, review);
        var left = StageClock.Left(change.Stage, calendar, CaseTimes.Of(c, change.Policy), c.Stage, change.At);
        change.Add(
            new HoldPlaced(
                c.Stage.Id,
                m.By.Agency,
                review,
                calendar.Instant(review, new TimeOnly(9, 0)),
                left,
                LastClose(change, change.At),
                calendar.CloseOf(review)
            )
            {
                Words = Words(m),
            }
        );
        return change.Accepted();
    }

    /// <summary>The receiving agency asks; the clock goes on until the raising agency, or the partnership, holds it.</summary>
    private static Decision Ask(CaseChange change, PlaceHold m, DateOnly review)
    {
        if (change.Case.Stage.HoldAskedBy is not null)
            return Decider.Refuse(
                Codes.NotAllowed,
                "A hold of this stage was asked for already: it begins when the raising agency or the partnership agrees."
            );
        change.Add(new HoldAsked(change.Case.Stage.Id, m.By.Agency, review) { Words = Words(m) });
        return change.Accepted();
    }

    private static PrivateWords Words(PlaceHold m)
    {
        var words = PrivateWords.Of(m.By, "reason", m.Reason);
        return words with { Texts = new Dictionary<string, string>(words.Texts!) { ["askedBy"] = m.AskedBy! } };
    }

    public static Decision Resume(CaseChange change, Resume m)
    {
        if (OutcomeChecks.NotTheirs(change, m.By.Agency) is { } notTheirs)
            return new Decision.Refused(notTheirs);
        var how = m.Review == "unresolved" ? HoldEnding.Unresolved : HoldEnding.Agreed;
        End(change, how, PrivateWords.Of(m.By, "reason", m.Reason));
        if (how is HoldEnding.Unresolved && StageAfterUnresolved(change) is { } next)
            SkipRules.Jump(change, next, OpenedBecause.Review, m.By.Agency, null);
        return change.Accepted();
    }

    /// <summary>A hold that has gone on as long as it may ends, and its stage goes on by itself.</summary>
    public static bool EndAtLimit(CaseChange change)
    {
        var hold = change.Case.Hold!;
        if ((hold.EndsAt ?? LastClose(change, hold.PlacedAt)) > change.Now)
            return false;
        End(change, HoldEnding.Limit);
        return true;
    }

    /// <summary>Where a review that resolved nothing leads from the present stage; null: the case goes on where it is.</summary>
    public static Stage? StageAfterUnresolved(CaseChange change) =>
        change.Policy.Hold is { UnresolvedGoesTo: { } to, UnresolvedWhen: { } when }
        && change.Case.Circumstances.Contains(when)
        && change.Policy.IndexOf(to) > change.Policy.IndexOf(change.Case.Stage.Id)
            ? change.Policy.Find(to)
            : null;

    /// <summary>The close of the last day on which a hold placed then may go on.</summary>
    private static DateTimeOffset LastClose(CaseChange change, DateTimeOffset placed)
    {
        var calendar = change.Rules.Calendar;
        var day = calendar.LocalDate(placed);
        return calendar.CloseOf(calendar.AddWorkingDays(day, change.Policy.Hold!.MaxWorkingDays));
    }

    /// <summary>Ends the hold: the stage has the deadline that what was left gives, also where it closes in the same write.</summary>
    public static void End(CaseChange change, HoldEnding how, PrivateWords? words = null)
    {
        var (c, calendar) = (change.Case, change.Rules.Calendar);
        var held = calendar.WorkingDaysBetween(calendar.LocalDate(c.Hold!.PlacedAt), calendar.LocalDate(change.At));
        var times = CaseTimes.Of(c, change.Policy) with
        {
            Holds = c.PastHolds.Add(new PastHold(c.Hold.PlacedAt, change.At, held)),
        };
        var deadline = StageClock.Recount(
            change.Stage,
            calendar,
            times,
            c.Stage with
            {
                Resumed = new Resumption(change.At, c.Hold.Left),
            }
        );
        change.Add(
            new HoldEnded(
                c.Stage.Id,
                how,
                held,
                deadline,
                StageClock.Reminders(
                    change.Stage,
                    StageClock.InForce(change.Stage, c.Stage),
                    calendar,
                    change.At,
                    deadline
                )
            )
            {
                Words = words,
            }
        );
        LimitRules.MeetByContact(change);
    }
}
