namespace Escalation.Core.Cases;

/// <summary>
/// Decides what a command comes to. Pure: the same case, command, rules and instant give the same events. Every command first
/// carries out what was due at its instant; a deadline is missed when now ≥ deadline.
/// </summary>
internal static class Decider
{
    /// <summary>Opens a case. The reference is an argument; so is what the host found to be alike.</summary>
    public static Decision Open(CaseChange change, OpenCase open, string digest) =>
        OpenRules.Open(change, open, digest);

    /// <summary>What a command comes to.</summary>
    /// <param name="change">At the instant when the command arrived, which is kept through retries.</param>
    /// <param name="digest">Salted digest of the command's content.</param>
    public static Decision Decide(CaseChange change, CaseCommand command, string digest)
    {
        var c = change.Case;
        if (c.Receipts.TryGetValue(command.Id, out var receipt))
            return receipt.Digest is null || receipt.Digest == digest
                ? new Decision.Accepted([], c, receipt.Answer)
                : Refuse(Codes.Conflict, "This id was already used for something else in this case.");
        if (c.UnknownEvent is { } unknown)
            return Refuse(
                Codes.Unavailable,
                $"A newer program wrote '{unknown}' into this case; update before changing it."
            );
        if (CommandChecks.Check(command) is { } problem)
            return new Decision.Refused(problem);
        if (c.PersonalDataRemoved)
            return Refuse(
                Codes.NotAllowed,
                "The record's time is over and its personal data was removed; nothing can be added."
            );
        Due.CarryOut(change);
        change.Mark = new CommandMark(command.Id, digest, Answers.Done, command.Actor);
        var decision = change.Case.IsOpen ? WhileOpen(change, command) : AfterTheEnd(change, command);
        return decision is Decision.Accepted && change.Exceeded is { } exceeded
            ? new Decision.Refused(exceeded)
            : decision;
    }

    /// <summary>Carries out what is due. Nothing due: no events.</summary>
    public static Decision Advance(CaseChange change)
    {
        if (change.Case.UnknownEvent is { } unknown)
            return Refuse(
                Codes.Unavailable,
                $"A newer program wrote '{unknown}' into this case; update before changing it."
            );
        Due.CarryOut(change);
        return change.Accepted();
    }

    /// <summary>Removes personal data when its time has come and no legal hold keeps it; else no events.</summary>
    public static Decision Forget(CaseChange change)
    {
        var c = change.Case;
        if (c is { PersonalDataRemoved: false, LegalHold: false, UnknownEvent: null } && c.RetainUntil <= change.Now)
            change.Add(new PersonalDataRemoved());
        return change.Accepted();
    }

    private static Decision WhileOpen(CaseChange change, CaseCommand command)
    {
        if (StageOf(change, command) is { } elsewhere)
            return elsewhere;
        if (NotTheirs(change, command) is { } notTheirs)
            return new Decision.Refused(notTheirs);
        return (change.Case.Status, command) switch
        {
            (CaseStatus.AwaitingConfirmation, RecordOutcome) => Refuse(
                Codes.NotAllowed,
                "An outcome of this stage waits for confirmation: confirm or dispute it."
            ),
            (_, RecordOutcome m) => OutcomeRules.Record(change, m),
            (CaseStatus.AwaitingConfirmation, AdoptLateResponse) => Refuse(
                Codes.NotAllowed,
                "An outcome of this stage waits for confirmation: confirm or dispute it."
            ),
            (_, AdoptLateResponse m) => OutcomeRules.Adopt(change, m),
            (CaseStatus.AwaitingConfirmation, Confirm m) => ConfirmationRules.Confirm(change, m),
            (CaseStatus.AwaitingConfirmation, Dispute m) => ConfirmationRules.Dispute(change, m),
            (CaseStatus.Open, Dispute m) when change.Case.ContactCanBeDisputed => LimitRules.Dispute(change, m),
            (_, Confirm or Dispute) => Refuse(Codes.NotAllowed, "No agreed outcome waits for confirmation."),
            (CaseStatus.AwaitingConfirmation, Skip or PlaceHold) => Refuse(
                Codes.NotAllowed,
                "An outcome waits for confirmation; it has to be confirmed or disputed first."
            ),
            (_, Skip m) => SkipRules.Skip(change, m),
            (CaseStatus.Open, SetDate m) => DateRules.Set(change, m),
            (_, SetDate) => Refuse(
                Codes.NotAllowed,
                "While the case is on hold, or an outcome waits for confirmation, no day is set."
            ),
            (CaseStatus.Open, PlaceHold m) => HoldRules.Place(change, m),
            (_, PlaceHold) => Refuse(Codes.NotAllowed, "The case is on hold already."),
            (CaseStatus.OnHold, Resume m) => HoldRules.Resume(change, m),
            (_, Resume) => Refuse(Codes.NotAllowed, "The case is not on hold."),
            (_, Withdraw m) => WithdrawRules.Withdraw(change, m),
            (_, MakeContact m) => RecordRules.ContactMade(change, m),
            (_, RaiseUrgent m) => UrgentRules.Raise(change, m),
            (_, HandOver m) => ContactRules.HandOver(change, m),
            (_, ChangeContact m) => ContactRules.Change(change, m),
            (_, AcceptContact m) => ContactRules.Accept(change, m),
            (_, SendAgain m) => RecordRules.SendAgain(change, m),
            _ => AtAnyTime(change, command),
        };
    }

