namespace Escalation.Core.Cases;

/// <summary>Word of imminent risk.</summary>
internal static class UrgentRules
{
    /// <summary>Further word of it from the same agency within this time after people were told is recorded and not emailed.</summary>
    public static TimeSpan AgainAfter { get; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Urgent contacts and both agencies' safeguarding leads are told at once; a hold ends, and the case goes on,
    /// straight to the stage that the policy names for imminent risk. Said again for the same agency within the hour it is
    /// recorded, and mails nobody once more; said by another, what the text asks is that one's to do as well.
    /// </summary>
    public static Decision Raise(CaseChange change, RaiseUrgent m)
    {
        if (change.Case.SideOf(m.By.Agency) is null)
            return Decider.Refuse(Codes.NotAllowed, "Not an agency of this case.");
        var acting = Acting(change.Case, m.By.Agency);
        var told = change.Case.RiskReports.Exists(r => r.Acting == acting && r.At + AgainAfter > change.At);
        var by = new PersonName(m.By.Name, m.By.Role) { Phone = m.Phone };
        var cause = change.Add(
            new UrgentRaised(m.By.Agency, told ? true : null) { Words = PrivateWords.Of(by, "reason", m.Reason) }
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

    /// <inheritdoc cref="RiskReport.Acting"/>
    internal static string Acting(Case c, string agency) => agency == c.Partnership ? c.Raising.Agency : agency;
}
