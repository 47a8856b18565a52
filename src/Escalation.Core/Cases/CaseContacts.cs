using Escalation.Core.Directory;

namespace Escalation.Core.Cases;

/// <summary>A contact's name and address as they are now.</summary>
public sealed record ContactDetails(string Contact, string Agency, Side Side, string Tier, PersonName Person);

/// <summary>The people behind a case's contact ids: named in the case itself, or listed in the directory.</summary>
public static class CaseContacts
{
    /// <summary>
    /// The person behind a contact id, in the case or the directory; null once neither has them, or the address waits
    /// to be accepted.
    /// </summary>
    public static ContactDetails? Find(Case c, PartnershipDirectory directory, string contact)
    {
        if (c.Contacts.Find(x => x.Id == contact) is { } own)
            return own is { Reachable: true, Accepted: true } && c.People.TryGetValue(contact, out var person)
                ? new ContactDetails(contact, own.Agency, own.Side, own.Tier, person)
                : null;
        var slash = contact.IndexOf('/');
        var agency = slash < 0 ? null : directory.Find(contact[..slash]);
        return agency?.Contacts.FirstOrDefault(x => x.Id == contact[(slash + 1)..]) is { } listed
            ? new ContactDetails(
                contact,
                agency.Id,
                c.SideOf(agency.Id) ?? Side.Partnership,
                listed.Tiers is [var tier, ..] ? tier : "",
                new PersonName(listed.Name, listed.Role, listed.Email)
            )
            : null;
    }

    /// <summary>True when somebody else took this contact's place in the case.</summary>
    public static bool IsReplaced(Case c, string contact) =>
        c.Contacts.Exists(x => x.Accepted && x.Replaces == contact);
}
