namespace Escalation.Core.Cases;

/// <summary>The concern is withdrawn: the case ends without an outcome.</summary>
internal static class WithdrawRules
{
    public static Decision Withdraw(CaseChange change, Withdraw m)
    {
        if (change.Case.SideOf(m.By.Agency) is not (Side.Raising or Side.Partnership))
            return Decider.Refuse(
                Codes.NotAllowed,
                "Only the agency that raised the concern, or the partnership, can withdraw it."
            );
        if (change.Case.Status == CaseStatus.OnHold)
            HoldRules.End(change, HoldEnding.Withdrawn);
        change.Add(new CaseWithdrawn(m.By.Agency) { Words = PrivateWords.Of(m.By, "reason", m.Reason) });
        StageTransitions.End(change, CaseStatus.Withdrawn, StageEnding.Withdrawn);
        return change.Accepted();
    }
}
