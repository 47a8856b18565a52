namespace Escalation.Core.Cases;

/// <summary>Who must agree to an agreed outcome before it stands, until when, and what their answer comes to.</summary>
internal static class ConfirmationRules
{
    /// <summary>The sides that must still agree. Nobody confirms what the partnership recorded, nor an internal stage.</summary>
    public static IReadOnlyList<Side> Sides(CaseChange change, Side by)
    {
        var (rule, c) = (change.Policy.Confirmation, change.Case);
        if (by is Side.Partnership or Side.Involved || change.Stage.Told is Policies.Told.Raising)
            return [];
        if (by is Side.Receiving)
            return [Side.Raising];
        return rule.ByBoth && !rule.ExceptStages.Contains(c.Stage.Id) && c.AgenciesOf(Side.Receiving).Any()
            ? [Side.Receiving]
            : [];
    }

    /// <summary>The stage's deadline, or the close of the next working day where that is later.</summary>
    public static DateTimeOffset By(CaseChange change)
    {
        var nextDay = change.Rules.Calendar.CloseOfNextWorkingDay(change.At);
        return change.Case.Stage.DeadlineInForce is { } deadline && deadline > nextDay ? deadline : nextDay;
    }

    public static Decision Confirm(CaseChange change, Confirm m)
    {
        if (NotAsked(change, m.By.Agency, out var side) is { } refused)
            return refused;
        change.Add(new OutcomeConfirmed(m.Stage, side, m.By.Agency) { Words = PrivateWords.Of(m.By, "text", m.Text) });
        var awaiting = change.Case.Awaiting!;
        if (awaiting.Sides.Count == 0)
            OutcomeRules.Conclude(change, awaiting.Said, awaiting.Number);
        return change.Accepted();
    }

    /// <summary>Not agreed after all: the stage goes on until its deadline, or escalates at once if that has passed.</summary>
    public static Decision Dispute(CaseChange change, Dispute m)
    {
        if (NotAsked(change, m.By.Agency, out var side) is { } refused)
            return refused;
        change.Add(
            new OutcomeDisputed(m.Stage, side, m.By.Agency) { Words = PrivateWords.Of(m.By, "reason", m.Reason) }
        );
        if (!(change.Case.Stage.DeadlineInForce <= change.Now))
            return change.Accepted();
        if (!LimitRules.Escalates(change))
        {
            Due.CarryOut(change);
            return change.Accepted();
        }
        var next = change.Policy.After(change.Case.Stage.Id)!;
        StageTransitions.Close(change, StageEnding.Escalated, ClosedBy.Person);
        StageTransitions.Open(change, next, OpenedBecause.Escalated);
        return change.Accepted();
    }

    private static Decision? NotAsked(CaseChange change, string agency, out Side side)
    {
        side = change.Case.SideOf(agency) ?? Side.Partnership;
        return change.Case.Awaiting!.Sides.Contains(side)
            ? null
            : Decider.Refuse(
                Codes.NotAllowed,
                "The other agency is asked to confirm this outcome: one side cannot confirm for both."
            );
    }
}
