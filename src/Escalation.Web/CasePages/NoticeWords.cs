using Escalation.Core.Cases;

namespace Escalation.Web.CasePages;

/// <summary>Notices in words: what they are about, and what became of them.</summary>
public static class NoticeWords
{
    public static string Kind(string kind) =>
        kind switch
        {
            NoticeKinds.StageOpened => "asked to settle the stage",
            NoticeKinds.StageCopy => "copy: the partnership is asked",
            NoticeKinds.StageNews => "update for the person who raised the concern",
            NoticeKinds.Reminder => "reminder",
            NoticeKinds.StageMissed => "the deadline passed",
            NoticeKinds.StageClosed => "the stage closed",
            NoticeKinds.Overdue => "overdue at the last stage",
            NoticeKinds.ConfirmationAsked => "asked to confirm the outcome",
            NoticeKinds.ContactRecorded => "contact was made",
            NoticeKinds.ContactDisputed => "the contact was disputed",
            NoticeKinds.Disputed => "the outcome was disputed",
            NoticeKinds.Responded => "a response was recorded",
            NoticeKinds.Ended => "the case ended",
            NoticeKinds.LateResponse => "a late answer was received",
            NoticeKinds.Urgent => "imminent risk",
            NoticeKinds.DateSet => "a day was set",
            NoticeKinds.HoldAsked => "a hold is asked for",
            NoticeKinds.HoldPlaced => "on hold",
            NoticeKinds.HoldReview => "review the hold",
            NoticeKinds.HoldEnded => "the hold ended",
            NoticeKinds.DeadlineMoved => "the deadline moved",
            NoticeKinds.Told => "told as the procedure says",
            NoticeKinds.DutyArose => "a duty arose",
            NoticeKinds.DutyReminder => "reminder of a duty",
            NoticeKinds.DutyOverdue => "a duty is overdue",
            NoticeKinds.StageUntold => "a stage closed with nobody told",
            NoticeKinds.ContactMissing => "a contact is missing",
            NoticeKinds.AddressToAccept => "an address to accept",
            NoticeKinds.PossibleDuplicate => "a possible duplicate",
            NoticeKinds.NoticeFailed => "an email failed",
            NoticeKinds.NobodyToTell => "nobody can be told",
            NoticeKinds.MailDelayed => "emails cannot be sent",
            _ => kind,
        };

    public static string Status(NoticeState status) =>
        status switch
        {
            NoticeState.Queued => "Queued",
            NoticeState.Sent => "Sent",
            NoticeState.Delivered => "Delivered",
            NoticeState.Failed => "Failed",
            NoticeState.Superseded => "Not sent: no longer needed",
            _ => throw new InvalidOperationException($"{status} is no state of a notice."),
        };

    public static string Tag(NoticeState status) =>
        status switch
        {
            NoticeState.Queued => "govuk-tag--yellow",
            NoticeState.Sent => "govuk-tag--blue",
            NoticeState.Delivered => "govuk-tag--green",
            NoticeState.Failed => "govuk-tag--red",
            NoticeState.Superseded => "govuk-tag--grey",
            _ => throw new InvalidOperationException($"{status} is no state of a notice."),
        };
}
