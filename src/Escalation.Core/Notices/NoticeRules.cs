using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Notices;

/// <summary>
/// Who is told what: what follows each event of a case, in the same write. The rules that make events know nothing of it; the policy's own
/// rules of telling (<see cref="TellRule"/>) are carried out here too.
/// </summary>
internal static class NoticeRules
{
    /// <summary>A case's first event.</summary>
    private const int Opening = 1;

    /// <summary>Queues the notices of an event that was just added, and supersedes waiting ones that it made wrong.</summary>
    public static void Follow(CaseChange change, Recorded recorded)
    {
        var cause = recorded.Number;
        switch (recorded.Event)
        {
            case CaseOpened e:
                TellCaseOpened(change, e, cause);
                break;
            case StageOpened e:
                TellStageOpened(change, e, cause);
                break;
            case StageClosed e:
                TellStageClosed(change, e, cause);
                break;
            case DeadlineMissed { Stays: false } e:
                AskedByStage(change, NoticeKinds.StageMissed, cause, NoticeAction.None);
                TellRules.Tell(change, $"stageMissed:{e.Stage}", cause);
                break;
            case OverdueTold e:
                TellOverdue(change, e, cause);
                break;
            case ReminderDue:
                AskedByStage(change, NoticeKinds.Reminder, cause, NoticeAction.Outcome);
                if (change.Case.Stage.IsRemindedLast && LimitRules.Escalates(change))
                    TellRules.Foretell(change, change.Case.Stage, change.Policy.After(change.Stage.Id)!, cause);
                break;
            case DeadlineMoved:
                Everyone(change, NoticeKinds.DeadlineMoved, cause, NoticeAction.Outcome);
                break;
            case OutcomeRecorded { ConfirmBy: not null }:
                AskToConfirm(change, change.Case.Awaiting!, cause);
                break;
            case OutcomeRecorded e when Outcomes.Has(e.Outcome, OutcomeEffect.KeepsOpen):
                Everyone(change, NoticeKinds.Responded, cause, NoticeAction.None);
                TellRules.Outcome(change, e, cause);
                break;
            case OutcomeRecorded e:
                TellRules.Outcome(change, e, cause);
                break;
            case OutcomeConfirmed when change.Case.Awaiting is { IsConfirmed: true, Said: var said }:
                TellRules.Outcome(change, said, cause);
                break;
            case LimitMet { Met: LimitFor.Contact or LimitFor.Discussion }:
                AskedByStage(change, NoticeKinds.ContactRecorded, cause, NoticeAction.Outcome);
                break;
            case ContactDisputed:
                AskedByStage(change, NoticeKinds.ContactDisputed, cause, NoticeAction.Outcome);
                break;
            case OutcomeDisputed e:
                NoticeQueue.Supersede(change, n => n.Action is NoticeAction.Confirm);
                Everyone(change, NoticeKinds.Disputed, cause, NoticeAction.None);
                TellRules.Tell(change, "disputed", cause);
                TellRules.Tell(change, $"disputed:{e.Stage}", cause);
                break;
            case LateResponseRecorded e:
                TellLateResponse(change, e, cause);
                break;
            case CaseEnded e:
                TellCaseEnded(change, e);
                break;
            case DateSet:
                Everyone(change, NoticeKinds.DateSet, cause, NoticeAction.Outcome);
                break;
            case HoldAsked:
                TellHoldAsked(change, cause);
                break;
            case HoldPlaced:
                TellHold(change, NoticeKinds.HoldPlaced, cause);
                break;
            case HoldReviewDue:
                TellHold(change, NoticeKinds.HoldReview, cause);
                break;
            case HoldEnded e when StaysAtStage(change, e):
                TellHold(change, NoticeKinds.HoldEnded, cause);
                break;
            case UrgentRaised { Repeated: not true }:
                UrgentNotices.Tell(change, cause);
                break;
            case HandedOver e:
                Newcomers.Tell(change, e.Contact, cause);
                break;
            case ContactChanged e:
                Newcomers.Tell(change, e.Contact, cause);
                break;
            case ContactAccepted e:
                Newcomers.Tell(change, change.Case.Contacts.Find(c => c.Id == e.Contact)!, cause);
                break;
            case SentAgain:
                AskAgain(change, cause);
                break;
            case DutyArose e:
                DutyNotices.Arose(change, e, cause);
                break;
            case DutyReminded e:
                DutyNotices.Owner(change, NoticeKinds.DutyReminder, e.Id, cause);
                break;
            case DutyOverdue e:
                DutyNotices.Owner(change, NoticeKinds.DutyOverdue, e.Id, cause);
                var managers = RecipientFinder.BusinessManager(change, NoticeKinds.DutyOverdue);
                NoticeQueue.Add(change, NoticeKinds.DutyOverdue, cause, managers, NoticeAction.None, e.Id);
                break;
            case NoticeFailed e:
                TellNoticeFailed(change, e, cause);
                break;
            case NobodyToTell { FellBackTo: null }:
                NoticeQueue.ToSecondChannel(change, NoticeKinds.NobodyToTell, cause);
                break;
            case MailDelayed:
                NoticeQueue.ToSecondChannel(change, NoticeKinds.MailDelayed, cause);
                break;

            // Nobody is told of these by themselves: what they lead to is told, or they are the telling.
            case DeadlineMissed
            or LimitMet
            or HoldEnded
            or UrgentRaised
            or NobodyToTell
            or StagesSkipped
            or LedToPolicy
            or OutcomeConfirmed
            or CaseWithdrawn
            or ContactMade
            or NoteAdded
            or PartnershipReviewed
            or DutyDone
            or NoticeQueued
            or NoticeSent
            or NoticeDelivered
            or NoticeSuperseded
            or PeopleLeftOut
            or LegalHoldChanged
            or PersonalDataRemoved:
                break;
            default:
                throw new InvalidOperationException($"Nobody knows who is told of {recorded.Event.GetType().Name}.");
        }
    }

