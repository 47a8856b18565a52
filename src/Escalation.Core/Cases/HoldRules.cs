using Escalation.Core.Notices;

namespace Escalation.Core.Cases;

/// <summary>Stop and Review: only where the policy has it, never under imminent risk nor at a final stage.</summary>
internal static class HoldRules
{
    public static Decision Place(Turn turn, PlaceHold m)
    {
        var c = turn.Case;
        if (turn.Policy.Hold is not { } rule)
            return Decider.Refuse(Codes.NotAllowed, "This procedure has no Stop and Review: its clock cannot be held.");
        if (!rule.Stages.Contains(c.Stage.Id) || turn.AtFinalStage)
            return Decider.Refuse(Codes.NotAllowed, $"A hold is not allowed at stage {c.Stage.Id}.");
        if (c.ImminentRisk)
            return Decider.Refuse(Codes.NotAllowed, "A hold is not allowed while there is imminent risk.");
        if (OutcomeChecks.NotTheirs(turn, m.By.Agency) is { } notTheirs)
            return new Decision.Refused(notTheirs);
        var (calendar, faults) = (turn.Rules.Calendar, new Faults());
        var today = calendar.LocalDate(turn.At);
        var review = m.ReviewOn ?? calendar.AddWorkingDays(today, rule.ReviewWorkingDays);
        if (!m.ManagerConsulted)
            faults.Add("managerConsulted", "A hold is asked for in consultation with a manager.");
        if (
            review <= today
            || !calendar.IsWorkingDay(review)
            || calendar.WorkingDaysBetween(today, review) > rule.MaxWorkingDays
        )
            faults.Add("reviewOn", $"A working day after today, at most {rule.MaxWorkingDays} working days on.");
        if (faults.ToRefusal() is { } refusal)
            return new Decision.Refused(refusal);
        var left = StageClock.Left(turn.Stage, calendar, CaseTimes.Of(c), c.Stage, turn.At);
        var words = PrivateWords.Of(new PersonName(m.By.Name, m.By.Role), "reason", m.Reason);
        var cause = turn.Add(
            new HoldPlaced(c.Stage.Id, m.By.Agency, review, calendar.Instant(review, new TimeOnly(9, 0)), left)
            {
                Words = words with
                {
                    Texts = new Dictionary<string, string>(words.Texts!) { ["askedBy"] = m.AskedBy! },
                },
            }
        );
        Telling.Hold(turn, NoticeKinds.HoldPlaced, cause);
        return turn.Accepted();
    }

    public static Decision Resume(Turn turn, Resume m)
    {
        var (c, rule) = (turn.Case, turn.Policy.Hold!);
        if (OutcomeChecks.NotTheirs(turn, m.By.Agency) is { } notTheirs)
            return new Decision.Refused(notTheirs);
        var how = m.Review == "unresolved" ? HoldEnding.Unresolved : HoldEnding.Agreed;
        var jumps =
            how is HoldEnding.Unresolved
            && rule.UnresolvedGoesTo is { } to
            && rule.UnresolvedWhen is { } when
            && c.Circumstances.Contains(when)
            && turn.Policy.IndexOf(to) > turn.Policy.IndexOf(c.Stage.Id);
        var words = PrivateWords.Of(new PersonName(m.By.Name, m.By.Role), "reason", m.Reason);
        var cause = End(turn, how, words);
        if (!jumps)
        {
            Telling.Hold(turn, NoticeKinds.HoldEnded, cause);
            return turn.Accepted();
        }
        MoveRules.Jump(turn, turn.Policy.Find(rule.UnresolvedGoesTo)!, OpenedBecause.Review, m.By.Agency, null);
        return turn.Accepted();
    }

    /// <summary>Ends the hold: the stage has the deadline that what was left gives, also where it closes in the same write.</summary>
    public static int End(Turn turn, HoldEnding how, PrivateWords? words = null)
    {
        var (c, calendar) = (turn.Case, turn.Rules.Calendar);
        var held = calendar.WorkingDaysBetween(calendar.LocalDate(c.Hold!.PlacedAt), calendar.LocalDate(turn.At));
        var times = new CaseTimes(c.RaisedAt, c.Stages, c.PastHolds.Add(new PastHold(c.Hold.PlacedAt, turn.At, held)));
        var deadline = StageClock.Again(
            turn.Stage,
            calendar,
            times,
            c.Stage with
            {
                Resumed = new Resumption(turn.At, c.Hold.Left),
            }
        );
        return turn.Add(
            new HoldEnded(
                c.Stage.Id,
                how,
                held,
                deadline,
                StageClock.Reminders(turn.Stage, calendar, turn.At, deadline)
            )
            {
                Words = words,
            }
        );
    }
}
