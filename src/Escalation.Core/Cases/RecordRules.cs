namespace Escalation.Core.Cases;

/// <summary>What is added to the record of a case and changes no stage: by any agency of the case, while it is open and after.</summary>
internal static class RecordRules
{
    public static Decision ContactMade(CaseChange change, MakeContact m) =>
        AtTheirStage(change, m, () => LimitRules.ContactMade(change, m));

    public static Decision Note(CaseChange change, AddNote m) =>
        Present(
            change,
            m,
            () => change.Add(new NoteAdded(m.By.Agency) { Words = PrivateWords.Of(m.By, "text", m.Text) })
        );

    public static Decision SendAgain(CaseChange change, SendAgain m) =>
        AtTheirStage(
            change,
            m,
            () => change.Add(new SentAgain(change.Case.Stage.Id) { Words = PrivateWords.Of(m.By, "reason", m.Reason) })
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
            () =>
                change.Add(
                    new DutyDone(duty.Id, m.CompletedOn!.Value, inTime)
                    {
                        Words = PrivateWords.Of(m.By, "note", m.Note),
                    }
                )
        );
    }

    public static Decision LegalHold(CaseChange change, SetLegalHold m) =>
        Present(
            change,
            m,
            () => change.Add(new LegalHoldChanged(m.On) { Words = PrivateWords.Of(m.By, "reason", m.Reason) })
        );

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
}
