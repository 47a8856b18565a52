using Escalation.Core.Cases;
using Escalation.Web.Emails.Kinds;

namespace Escalation.Web.Emails;

/// <summary>The email of each kind of notice, written from the case as it is when it is sent.</summary>
internal static class Messages
{
    private static readonly Dictionary<string, Func<NoticeContext, EmailWords>> Kinds = new()
    {
        [NoticeKinds.StageOpened] = StageOpenedEmail.Of,
        [NoticeKinds.StageCopy] = StageCopyEmail.Of,
        [NoticeKinds.StageNews] = StageNewsEmail.Of,
        [NoticeKinds.Reminder] = ReminderEmail.Of,
        [NoticeKinds.StageMissed] = StageMissedEmail.Of,
        [NoticeKinds.StageClosed] = StageClosedEmail.Of,
        [NoticeKinds.Overdue] = OverdueEmail.Of,
        [NoticeKinds.ConfirmationAsked] = ConfirmationAskedEmail.Of,
        [NoticeKinds.Disputed] = DisputedEmail.Of,
        [NoticeKinds.ContactRecorded] = ContactRecordedEmail.Of,
        [NoticeKinds.ContactDisputed] = ContactDisputedEmail.Of,
        [NoticeKinds.Responded] = RespondedEmail.Of,
        [NoticeKinds.Ended] = EndedEmail.Of,
        [NoticeKinds.LateResponse] = LateResponseEmail.Of,
        [NoticeKinds.Urgent] = UrgentEmail.Of,
        [NoticeKinds.DateSet] = DateSetEmail.Of,
        [NoticeKinds.HoldAsked] = HoldAskedEmail.Of,
        [NoticeKinds.HoldPlaced] = HoldPlacedEmail.Of,
        [NoticeKinds.HoldReview] = HoldReviewEmail.Of,
        [NoticeKinds.HoldEnded] = HoldEndedEmail.Of,
        [NoticeKinds.DeadlineMoved] = DeadlineMovedEmail.Of,
        [NoticeKinds.Told] = ToldEmail.Of,
        [NoticeKinds.DutyArose] = DutyEmail.Of,
        [NoticeKinds.DutyReminder] = DutyEmail.Of,
        [NoticeKinds.DutyOverdue] = DutyEmail.Of,
        [NoticeKinds.StageUntold] = StageUntoldEmail.Of,
        [NoticeKinds.ContactMissing] = ContactMissingEmail.Of,
        [NoticeKinds.AddressToAccept] = AddressToAcceptEmail.Of,
        [NoticeKinds.PossibleDuplicate] = PossibleDuplicateEmail.Of,
        [NoticeKinds.NoticeFailed] = NoticeFailedEmail.Of,
    };

    public static EmailWords For(NoticeContext notice) => Kinds[notice.Queued.Kind](notice);
}
