using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Leaving the present stage for a later one, passing over those between.</summary>
internal static class SkipRules
{
    public static Decision Skip(CaseChange change, Skip m)
    {
        var (c, policy) = (change.Case, change.Policy);
        var (from, to) = (policy.IndexOf(c.Stage.Id), policy.IndexOf(m.To));
        if (to < 0)
            return new Decision.Refused(
                Refusal.Invalid("to", FaultCode.NotOffered, "Not a stage of this policy.") with
                {
                    Reason = "The policy has no such stage.",
                }
            );
        if (to <= from && policy.Skip.Forward)
            return Decider.Refuse(Codes.NotAllowed, "Stages are skipped forward, never back.");
        if (!policy.CanSkip(c.Stage.Id, m.To, c.ImminentRisk))
            return Decider.Refuse(
                Codes.NotAllowed,
                "This procedure takes its stages in order; one may be escalated early."
            );
        if (c.SideOf(m.By.Agency) is not (Side.Raising or Side.Partnership or Side.Involved))
            return Decider.Refuse(
                Codes.NotAllowed,
                "Only the agency that raised the concern, or the partnership, can skip stages."
            );
        if (c.Status == CaseStatus.OnHold)
            HoldRules.End(change, HoldEnding.Skipped);
        Jump(change, policy.Find(m.To)!, OpenedBecause.Skipped, m.By.Agency, PrivateWords.Of(m.By, "reason", m.Reason));
        return change.Accepted();
    }

    /// <summary>Leaves the present stage for a later one; those between are recorded as skipped.</summary>
    public static void Jump(CaseChange change, Stage to, OpenedBecause because, string agency, PrivateWords? words)
    {
        var policy = change.Policy;
        var present = change.Case.Stage.Id;
        var (from, end) = (policy.IndexOf(present), policy.IndexOf(to.Id));
        change.Add(
            new StagesSkipped(
                present,
                to.Id,
                [.. policy.Stages.Skip(from + 1).Take(end - from - 1).Select(s => s.Id)],
                agency
            )
            {
                Words = words,
            }
        );
        var ending = because is OpenedBecause.Skipped ? StageEnding.Skipped : StageEnding.Escalated;
        StageTransitions.Close(change, ending, ClosedBy.Person);
        StageTransitions.Open(change, to, because);
    }
}
