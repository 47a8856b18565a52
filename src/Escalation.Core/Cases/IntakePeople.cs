using Escalation.Core.Directory;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Sorts the people given at intake into agencies, contacts and private words.</summary>
internal sealed class IntakePeople(PartnershipDirectory directory, string partnership)
{
    private readonly Dictionary<string, PersonName> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _caseNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _agencyNames = new(StringComparer.Ordinal);

    public List<Party> Parties { get; } = [];
    public List<CaseContact> Contacts { get; } = [];

    public PrivateWords Words =>
        new()
        {
            People = _people,
            CaseNumbers = _caseNumbers.Count > 0 ? _caseNumbers : null,
            AgencyNames = _agencyNames.Count > 0 ? _agencyNames : null,
        };

    public void Add(string id, Side side, IntakePerson person)
    {
        var agency = person.Agency!;
        if (agency == Party.Other)
        {
            agency = $"{Party.Other}-{Parties.Count + 1}";
            _agencyNames[agency] = person.AgencyName!;
        }
        if (Parties.TrueForAll(p => p.Agency != agency))
            Parties.Add(new Party(side, agency));
        if (!string.IsNullOrWhiteSpace(person.CaseNumber))
            _caseNumbers[agency] = person.CaseNumber;
        if (!string.IsNullOrWhiteSpace(person.Name))
            AddContact(
                id,
                side,
                agency,
                Tiers.Practitioner,
                new PersonName(person.Name, person.Role, Trimmed(person.Email)) { Phone = Trimmed(person.Phone) }
            );
        if (person.Manager is { } manager && !string.IsNullOrWhiteSpace(manager.Name))
            AddContact(
                id + ".manager",
                side,
                agency,
                Tiers.LineManager,
                new PersonName(manager.Name, null, Trimmed(manager.Email))
            );
    }

    /// <summary>A person whom the policy's rules name, told for the partnership.</summary>
    public void AddNamed(string id, string tier, PersonName person) =>
        AddContact(
            id,
            Side.Partnership,
            partnership,
            tier,
            person,
            anyDomain: directory.Agencies.Any(a => person.Email is { } email && a.Owns(email))
        );

    private void AddContact(string id, Side side, string agency, string tier, PersonName person, bool? anyDomain = null)
    {
        var reachable = person.Email is not null;
        var accepted = reachable && (anyDomain ?? directory.Find(agency)?.Owns(person.Email!) ?? false);
        Contacts.Add(new CaseContact(id, side, agency, tier, reachable, accepted));
        _people[id] = person;
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
