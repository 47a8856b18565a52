using Escalation.Core.Notices;

namespace Escalation.Core.Cases;

/// <summary>Who must agree to an agreed outcome before it stands, until when, and what their answer comes to.</summary>
internal static class ConfirmationRules
{
    /// <summary>The sides that must still agree. Nobody confirms what the partnership recorded, nor an internal stage.</summary>
    public static IReadOnlyList<Side> Sides(Turn turn, Side by)
    {
        var (rule, c) = (turn.Policy.Confirmation, turn.Case);
        if (by is Side.Partnership or Side.Involved || turn.Stage.Told is Policies.Told.Raising)
            return [];
        if (by is Side.Receiving)
            return [Side.Raising];
        return rule.ByBoth && !rule.ExceptStages.Contains(c.Stage.Id) && c.AgenciesOf(Side.Receiving).Any()
            ? [Side.Receiving]
            : [];
    }

    /// <summary>The stage's deadline, or the close of the next working day where that is later.</summary>
    public static DateTimeOffset By(Turn turn)
    {
        var nextDay = turn.Rules.Calendar.CloseOfNextWorkingDay(turn.At);
        return turn.Case.Stage.DeadlineInForce is { } deadline && deadline > nextDay ? deadline : nextDay;
    }

    public static Decision Confirm(Turn turn, Confirm m)
    {
        if (NotAsked(turn, m.By.Agency, out var side) is { } refused)
            return refused;
        var cause = turn.Add(
            new OutcomeConfirmed(m.Stage, side, m.By.Agency)
            {
                Words = PrivateWords.Of(new PersonName(m.By.Name, m.By.Role), "text", m.Text),
            }
        );
        var awaiting = turn.Case.Awaiting!;
        if (awaiting.Sides.Count == 0)
            OutcomeRules.Conclude(turn, awaiting.Said, awaiting.Number, cause);
        return turn.Accepted();
    }

    /// <summary>Not agreed after all: the stage goes on until its deadline, or escalates at once if that has passed.</summary>
    public static Decision Dispute(Turn turn, Dispute m)
    {
        if (NotAsked(turn, m.By.Agency, out var side) is { } refused)
            return refused;
        var cause = turn.Add(
            new OutcomeDisputed(m.Stage, side, m.By.Agency)
            {
                Words = PrivateWords.Of(new PersonName(m.By.Name, m.By.Role), "reason", m.Reason),
            }
        );
        foreach (
            var notice in turn.Case.Notices.Where(n =>
                n.Status == NoticeState.Queued && n.Queued.Action is NoticeAction.Confirm
            )
        )
            turn.Add(new NoticeSuperseded(notice.Key));
        Telling.Disputed(turn, cause);
        if (turn.Now < turn.Case.Stage.Deadline.At)
            return turn.Accepted();
        if (turn.AtFinalStage)
        {
            Due.CarryOut(turn);
            return turn.Accepted();
        }
        var next = turn.Policy.After(turn.Case.Stage.Id)!;
        Ladder.Close(turn, StageEnding.Escalated, ClosedBy.Person);
        Ladder.Open(turn, next, OpenedBecause.Escalated);
        return turn.Accepted();
    }

    private static Decision? NotAsked(Turn turn, string agency, out Side side)
    {
        side = turn.Case.SideOf(agency) ?? Side.Partnership;
        return turn.Case.Awaiting!.Sides.Contains(side)
            ? null
            : Decider.Refuse(
                Codes.NotAllowed,
                "The other agency is asked to confirm this outcome: one side cannot confirm for both."
            );
    }
}
