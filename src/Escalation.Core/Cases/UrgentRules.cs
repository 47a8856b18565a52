namespace Escalation.Core.Cases;

/// <summary>Word of imminent risk.</summary>
internal static class UrgentRules
{
    /// <summary>Further word of imminent risk within this time after the urgent contacts were told is recorded and not emailed.</summary>
    public static TimeSpan AgainAfter { get; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Urgent contacts and both agencies' safeguarding leads are told at once; a hold ends, and the case goes on,
    /// straight to the stage that the policy names for imminent risk. Said again within the hour it is recorded, and
    /// mails nobody once more.
    /// </summary>
    public static Decision Raise(CaseChange change, RaiseUrgent m)
    {
        if (change.Case.SideOf(m.By.Agency) is null)
            return Decider.Refuse(Codes.NotAllowed, "Not an agency of this case.");
        var told = change.Case.UrgentToldAt + AgainAfter > change.At;
        var cause = change.Add(
            new UrgentRaised(m.By.Agency, told ? true : null) { Words = PrivateWords.Of(m.By, "reason", m.Reason) }
        );
        if (change.Case.Status == CaseStatus.OnHold)
            HoldRules.End(change, HoldEnding.Urgent);
        if (!told)
            DutiesArising.When(change, "urgent", cause);
        if (
            change.Case.IsOpen
            && change.Policy.Find(change.Policy.Skip.UrgentTo) is { } stage
            && change.Policy.IndexOf(stage.Id) > change.Policy.IndexOf(change.Case.Stage.Id)
        )
            SkipRules.Jump(change, stage, OpenedBecause.Urgent, m.By.Agency, null);
        return change.Accepted();
    }
}