    /// <summary>
    /// What the business manager has to see to: agencies outside the directory, addresses to accept, possible
    /// duplicates.
    /// </summary>
    private static void TellCaseOpened(CaseChange change, CaseOpened e, int cause)
    {
        foreach (var party in change.Case.Parties.Where(p => !p.IsListed))
        {
            const string missing = "agency outside the directory";
            change.Add(new NobodyToTell(NoticeKinds.ContactMissing, party.Agency, missing, null, "business manager"));
            NoticeQueue.ToManager(change, NoticeKinds.ContactMissing, cause);
        }
        foreach (var contact in change.Case.Contacts.Where(c => c is { Reachable: true, Accepted: false }))
            Newcomers.ReportAddress(change, contact.Agency, cause);
        if (e.PossibleDuplicates.Count > 0)
            NoticeQueue.ToManager(change, NoticeKinds.PossibleDuplicate, cause);
    }

    /// <summary>
    /// Its people are asked, the parties get a copy of a partnership stage, whoever the policy names is told. A case that is opened with
    /// imminent risk tells the urgent contacts as soon as it has a stage.
    /// </summary>
    private static void TellStageOpened(CaseChange change, StageOpened e, int cause)
    {
        AskedByStage(change, NoticeKinds.StageOpened, cause, NoticeAction.Outcome);
        Copied(change, NoticeKinds.StageCopy, cause);
        NoticeQueue.Add(change, NoticeKinds.StageNews, cause, PartyRecipients.Raiser(change), NoticeAction.None);
        TellRules.BeforeOpening(change, e.Stage, cause);
        TellRules.Tell(change, $"stageOpened:{e.Stage}", cause);
        ReportMissing(change, cause);
        if (change.Case is { ImminentRisk: true, Stages.Count: 1 })
            UrgentNotices.Tell(change, Opening);
        else if (change.Case.ImminentRisk)
            UrgentNotices.TellNewcomers(change, cause);
    }

    /// <summary>
    /// What waits to ask its people is superseded. A person who closed it without ending the case spares its other people an answer, and
    /// they are told; that nobody had been told of it is the business manager's to know.
    /// </summary>
    private static void TellStageClosed(CaseChange change, StageClosed e, int cause)
    {
        NoticeQueue.Supersede(change, n => n.Stage == e.Stage && n.Action is not NoticeAction.None);
        if (e.Untold)
            NoticeQueue.ToManager(change, NoticeKinds.StageUntold, cause, e.Stage);
        if (e is { By: ClosedBy.Person, Outcome: StageEnding.Escalated or StageEnding.Skipped })
            AskedByStage(change, NoticeKinds.StageClosed, cause, NoticeAction.None);
    }

