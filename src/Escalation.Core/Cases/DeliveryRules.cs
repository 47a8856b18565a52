namespace Escalation.Core.Cases;

/// <summary>What becomes of a notice once it was tried.</summary>
public static class DeliveryRules
{
    /// <summary>
    /// A notice whose recipient's mailbox has not taken it this long after it was queued has failed. One that waits for the installation
    /// never fails: the case says so after the same time.
    /// </summary>
    public static TimeSpan GiveUpAfter { get; } = TimeSpan.FromDays(3);

    /// <summary>
    /// The mail service took it and then failed to send it, for a fault of its own: held against nobody, so the same person is asked once
    /// more before somebody else.
    /// </summary>
    public const string NotSent = "technicalFailure";

    /// <summary>How long to wait after the nth failed attempt: 1, 2, 4, … minutes, at most 30.</summary>
    public static TimeSpan Backoff(int attempts) =>
        TimeSpan.FromMinutes(Math.Min(30, Math.Pow(2, Math.Min(attempts, 10) - 1)));

    /// <summary>As <see cref="Backoff"/>, at most 15 minutes: what the installation could not send goes soon after it is mended.</summary>
    public static TimeSpan BackoffWhileDown(int attempts) =>
        TimeSpan.FromMinutes(Math.Min(15, Math.Pow(2, Math.Min(attempts, 10) - 1)));

    /// <summary>The mail server took it. A repeat changes nothing.</summary>
    /// <param name="to">Kept as it was: whoever takes the recipient's place later was not told by this.</param>
    /// <param name="invitation">The calendar entry in it, which what follows goes on from; null: there was none.</param>
    internal static Decision Sent(
        CaseChange change,
        string key,
        string? operation,
        PersonName? to,
        Invitation? invitation
    ) =>
        Change(
            change,
            key,
            notice =>
            {
                if (notice.Status == NoticeState.Queued)
                {
                    var known = operation?.Length > NoticeRoom.LongestCode ? null : operation;
                    change.Add(new NoticeSent(key, known) { Words = Recipient(notice, to, invitation) });
                }
            }
        );

    /// <summary>A delivery report says that it arrived.</summary>
    internal static Decision Delivered(CaseChange change, string key) =>
        Change(
            change,
            key,
            notice =>
            {
                if (notice.Status is NoticeState.Queued or NoticeState.Sent)
                    change.Add(new NoticeDelivered(key));
            }
        );

    /// <summary>
    /// It will not arrive: refused, bounced, given up. Somebody else of the agency is asked instead, else the next tier, else the business
    /// manager, who is told in any case. See also <see cref="NotSent"/>.
    /// </summary>
    /// <param name="reason">A code.</param>
    /// <param name="to">Who it should have gone to, as the email said it; null for a delivery report: that is known from when it was
    /// sent.</param>
    internal static Decision Failed(CaseChange change, string key, string reason, PersonName? to) =>
        Change(
            change,
            key,
            notice =>
            {
                if (notice.Status is not (NoticeState.Failed or NoticeState.Superseded))
                    change.Add(new NoticeFailed(key, NoticeRoom.Code(reason)) { Words = Recipient(notice, to) });
            }
        );

    private static PrivateWords? Recipient(Notice notice, PersonName? to, Invitation? invitation = null) =>
        to is null && invitation is null ? null : NoticeRoom.Recipient(notice.Queued, to, invitation);

    /// <summary>
    /// The installation has not been able to send for <see cref="GiveUpAfter"/>: the case says so, and again each three days for four
    /// weeks, then each thirty days.
    /// </summary>
    /// <param name="since">When the oldest notice that waits was queued.</param>
    /// <param name="fault">One of <see cref="MailFaults"/>.</param>
    internal static Decision Delayed(CaseChange change, DateTimeOffset since, string fault)
    {
        var c = change.Case;
        var said = c.MailDelayedAt > since ? c.MailDelayedAt.Value : since;
        var every = said - since < TimeSpan.FromDays(28) ? GiveUpAfter : TimeSpan.FromDays(30);
        if (c.UnknownEvent is not null || change.Now - said < every)
            return change.Accepted();
        change.Add(new MailDelayed(c.Stages.IsEmpty ? null : c.Stage.Id, fault, since));
        return change.Accepted();
    }

    private static Decision Change(CaseChange change, string key, Action<Notice> does)
    {
        var c = change.Case;
        if (c.UnknownEvent is null && c.Notices.Find(n => n.Key == key) is { } notice)
            does(notice);
        return change.Accepted();
    }
}
