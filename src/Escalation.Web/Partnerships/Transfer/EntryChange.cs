using Escalation.Core.Directory;
using Escalation.Web.Wording;

namespace Escalation.Web.Partnerships.Transfer;

public enum ChangeKind
{
    Added,
    Changed,
    Removed,
}

/// <summary>One difference between two states of an entry.</summary>
/// <param name="Who">The contact's name; null: the agency itself.</param>
/// <param name="What">In words, one a line.</param>
public sealed record EntryChange(ChangeKind Kind, string? Who, IReadOnlyList<string> What)
{
    internal static IReadOnlyList<EntryChange> Between(Agency? before, Agency after)
    {
        var was = before ?? new Agency { Id = after.Id, Name = "" };
        var changes = new List<EntryChange>();
        string[] own =
        [
            .. Differ("name", was.Name, after.Name),
            .. Differ("mail domains", string.Join(", ", was.Domains), string.Join(", ", after.Domains)),
        ];
        if (own.Length > 0)
            changes.Add(new EntryChange(before is null ? ChangeKind.Added : ChangeKind.Changed, null, own));
        foreach (var contact in after.Contacts)
            if (was.Contacts.FirstOrDefault(c => c.Id == contact.Id) is not { } there)
                changes.Add(new EntryChange(ChangeKind.Added, contact.Name, [contact.Email, TierWords(contact)]));
            else if (Of(was, there, after, contact) is { Length: > 0 } what)
                changes.Add(new EntryChange(ChangeKind.Changed, there.Name, what));
        changes.AddRange(
            was.Contacts.Where(c => after.Contacts.All(a => a.Id != c.Id))
                .Select(c => new EntryChange(
                    ChangeKind.Removed,
                    c.Name,
                    [c.Email, "Links already sent to this person lapse."]
                ))
        );
        return changes;
    }

    private static string[] Of(Agency was, Contact there, Agency after, Contact contact) =>
        [
            .. Differ("name", there.Name, contact.Name),
            .. Differ("role", there.Role, contact.Role),
            .. Differ("email", there.Email, contact.Email),
            .. Differ("tiers", TierWords(there), TierWords(contact)),
            .. Differ("deputy", NameOf(was, there.Deputy), NameOf(after, contact.Deputy)),
            .. Differ("absences", AbsenceWords(there), AbsenceWords(contact)),
            .. there.Name != contact.Name
            && !string.Equals(there.Email, contact.Email, StringComparison.OrdinalIgnoreCase)
                ?
                [
                    "Name and address both differ, and links already sent stay good. "
                        + "If this is somebody else, leave the contact column empty on these lines: "
                        + "then the links lapse.",
                ]
                : Array.Empty<string>(),
        ];

    private static string TierWords(Contact contact) =>
        contact.Tiers.Count == 0 ? "no tier" : string.Join(", ", contact.Tiers.Select(StageWords.Tier));

    private static string AbsenceWords(Contact contact) => string.Join("; ", contact.Absences.Select(AwayWords.Period));

    private static string NameOf(Agency agency, string? contact) =>
        agency.Contacts.FirstOrDefault(c => c.Id == contact)?.Name ?? contact ?? "";

    private static IEnumerable<string> Differ(string what, string? before, string? after)
    {
        if ((before ?? "") != (after ?? ""))
            yield return $"{what}: {Shown(before)} → {Shown(after)}";
    }

    private static string Shown(string? text) => string.IsNullOrEmpty(text) ? "none" : text;
}