    /// <summary>
    /// The first telling is of the miss itself, which whoever raised the concern hears too; the later ones that it is still so.
    /// </summary>
    private static void TellOverdue(CaseChange change, OverdueTold e, int number)
    {
        var cause = change.Events.LastOrDefault(r => r.Event is DeadlineMissed { Stays: true })?.Number ?? number;
        AskedByStage(change, NoticeKinds.Overdue, cause, NoticeAction.Outcome);
        NoticeQueue.ToManager(change, NoticeKinds.Overdue, cause);
        if (cause != number)
            NoticeQueue.Add(change, NoticeKinds.Overdue, cause, PartyRecipients.Raiser(change), NoticeAction.None);
        TellRules.Tell(change, $"stageMissed:{e.Stage}", cause);
    }

    /// <summary>
    /// The outcome's own notice, which is its communication: to the people of the stage it was settled at, to everybody who was asked at
    /// any stage, the practitioners of every agency that knows of the case, whoever raised the concern, and the business manager.
    /// </summary>
    private static void TellCaseEnded(CaseChange change, CaseEnded e)
    {
        var cause = change.Events.Last(e => e.Event is OutcomeRecorded or OutcomeConfirmed or CaseWithdrawn).Number;
        EveryoneAndManager(change, NoticeKinds.Ended, cause);
        foreach (var (stage, people) in PartyRecipients.ToldOfTheEnd(change))
            NoticeQueue.Add(change, NoticeKinds.Ended, cause, people, NoticeAction.None, stage: stage);
        TellRules.Ended(change, e, cause);
    }

    /// <summary>
    /// The present tier is told of a late response and may adopt it; after the end, the business manager is. An answer to an internal stage
    /// is told to nobody of the other agency.
    /// </summary>
    private static void TellLateResponse(CaseChange change, LateResponseRecorded e, int cause)
    {
        if (!change.Case.IsOpen)
        {
            NoticeQueue.ToManager(change, NoticeKinds.LateResponse, cause);
            return;
        }
        var told = RecipientFinder
            .Asked(change, change.Stage, NoticeKinds.LateResponse)
            .FindAll(a => Audience.MayRead(change.Case, change.Policy, e.Stage, a.Agency));
        NoticeQueue.Add(change, NoticeKinds.LateResponse, cause, told, NoticeAction.Outcome);
    }

    /// <summary>
    /// Those who can let it begin, the raising agency's people of the stage and the business manager; and whom the review asks for the
    /// partnership.
    /// </summary>
    private static void TellHoldAsked(CaseChange change, int cause)
    {
        var raising = PartyRecipients.Of(change, change.Case.Raising, NoticeKinds.HoldAsked);
        NoticeQueue.Add(change, NoticeKinds.HoldAsked, cause, raising, NoticeAction.None);
        foreach (var told in InReview(change).Where(t => t.Agency == "partnership"))
            NoticeQueue.Add(
                change,
                NoticeKinds.HoldAsked,
                cause,
                RecipientFinder.Named(change, told.Who, NoticeKinds.HoldAsked),
                NoticeAction.None
            );
        NoticeQueue.ToManager(change, NoticeKinds.HoldAsked, cause);
    }

    private static IEnumerable<HoldRecipient> InReview(CaseChange change) =>
        (change.Policy.Hold?.Tell ?? []).Where(t => change.Case.Fulfils(t.When));

    /// <summary>Everybody, and those who take part in the review, as far as the stage is theirs to know.</summary>
    private static void TellHold(CaseChange change, string kind, int cause)
    {
        EveryoneAndManager(change, kind, cause);
        foreach (var told in InReview(change))
            NoticeQueue.Add(change, kind, cause, RecipientFinder.Named(change, told.Who, kind), NoticeAction.None);
    }