    private static Decision AfterTheEnd(CaseChange change, CaseCommand command) =>
        command switch
        {
            RecordOutcome m => change.Policy.Find(m.Stage) is null
                ? UnknownStage(m.Stage)
                : NotOpened(change, m) ?? Late(change, m),
            RaiseUrgent m => UrgentRules.Raise(change, m),
            AdoptLateResponse
            or Confirm
            or Dispute
            or Skip
            or SetDate
            or PlaceHold
            or Resume
            or Withdraw
            or MakeContact
            or HandOver
            or ChangeContact
            or AcceptContact
            or SendAgain => Refuse(
                Codes.NotAllowed,
                $"The case has ended ({change.Case.Status}); open a new escalation if the disagreement remains."
            ),
            _ => AtAnyTime(change, command),
        };

    private static Decision AtAnyTime(CaseChange change, CaseCommand command) =>
        command switch
        {
            AddNote m => RecordRules.Note(change, m),
            CompleteDuty m => RecordRules.Complete(change, m),
            SetLegalHold m => RecordRules.LegalHold(change, m),
            ReviewByPartnership m => RecordRules.PartnershipReview(change, m),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
        };

    /// <summary>
    /// What a command for another stage than the present one comes to; null when it is for the present one, or the
    /// stage does not matter.
    /// </summary>
    private static Decision? StageOf(CaseChange change, CaseCommand command)
    {
        var seen = change.Policy.IndexOf(command.Stage);
        if (seen < 0)
            return UnknownStage(command.Stage);
        var present = change.Policy.IndexOf(change.Case.Stage.Id);
        if (seen == present || !IsAboutStage(command))
            return null;
        if (NotOpened(change, command) is { } early)
            return early;
        if (command is RecordOutcome outcome)
            return Late(change, outcome);
        var now = Knows(change, command)
            ? $"the present stage is {change.Case.Stage.Id}"
            : "the case is with the agency that raised the concern";
        return Refuse(Codes.StageClosed, $"Stage {command.Stage} has closed; {now}.");
    }

    /// <summary>False for what may be said whatever the stage is.</summary>
    private static bool IsAboutStage(CaseCommand command) =>
        command
            is not (
                AddNote
                or RaiseUrgent
                or CompleteDuty
                or SetLegalHold
                or ReviewByPartnership
                or ChangeContact
                or AcceptContact
            );

    /// <summary>
    /// Why a command about an internal stage is not its sender's, before anything of the stage could be told. Outcomes have rules of their
    /// own.
    /// </summary>
    private static Refusal? NotTheirs(CaseChange change, CaseCommand command) =>
        IsAboutStage(command) && command is not RecordOutcome
            ? OutcomeChecks.Internal(change, change.Stage, command.By.Agency)
            : null;

    private static Decision? NotOpened(CaseChange change, CaseCommand command)
    {
        if (change.Policy.IndexOf(command.Stage) <= change.Policy.IndexOf(change.Case.Stage.Id))
            return null;
        var last = Knows(change, command) ? $"; the last stage is {change.Case.Stage.Id}" : "";
        return Refuse(Codes.NotAllowed, $"Stage {command.Stage} has not opened{last}.");
    }

    /// <summary>An internal stage is not the other agency's to answer, nor to learn of from what becomes of its answer.</summary>
    private static Decision Late(CaseChange change, RecordOutcome m) =>
        OutcomeChecks.Internal(change, change.Policy.Find(m.Stage)!, m.By.Agency) is { } notTheirs
            ? new Decision.Refused(notTheirs)
            : OutcomeRules.Late(change, m);

    /// <summary>Whether who speaks may know of the present stage: a refusal says no more than they may.</summary>
    private static bool Knows(CaseChange change, CaseCommand command) =>
        Audience.MayRead(change.Case, change.Policy, change.Case.Stage.Id, command.By.Agency);

    private static Decision UnknownStage(string stage) =>
        new Decision.Refused(
            Refusal.Invalid(
                "stage",
                FaultCode.NotOffered,
                $"'{(stage.Length > 40 ? stage[..40] : stage)}' is not a stage of this policy."
            ) with
            {
                Reason = "The policy has no such stage.",
            }
        );

    internal static Decision Refuse(string code, string reason) => new Decision.Refused(new Refusal(code, reason));
}
