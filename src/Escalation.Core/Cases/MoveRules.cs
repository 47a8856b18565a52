using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>The other moves: skip, withdraw, notes, urgent, duties, legal hold.</summary>
internal static class MoveRules
{
    /// <summary>Further word of imminent risk within this time after the urgent contacts were told is recorded and not emailed.</summary>
    public static TimeSpan UrgentAgainAfter { get; } = TimeSpan.FromHours(1);

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
        if (!policy.Skip.Forward && !(c.ImminentRisk && policy.Skip.UrgentTo == m.To))
            return Decider.Refuse(
                Codes.NotAllowed,
                "This procedure takes its stages in order; one may be escalated early."
            );
        if (to <= from)
            return Decider.Refuse(Codes.NotAllowed, "Stages are skipped forward, never back.");
        if (c.SideOf(m.By.Agency) is not (Side.Raising or Side.Partnership or Side.Involved))
            return Decider.Refuse(
                Codes.NotAllowed,
                "Only the agency that raised the concern, or the partnership, can skip stages."
            );
        if (c.Status == CaseStatus.OnHold)
            HoldRules.End(change, HoldEnding.Skipped);
        Jump(
            change,
            policy.Find(m.To)!,
            OpenedBecause.Skipped,
            m.By.Agency,
            PrivateWords.Of(new PersonName(m.By.Name, m.By.Role), "reason", m.Reason)
        );
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

    public static Decision Withdraw(CaseChange change, Withdraw m)
    {
        if (change.Case.SideOf(m.By.Agency) is not (Side.Raising or Side.Partnership or Side.Involved))
            return Decider.Refuse(
                Codes.NotAllowed,
                "Only the agency that raised the concern, or the partnership, can withdraw it."
            );
        if (change.Case.Status == CaseStatus.OnHold)
            HoldRules.End(change, HoldEnding.Withdrawn);
        change.Add(new CaseWithdrawn(m.By.Agency) { Words = Said(m.By, "reason", m.Reason) });
        StageTransitions.End(change, CaseStatus.Withdrawn, StageEnding.Withdrawn);
        return change.Accepted();
    }

    public static Decision ContactMade(CaseChange change, MakeContact m) =>
        AtTheirStage(
            change,
            m,
            () => change.Add(new ContactMade(change.Case.Stage.Id, m.By.Agency) { Words = Said(m.By, "text", m.Text) })
        );

    /// <summary>
    /// Urgent contacts and both agencies' safeguarding leads are told at once; a hold ends, and the case goes on,
    /// straight to the stage that the policy names for imminent risk. Said again within the hour it is recorded, and
    /// mails nobody once more.
    /// </summary>
    public static Decision Urgent(CaseChange change, RaiseUrgent m) =>
        Present(
            change,
            m,
            () =>
            {
                var told = change.Case.UrgentToldAt + UrgentAgainAfter > change.At;
                var cause = change.Add(
                    new UrgentRaised(m.By.Agency, told ? true : null) { Words = Said(m.By, "reason", m.Reason) }
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
                    Jump(change, stage, OpenedBecause.Urgent, m.By.Agency, null);
            }
        );

    public static Decision Note(CaseChange change, AddNote m) =>
        Present(change, m, () => change.Add(new NoteAdded(m.By.Agency) { Words = Said(m.By, "text", m.Text) }));

    public static Decision SendAgain(CaseChange change, SendAgain m) =>
        AtTheirStage(
            change,
            m,
            () => change.Add(new SentAgain(change.Case.Stage.Id) { Words = Said(m.By, "reason", m.Reason) })
        );

    public static Decision Complete(CaseChange change, CompleteDuty m)
    {
        if (change.Case.Duties.Find(d => d.Id == m.Duty) is not { } duty)
            return Decider.Refuse(Codes.NotFound, "The case has no such duty.");
        if (duty.IsDone)
            return Decider.Refuse(Codes.NotAllowed, "The duty is done already.");
        var calendar = change.Rules.Calendar;
        if (m.CompletedOn > calendar.LocalDate(change.Now))
            return new Decision.Refused(Refusal.Invalid("completedOn", FaultCode.InFuture, "In the future."));
        var inTime = duty.Due is not { } due || m.CompletedOn!.Value <= calendar.LocalDate(due);
        return Present(
            change,
            m,
            () => change.Add(new DutyDone(duty.Id, m.CompletedOn!.Value, inTime) { Words = Said(m.By, "note", m.Note) })
        );
    }

    public static Decision LegalHold(CaseChange change, SetLegalHold m) =>
        Present(change, m, () => change.Add(new LegalHoldChanged(m.On) { Words = Said(m.By, "reason", m.Reason) }));

    public static Decision PartnershipReview(CaseChange change, ReviewByPartnership m)
    {
        if (change.Case.SideOf(m.By.Agency) is not Side.Partnership)
            return Decider.Refuse(Codes.NotAllowed, "This part of the form is the business manager's.");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in new[] { ("reason", m.Reason), ("issues", m.Issues), ("result", m.Result) })
            if (!string.IsNullOrWhiteSpace(text))
                texts[name] = text;
        change.Add(
            new PartnershipReviewed(m.ReceivedOn, m.ReferredToChair)
            {
                Words = new PrivateWords { By = new PersonName(m.By.Name, m.By.Role), Texts = texts },
            }
        );
        return change.Accepted();
    }

    /// <summary>For what touches the stage's own people: the other agency has no part in an internal stage.</summary>
    private static Decision AtTheirStage(CaseChange change, CaseCommand m, Action move) =>
        OutcomeChecks.NotTheirs(change, m.By.Agency) is { } refusal
            ? new Decision.Refused(refusal)
            : Present(change, m, move);

    private static Decision Present(CaseChange change, CaseCommand m, Action move)
    {
        if (change.Case.SideOf(m.By.Agency) is null)
            return Decider.Refuse(Codes.NotAllowed, "Not an agency of this case.");
        move();
        return change.Accepted();
    }

    private static PrivateWords Said(Speaker by, string name, string? text) =>
        PrivateWords.Of(new PersonName(by.Name, by.Role), name, text);
}
