using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>What the business manager has to see to.</summary>
internal static class ManagerMessages
{
    public static Message For(NoticeContext o) =>
        o.Queued.Kind switch
        {
            NoticeKinds.StageUntold => new(
                $"{Messages.Stage(o)}: closed with nobody told",
                [
                    $"When {Messages.Stage(o)} closed, "
                        + "no email to any of its people had been taken by a mail server. "
                        + $"They may not know of the case. {Messages.Goes(o)}",
                ]
            ),
            NoticeKinds.ContactMissing => new(
                $"{Messages.Stage(o)}: a contact is missing",
                [
                    "The case had nobody to ask where the procedure asks somebody. Add the contact to the directory, or to this case.",
                    .. Missing(o),
                ]
            ),
            NoticeKinds.AddressToAccept => new(
                $"{Messages.Stage(o)}: an address waits to be accepted",
                [
                    $"An email address given for {Names(o, WithAddressToAccept(o))} is not in that agency's domains. "
                        + "Nothing is sent to it until you accept it on the case's page.",
                ]
            ),
            NoticeKinds.PossibleDuplicate => new(
                $"{Messages.Stage(o)}: may be a duplicate",
                [
                    "The case may be about the same person and agencies as: "
                        + $"{string.Join(", ", o.Case.PossibleDuplicates)}. "
                        + "Nothing was merged; withdraw one of them if they are the same.",
                ]
            ),
            NoticeKinds.NoticeFailed => new($"{Messages.Stage(o)}: an email was not delivered", [Failed(o)]),
            var kind => throw new InvalidOperationException($"No words for the notice kind '{kind}'."),
        };

    private static IEnumerable<string> WithAddressToAccept(NoticeContext o) =>
        o.Case.Contacts.Where(c => c is { Reachable: true, Accepted: false }).Select(c => c.Agency);

    /// <summary>Recorded between what happened and this notice.</summary>
    private static IEnumerable<string> Missing(NoticeContext o)
    {
        foreach (
            var recorded in DocumentFormat.Recorded(
                [.. o.Document.Events.Skip(o.Queued.Cause)],
                new Dictionary<int, StoredWords>()
            )
        )
        {
            if (recorded.Event is NoticeQueued queued && queued.Key == o.Queued.Key)
                yield break;
            if (recorded.Event is NobodyToTell nobody)
                yield return $"{Name(o, nobody.Agency)}: nobody for {StageWords.Tiers(nobody.Tier)}. "
                    + (nobody.FellBackTo is { } instead ? $"Asked instead: {instead}." : "Nobody was asked instead.");
        }
    }

    private static string Failed(NoticeContext o)
    {
        if (
            o.Cause is not Core.Cases.NoticeFailed failed
            || o.Case.Notices.Find(n => n.Key == failed.Key) is not { } notice
        )
            return "An email of this case was not delivered.";
        var tier = CaseContacts.Find(o.Case, o.Rules.Directory, notice.Queued.Contact) is { Tier.Length: > 0 } contact
            ? $" ({StageWords.Tiers(contact.Tier)})"
            : "";
        return $"An email ({Words(notice.Queued.Kind)}) to a contact of {Name(o, notice.Queued.Agency)}{tier} "
            + $"was not delivered: {failed.Reason}. The case's page shows which, and who was asked instead.";
    }

    private static string Words(string kind) =>
        string.Concat(kind.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    private static string Name(NoticeContext o, string agency) =>
        AgencyWords.Name(o.Case, o.Rules.Directory, o.Policy, agency);

    private static string Names(NoticeContext o, IEnumerable<string> agencies) =>
        agencies.Distinct().Select(a => Name(o, a)).ToList() is { Count: > 0 } names
            ? string.Join(" and ", names)
            : "an agency";
}