    private static bool StaysAtStage(CaseChange change, HoldEnded e) =>
        e.How switch
        {
            HoldEnding.Agreed or HoldEnding.Limit => true,
            HoldEnding.Unresolved => HoldRules.StageAfterUnresolved(change) is null,
            HoldEnding.Outcome or HoldEnding.Skipped or HoldEnding.Withdrawn or HoldEnding.Urgent => false,
            _ => throw new InvalidOperationException($"Nobody knows who is told of a hold that ended {e.How}."),
        };

    /// <summary>The stage's people are asked once more, or those who have to confirm.</summary>
    private static void AskAgain(CaseChange change, int cause)
    {
        if (change.Case.Awaiting is { } awaiting)
        {
            AskToConfirm(change, awaiting, cause, ToldBecause.Request);
            return;
        }
        var asked = RecipientFinder.Asked(change, change.Stage, NoticeKinds.StageOpened);
        NoticeQueue.Add(
            change,
            NoticeKinds.StageOpened,
            cause,
            asked,
            NoticeAction.Outcome,
            because: ToldBecause.Request
        );
    }

    private static void AskToConfirm(
        CaseChange change,
        Awaiting awaiting,
        int cause,
        ToldBecause because = ToldBecause.Procedure
    )
    {
        // The business manager, who stands in for a side, or for one of two, without people, is told and cannot confirm for it.
        foreach (
            var mayConfirm in PartyRecipients
                .Confirming(change, awaiting)
                .GroupBy(p => JointDecisions.MayConfirm(change.Case, change.Rules, p.Contact, p.Side))
        )
        {
            var action = mayConfirm.Key ? NoticeAction.Confirm : NoticeAction.None;
            NoticeQueue.Add(change, NoticeKinds.ConfirmationAsked, cause, [.. mayConfirm], action, because: because);
        }
    }

    /// <summary>Somebody else is asked, and the business manager is told in any case: not of an email that told of a failed one.</summary>
    private static void TellNoticeFailed(CaseChange change, NoticeFailed e, int cause)
    {
        var failed = change.Case.Notices.Find(n => n.Key == e.Key)!.Queued;
        FailedNotices.AskAgain(change, failed, e.Reason, cause);
        if (failed.Kind != NoticeKinds.NoticeFailed)
            NoticeQueue.ToManager(change, NoticeKinds.NoticeFailed, cause);
    }

    /// <summary>
    /// Where a stage's tier had nobody: the business manager is told once, and where the policy says so it is a duty of
    /// that agency.
    /// </summary>
    private static void ReportMissing(CaseChange change, int cause)
    {
        var missing = change
            .Events.Where(e => e.Number >= cause)
            .Select(e => e.Event)
            .OfType<NobodyToTell>()
            .Where(n => n.Kind == NoticeKinds.StageOpened)
            .Select(n => n.Agency)
            .Distinct()
            .ToList();
        if (missing.Count == 0)
            return;
        NoticeQueue.ToManager(change, NoticeKinds.ContactMissing, cause);
        foreach (var agency in missing.Where(a => change.Case.SideOf(a) is not Side.Partnership))
            DutiesArising.When(change, "contactMissing", cause, missing: agency);
    }

    private static void AskedByStage(CaseChange change, string kind, int cause, NoticeAction action) =>
        NoticeQueue.Add(change, kind, cause, RecipientFinder.Asked(change, change.Stage, kind), action);

    private static void Copied(CaseChange change, string kind, int cause)
    {
        if (change.Stage.Told is Told.Partnership)
            NoticeQueue.Add(change, kind, cause, PartyRecipients.Copied(change, kind), NoticeAction.None);
    }

    /// <summary>The stage's people, the parties of a partnership stage, and the person who raised the concern.</summary>
    private static void Everyone(CaseChange change, string kind, int cause, NoticeAction action)
    {
        AskedByStage(change, kind, cause, action);
        Copied(change, kind, cause);
        NoticeQueue.Add(change, kind, cause, PartyRecipients.Raiser(change), NoticeAction.None);
    }

    private static void EveryoneAndManager(CaseChange change, string kind, int cause)
    {
        Everyone(change, kind, cause, NoticeAction.None);
        NoticeQueue.ToManager(change, kind, cause);
    }
}
