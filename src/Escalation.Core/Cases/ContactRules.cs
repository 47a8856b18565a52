namespace Escalation.Core.Cases;

/// <summary>Who is told in a person's place: a colleague, a correction, an address to accept.</summary>
internal static class ContactRules
{
    /// <summary>
    /// A recipient hands the matter to a colleague of the same agency; the recipient's own links lapse once the address
    /// is accepted.
    /// </summary>
    public static Decision HandOver(CaseChange change, HandOver m)
    {
        if (
            CaseContacts.Find(change.Case, change.Rules.Directory, m.From) is not { } from
            || !(from.Agency == m.By.Agency || change.Case.SideOf(m.By.Agency) is Side.Partnership)
        )
            return Decider.Refuse(
                Codes.NotAllowed,
                "Only a contact of this case can hand it to a colleague of the same agency."
            );
        if (change.Case.Contacts.Exists(c => c.Replaces == m.From))
            return Decider.Refuse(Codes.NotAllowed, "This contact has handed the matter over already.");
        var accepted = change.Rules.Directory.Find(from.Agency)?.Owns(m.Email!) ?? false;
        var contact = new CaseContact(
            $"handed/{change.Next}",
            from.Side,
            from.Agency,
            from.Tier,
            Reachable: true,
            accepted,
            m.From
        );
        change.Add(
            new HandedOver(change.Case.Stage.Id, m.From, contact)
            {
                Words = Named(contact.Id, m.Name!, m.Email!, m.Role, m.By, null),
            }
        );
        return change.Accepted();
    }

    public static Decision Change(CaseChange change, ChangeContact m)
    {
        var from = m.From is null ? null : CaseContacts.Find(change.Case, change.Rules.Directory, m.From);
        if (m.From is not null && from is null)
            return Decider.Refuse(Codes.NotFound, "There is no such contact in this case.");
        if (m.From is not null && CaseContacts.IsReplaced(change.Case, m.From))
            return Decider.Refuse(
                Codes.NotAllowed,
                "Somebody has taken this contact's place already: change the one who did."
            );
        var agency = from?.Agency ?? m.Agency ?? "";
        if (change.Case.SideOf(agency) is not { } side)
            return Decider.Refuse(Codes.NotAllowed, "Not an agency of this case.");
        var contact = new CaseContact(
            $"changed/{change.Next}",
            from?.Side ?? side,
            agency,
            from?.Tier ?? m.Tier ?? change.Stage.Tiers[0],
            Reachable: true,
            Accepted: true,
            m.From
        );
        change.Add(
            new ContactChanged(m.From, contact) { Words = Named(contact.Id, m.Name!, m.Email!, m.Role, m.By, m.Reason) }
        );
        return change.Accepted();
    }

    public static Decision Accept(CaseChange change, AcceptContact m)
    {
        if (change.Case.SideOf(m.By.Agency) is not Side.Partnership)
            return Decider.Refuse(
                Codes.NotAllowed,
                "An address outside an agency's domains is for the business manager to accept."
            );
        if (change.Case.Contacts.Find(c => c.Id == m.Contact) is not { } contact)
            return Decider.Refuse(Codes.NotFound, "There is no such contact in this case.");
        if (contact.Accepted)
            return change.Accepted();
        change.Add(
            new ContactAccepted(contact.Id) { Words = new PrivateWords { By = new PersonName(m.By.Name, m.By.Role) } }
        );
        return change.Accepted();
    }

    private static PrivateWords Named(string id, string name, string email, string? role, Speaker by, string? reason) =>
        PrivateWords.Of(by, "reason", reason) with
        {
            People = new Dictionary<string, PersonName> { [id] = new(name, role, email) },
        };
}
