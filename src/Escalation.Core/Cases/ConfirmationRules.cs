namespace Escalation.Core.Cases;

/// <summary>Who must agree to a recorded outcome before it stands, until when, and what their answer comes to.</summary>
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

    /// <summary>
    /// Of the two who decide at the stage, which one records it by a link of their own; null where the partnership does for them.
    /// </summary>
    public static string? DeciderOf(CaseChange change, CaseCommand m) =>
        m.LinkContact is { } contact ? DecidersOf(change, contact).FirstOrDefault() : null;

    /// <summary>Those of the two who did not record it themselves.</summary>
    public static IReadOnlyList<string> Others(CaseChange change, string? decider) =>
        [.. change.Stage.Jointly!.By.Select(JointDecisions.IdOf).Where(id => id != decider)];

    /// <summary>The stage's deadline, or the close of the next working day where that is later.</summary>
    public static DateTimeOffset By(CaseChange change)
    {
        var nextDay = change.Rules.Calendar.CloseOfNextWorkingDay(change.At);
        return change.Case.Stage.DeadlineInForce is { } deadline && deadline > nextDay ? deadline : nextDay;
    }

    public static Decision Confirm(CaseChange change, Confirm m)
    {
        if (NotAsked(change, m, m.For, out var side, out var decider) is { } refused)
            return refused;
        change.Add(
            new OutcomeConfirmed(m.Stage, side, m.By.Agency, decider) { Words = PrivateWords.Of(m.By, "text", m.Text) }
        );
        var awaiting = change.Case.Awaiting!;
        if (awaiting.IsConfirmed)
            OutcomeRules.Conclude(change, awaiting.Said, awaiting.Number);
        return change.Accepted();
    }

    /// <summary>Not agreed after all: the stage goes on until its deadline, or escalates at once if that has passed.</summary>
    public static Decision Dispute(CaseChange change, Dispute m)
    {
        // Whoever of the two the partnership speaks for: it does not stand.
        var any = change.Case.Awaiting!.Deciders.FirstOrDefault();
        if (NotAsked(change, m, any, out var side, out var decider) is { } refused)
            return refused;
        change.Add(
            new OutcomeDisputed(m.Stage, side, m.By.Agency, m.LinkContact is null ? null : decider)
            {
                Words = PrivateWords.Of(m.By, "reason", m.Reason),
            }
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

    /// <summary>Why the answer is not theirs to give; null where it is.</summary>
    /// <param name="asked">For which of two deciders the partnership says that it speaks.</param>
    /// <param name="decider">For which of the two it counts; null where a side confirms.</param>
    private static Decision? NotAsked(
        CaseChange change,
        CaseCommand m,
        string? asked,
        out Side side,
        out string? decider
    )
    {
        side = change.Case.SideOf(m.By.Agency) ?? Side.Partnership;
        decider = null;
        if (change.Case.Awaiting!.Deciders is { Count: > 0 } deciders)
            return NotDecider(change, m, asked, side, deciders, out decider);
        return change.Case.Awaiting.Sides.Contains(side)
            ? null
            : Decider.Refuse(
                Codes.NotAllowed,
                "The other agency is asked to confirm this outcome: one side cannot confirm for both."
            );
    }

    private static Decision? NotDecider(
        CaseChange change,
        CaseCommand m,
        string? asked,
        Side side,
        IReadOnlyList<string> deciders,
        out string? decider
    )
    {
        decider = m.LinkContact is { } contact ? DecidersOf(change, contact).FirstOrDefault(deciders.Contains) : null;
        if (decider is not null)
            return null;
        if (m.LinkContact is not null || side is not Side.Partnership)
            return Decider.Refuse(
                Codes.NotAllowed,
                "Each of the two who decide together confirms it by a link of their own, or the partnership for them."
            );
        decider = asked ?? (deciders.Count == 1 ? deciders[0] : null);
        if (decider is not null && deciders.Contains(decider))
            return null;
        var (code, words) = decider is null
            ? (FaultCode.Required, "Required: for whom it is confirmed.")
            : (FaultCode.NotOffered, $"One of: {string.Join(", ", deciders)}.");
        return new Decision.Refused(Refusal.Invalid("for", code, words));
    }

    private static IReadOnlyList<string> DecidersOf(CaseChange change, string contact) =>
        JointDecisions.Of(change.Case, change.Rules.Directory, change.Stage, contact);
}
