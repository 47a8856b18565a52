using Escalation.Core.Cases;
using Escalation.Core.Policies;

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
        if (!AsksStill(c, failed) || NoticeRoom.IsUsedUp(c))
            return;
        if (IsFirstNotSent(c, failed, reason))
            Ask(change, failed, cause, [new Addressee(failed.Contact, failed.Agency, failed.Side, failed.InsteadOf)]);
        else
            AskSomebodyElse(change, failed, cause);
    }

    /// <summary>True while the case waits for what the email asked.</summary>
    private static bool AsksStill(Case c, NoticeQueued failed) =>
        c.IsOpen
        && failed.Stage == c.Stage.Id
        && c.SideOf(failed.Agency) is not null
        && Asks(failed)
        && (failed.Kind != NoticeKinds.ConfirmationAsked || c.Awaiting is not null);

    /// <summary>
    /// A request to confirm asks too where it has no links: the business manager, who stands in for a side, cannot confirm for it.
    /// </summary>
    private static bool Asks(NoticeQueued notice) =>
        notice.Action is not NoticeAction.None || notice.Kind == NoticeKinds.ConfirmationAsked;

    private static bool IsFirstNotSent(Case c, NoticeQueued failed, string reason) =>
        reason == DeliveryRules.NotSent
        && c.Notices.Count(n => n.Reason == DeliveryRules.NotSent && IsAlike(n.Queued, failed)) == 1;

    private static bool IsAlike(NoticeQueued one, NoticeQueued other) =>
        one.Contact == other.Contact && one.Kind == other.Kind && one.Stage == other.Stage;

    private static void AskSomebodyElse(CaseChange change, NoticeQueued failed, int cause)
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
        if (OnlyTheirs(change, failed) is { } tier)
        {
            var managers = RecipientFinder.BusinessManager(change, failed.Kind);
            Ask(change, failed, cause, managers.ConvertAll(m => m with { InsteadOf = tier }));
            return;
        }
        var people = new List<Addressee>();
        foreach (var party in AskedParties(change, failed))
            if (!IsReached(c, failed, party, tried))
                people.AddRange(PartyRecipients.Asked(change, party, failed.Kind, tried.Contains));
        Ask(change, failed, cause, RecipientFinder.Distinct(people));
    }

    /// <summary>The tier of somebody in whose place nobody else can answer: who is named, or decides together with another.</summary>
    private static string? OnlyTheirs(CaseChange change, NoticeQueued failed)
    {
        var c = change.Case;
        if (c.Contacts.Find(x => x.Id == failed.Contact)?.Tier is { } tier && NamedRole.Of(tier) is not null)
            return tier;
        return failed.Kind == NoticeKinds.ConfirmationAsked && c.Awaiting!.Deciders is [var decider, ..]
            ? JointDecisions.WhoIs(decider).Tier
            : null;
    }

    /// <summary>The parties that the email asked: the business manager stands in for those that nobody was reached of.</summary>
    private static IEnumerable<Party> AskedParties(CaseChange change, NoticeQueued failed)
    {
        var own = new Party(failed.Side, failed.Agency);
        if (failed.Side is not Side.Partnership)
            return [own];
        if (failed.Kind == NoticeKinds.ConfirmationAsked)
            return change.Case.Parties.Where(p => change.Case.Awaiting!.Sides.Contains(p.Side));
        return change.Stage.Told is Told.Partnership
            ? [own]
            : change.Case.Parties.Where(p => PartyRecipients.IsAsked(change.Policy, change.Stage, p.Side));
    }

    /// <summary>
    /// Whatever queued it: a deputy's email has another cause than those of the tier. Whoever was replaced was reached in vain.
    /// </summary>
    private static bool IsReached(Case c, NoticeQueued failed, Party party, HashSet<string> tried) =>
        c.Notices.Exists(n =>
            n.Queued.Kind == failed.Kind
            && n.Queued.Stage == failed.Stage
            && n.Queued.Agency == party.Agency
            && Asks(n.Queued)
            && !tried.Contains(n.Queued.Contact)
            && !CaseContacts.IsReplaced(c, n.Queued.Contact)
            && n.Status is not (NoticeState.Failed or NoticeState.Superseded)
        );

    private static void Ask(CaseChange change, NoticeQueued failed, int cause, IReadOnlyList<Addressee> people)
    {
        // Whoever stands in for a side that has to confirm is told, and cannot confirm for it.
        foreach (var alike in people.GroupBy(p => ActionOf(change, failed, p)))
            NoticeQueue.Add(change, failed.Kind, cause, [.. alike], alike.Key, because: ToldBecause.Failure);
    }

    private static NoticeAction ActionOf(CaseChange change, NoticeQueued failed, Addressee person) =>
        failed.Kind != NoticeKinds.ConfirmationAsked ? failed.Action
        : JointDecisions.MayConfirm(change.Case, change.Rules, person.Contact, person.Side) ? NoticeAction.Confirm
        : NoticeAction.None;

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
