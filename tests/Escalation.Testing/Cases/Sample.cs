using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;

namespace Escalation.Testing.Cases;

/// <summary>
/// Agencies, directories, rules and intake forms for every shipped policy. The same agency ids in every partnership;
/// example.org addresses.
/// </summary>
public static class Sample
{
    public const string Raising = "oak-primary",
        Receiving = "childrens-services",
        Third = "health-trust",
        SandwellTrust = "sandwell-childrens-trust";

    public static IReadOnlyList<string> Policies { get; } = [.. PolicyCatalogue.BuiltIn.All.Select(p => p.Id)];

    public static Policy Policy(string id) =>
        PolicyCatalogue.BuiltIn.Find(id) ?? throw new ArgumentException($"No policy {id}.", nameof(id));

    /// <summary>England and Wales, 17:00, less these closures.</summary>
    public static WorkingCalendar Calendar(int version = 1, params Closure[] closures) =>
        new(CalendarEdition.BuiltIn, "england-and-wales", closures, UkTime.Zone, new TimeOnly(17, 0), version);

    /// <summary>
    /// Every agency has one contact for each known tier but the practitioner, with the tier as its id, and one without
    /// a tier (<c>deputy</c>) that stands in for all of them; the partnership likewise.
    /// </summary>
    public static PartnershipDirectory Directory(string partnership) =>
        new(
            partnership,
            [
                Agency(Raising, "Oak Primary School", KnownTiers.OfAgencies),
                Agency(Receiving, "Children's Services", KnownTiers.OfAgencies),
                Agency(Third, "Health Trust", KnownTiers.OfAgencies),
                .. partnership == "sandwell"
                    ? [Agency(SandwellTrust, "Sandwell Children's Trust", KnownTiers.OfAgencies)]
                    : Array.Empty<Agency>(),
                Agency(partnership, "The partnership", KnownTiers.OfPartnerships),
            ]
        );

    public static Rules Rules(string policy) => new(Policy(policy), Calendar(), Directory(Policy(policy).Partnership));

    public static Agency Agency(string id, string name, IReadOnlyList<Term> tiers) =>
        new()
        {
            Id = id,
            Name = name,
            Domains = [$"{id}.example.org"],
            Contacts =
            [
                .. tiers
                    .Where(t => t.Id != Tiers.Practitioner)
                    .Select(t => Contact(id, t.Id) with { Tiers = [t.Id], Deputy = "deputy" }),
                Contact(id, "deputy"),
            ],
        };

    public static Contact Contact(string agency, string id) =>
        new()
        {
            Id = id,
            Name = $"{id} of {agency}",
            Email = $"{id.ToLowerInvariant()}@{agency}.example.org",
        };

    /// <summary>The rules with one agency's entry changed.</summary>
    public static Rules With(this Rules rules, string agency, Func<Agency, Agency> change) =>
        rules with
        {
            Directory = rules.Directory with
            {
                Agencies = [.. rules.Directory.Agencies.Select(a => a.Id == agency ? change(a) : a)],
            },
        };

    /// <summary>The entry without anybody of these tiers.</summary>
    public static Agency Without(this Agency agency, params string[] tiers) =>
        agency with
        {
            Contacts = [.. agency.Contacts.Where(c => !c.Tiers.Any(tiers.Contains))],
        };

    /// <summary>Until when the personal data of a child's <see cref="Opening"/> is kept: the 25th birthday.</summary>
    public static DateTimeOffset KeptUntil { get; } = new(2040, 3, 4, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A complete intake form; change it with <c>with</c>.</summary>
    public static OpenCase Opening(string policy)
    {
        var receives = Policy(policy).Parties.Receiving;
        return new OpenCase
        {
            Reference = $"{Policy(policy).ReferencePrefix}-7K3M-Q9XA",
            IntakeKey = "intake-key",
            Actor = "intake",
            Person = new Person(
                Policy(policy).Parties.PersonKinds[0],
                "Robin Example",
                new DateOnly(2015, 3, 4),
                "1 Example Street"
            ),
            RaisedBy = Practitioner(Raising, "Rae Raiser", "OAK-1"),
            ReceivedBy = receives ? [Practitioner(Receiving, "Cam Receiver", "CS-2")] : [],
            Involved = receives ? [] : [Practitioner(Third, "Hal Health", "HT-3")],
            Nature = ["other"],
            NatureOther = "A disagreement",
            Details = "What the disagreement is about.",
        };
    }

    public static IntakePerson Practitioner(string agency, string name, string? caseNumber = null) =>
        new(
            agency,
            null,
            name,
            "Practitioner",
            $"{name.Split(' ')[0].ToLowerInvariant()}@{agency}.example.org",
            caseNumber,
            null
        );
}
