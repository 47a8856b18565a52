using Escalation.Core.Cases;

namespace Escalation.Core.Notices;

/// <summary>
/// Who is asked when an email that asked somebody failed: their deputy, else somebody else of the agency, else the next tier, else the
/// business manager. For news and copies nobody is asked instead.
/// </summary>
internal static class FailedNotices
{
    /// <param name="reason">A code; see <see cref="DeliveryRules.NotSent"/>.</param>
    public static void AskAgain(CaseChange change, NoticeQueued failed, string reason, int cause)
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
        if (IsFirstNotSent(c, failed, reason))
            Ask(change, failed, cause, [new Addressee(failed.Contact, failed.Agency, failed.Side, failed.InsteadOf)]);
        else
            AskSomebodyElse(change, failed, side, cause);
    }

    private static bool IsFirstNotSent(Case c, NoticeQueued failed, string reason) =>
        reason == DeliveryRules.NotSent
        && c.Notices.Count(n => n.Reason == DeliveryRules.NotSent && IsAlike(n.Queued, failed)) == 1;

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
            Ask(change, failed, cause, [new Addressee(deputy, failed.Agency, failed.Side, failed.Contact)]);
            return;
        }
        // Whatever queued it: a deputy's email has another cause than those of the tier. Whoever was replaced was reached in vain.
        var reached = c.Notices.Exists(n =>
            n.Queued.Kind == failed.Kind
            && n.Queued.Stage == failed.Stage
            && n.Queued.Agency == failed.Agency
            && n.Queued.Action == failed.Action
            && !tried.Contains(n.Queued.Contact)
            && !CaseContacts.IsReplaced(c, n.Queued.Contact)
            && n.Status is not (NoticeState.Failed or NoticeState.Superseded)
        );
        if (reached)
            return;
        var (party, stage) = (new Party(side, failed.Agency), change.Stage);
        Ask(
            change,
            failed,
            cause,
            RecipientFinder.OfParty(change, party, stage.Tiers, stage, failed.Kind, tried.Contains)
        );
    }

    private static void Ask(CaseChange change, NoticeQueued failed, int cause, IReadOnlyList<Addressee> people) =>
        NoticeQueue.Add(change, failed.Kind, cause, people, failed.Action, because: ToldBecause.Failure);

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
