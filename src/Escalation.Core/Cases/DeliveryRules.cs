using Escalation.Core.Notices;

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
    public static Decision Sent(
        Case c,
        Rules rules,
        string key,
        string? operation,
        PersonName? to,
        DateTimeOffset now,
        Invitation? invitation = null
    ) =>
        Change(
            c,
            rules,
            key,
            now,
            (change, notice) =>
            {
                if (notice.Status == NoticeState.Queued)
                {
                    var known = operation?.Length > NoticeRoom.LongestCode ? null : operation;
                    change.Add(new NoticeSent(key, known) { Words = Recipient(notice, to, invitation) });
                }
            }
        );

    /// <summary>A delivery report says that it arrived.</summary>
    public static Decision Delivered(Case c, Rules rules, string key, DateTimeOffset now) =>
        Change(
            c,
            rules,
            key,
            now,
            (change, notice) =>
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
    public static Decision Failed(Case c, Rules rules, string key, string reason, PersonName? to, DateTimeOffset now) =>
        Change(
            c,
            rules,
            key,
            now,
            (change, notice) =>
            {
                if (notice.Status is NoticeState.Failed or NoticeState.Superseded)
                    return;
                var cause = change.Add(
                    new NoticeFailed(key, NoticeRoom.Code(reason)) { Words = Recipient(notice, to) }
                );
                AskAgain(change, notice.Queued, reason, cause);
                if (notice.Queued.Kind != NoticeKinds.NoticeFailed)
                    Telling.Manager(change, NoticeKinds.NoticeFailed, cause);
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
    public static Decision Delayed(Case c, Rules rules, DateTimeOffset since, string fault, DateTimeOffset now)
    {
        var said = c.MailDelayedAt > since ? c.MailDelayedAt.Value : since;
        var every = said - since < TimeSpan.FromDays(28) ? GiveUpAfter : TimeSpan.FromDays(30);
        if (c.UnknownEvent is not null || now - said < every)
            return new Decision.Accepted([], c, Answers.Done);
        var change = new CaseChange(c, rules, now);
        var cause = change.Add(new MailDelayed(c.Stages.IsEmpty ? null : c.Stage.Id, fault, since));
        Telling.SecondChannel(change, NoticeKinds.MailDelayed, cause);
        return change.Accepted();
    }

    private static Decision Change(Case c, Rules rules, string key, DateTimeOffset now, Action<CaseChange, Notice> does)
    {
        if (c.UnknownEvent is not null || c.Notices.Find(n => n.Key == key) is not { } notice)
            return new Decision.Accepted([], c, Answers.Done);
        var change = new CaseChange(c, rules, now);
        does(change, notice);
        return change.Accepted();
    }

    private static void AskAgain(CaseChange change, NoticeQueued failed, string reason, int cause)
    {
        var c = change.Case;
        if (
            failed.Action is NoticeAction.None
            || !c.IsOpen
            || failed.Stage != c.Stage.Id
            || c.SideOf(failed.Agency) is not { } side
        )
            return;
        if (NoticeRoom.IsUsedUp(c))
            return;
        if (reason == NotSent && c.Notices.Count(n => n.Reason == NotSent && IsAlike(n.Queued, failed)) == 1)
        {
            var same = new Addressee(failed.Contact, failed.Agency, failed.Side, failed.InsteadOf);
            Telling.Queue(change, failed.Kind, cause, [same], failed.Action, because: ToldBecause.Failure);
            return;
        }
        AskSomebodyElse(change, failed, side, cause);
    }

    private static bool IsAlike(NoticeQueued one, NoticeQueued other) =>
        one.Contact == other.Contact && one.Kind == other.Kind && one.Stage == other.Stage;

    private static void AskSomebodyElse(CaseChange change, NoticeQueued failed, Side side, int cause)
    {
        var c = change.Case;
        var tried = c
            .Notices.Where(n => n.Status == NoticeState.Failed && n.Queued.Stage == failed.Stage)
            .Select(n => n.Queued.Contact)
            .ToHashSet(StringComparer.Ordinal);
        if (Deputy(change, failed.Contact) is { } deputy && !tried.Contains(deputy))
        {
            Ask([new Addressee(deputy, failed.Agency, failed.Side, failed.Contact)]);
            return;
        }
        var reached = c.Notices.Exists(n =>
            n.Queued.Cause == failed.Cause
            && n.Queued.Agency == failed.Agency
            && n.Queued.Action == failed.Action
            && n.Status is not (NoticeState.Failed or NoticeState.Superseded)
        );
        if (!reached)
            Ask(
                Addressing.OfParty(
                    change,
                    new Party(side, failed.Agency),
                    change.Stage.Tiers,
                    change.Stage,
                    failed.Kind,
                    tried.Contains
                )
            );

        void Ask(IReadOnlyList<Addressee> people) =>
            Telling.Queue(change, failed.Kind, cause, people, failed.Action, because: ToldBecause.Failure);
    }

    private static string? Deputy(CaseChange change, string contact)
    {
        var slash = contact.IndexOf('/');
        var agency = change.Rules.Directory.Find(slash < 0 ? null : contact[..slash]);
        return
            agency?.Contacts.FirstOrDefault(x => x.Id == contact[(slash + 1)..])?.Deputy is { } deputy
            && agency.Contacts.Any(x => x.Id == deputy)
            ? $"{agency.Id}/{deputy}"
            : null;
    }
}
