using Escalation.Core.Directory;
using Escalation.Core.Policies;

namespace Escalation.Standalone.Demo;

/// <summary>
/// Invented agencies and people for the built-in policies' partnerships: somebody for every tier, some with a deputy, one of them away. All
/// addresses are at example.org, which takes no mail.
/// </summary>
public static class DemoDirectory
{
    private const string Domain = "example.org";

    private static readonly (string Partnership, string Name, (string Id, string Name)[] Agencies)[] Partnerships =
    [
        (
            "suffolk",
            "Suffolk Safeguarding Partnership",
            [
                ("suffolk-childrens-services", "Suffolk Children's Services"),
                ("waveney-academy", "Waveney Academy"),
                ("suffolk-community-health", "Suffolk Community Health"),
                ("suffolk-mash", "Suffolk MASH"),
            ]
        ),
        (
            "berkshire-west",
            "Berkshire West Safeguarding Children Partnership",
            [
                ("kennet-childrens-services", "Kennet Children's Services"),
                ("loddon-school", "Loddon School"),
                ("thames-health-visiting", "Thames Health Visiting"),
                ("thames-police-west", "Thames Police West"),
            ]
        ),
        (
            "sandwell",
            "Sandwell Children's Safeguarding Partnership",
            [
                ("sandwell-childrens-trust", "Sandwell Children's Trust"),
                ("oak-primary", "Oak Primary School"),
                ("black-country-health", "Black Country Health"),
                ("sandwell-police", "Sandwell Police"),
            ]
        ),
        (
            "surrey-adults",
            "Surrey Safeguarding Adults Board",
            [
                ("surrey-adult-social-care", "Surrey Adult Social Care"),
                ("wey-valley-hospital", "Wey Valley Hospital"),
                ("downs-housing", "Downs Housing"),
                ("surrey-fire", "Surrey Fire Service"),
            ]
        ),
        (
            "sefton",
            "Sefton Safeguarding Children Partnership",
            [
                ("sefton-childrens-services", "Sefton Children's Services"),
                ("dunes-high-school", "Dunes High School"),
                ("mersey-midwifery", "Mersey Midwifery"),
                ("sefton-youth-justice", "Sefton Youth Justice"),
            ]
        ),
    ];

    /// <summary>Tiers of one agency only, and the tier that the intake names.</summary>
    private static readonly Dictionary<string, string?> Special = new(StringComparer.Ordinal)
    {
        [Tiers.Practitioner] = null,
        ["mash"] = "suffolk-mash",
        ["practiceManager"] = "suffolk-mash",
        ["directorForQualityAndReview"] = "sandwell-childrens-trust",
    };

    private static readonly string[] Given =
    [
        "Alex",
        "Bola",
        "Carys",
        "Dev",
        "Ewa",
        "Farah",
        "Glyn",
        "Hana",
        "Idris",
        "Jo",
        "Kit",
        "Lena",
        "Mo",
        "Nia",
        "Owen",
        "Priya",
        "Rosa",
        "Sam",
        "Tariq",
        "Una",
        "Vic",
        "Wren",
        "Yusuf",
    ];

    private static readonly string[] Family =
    [
        "Abara",
        "Birch",
        "Chowdhury",
        "Doyle",
        "Evans",
        "Flint",
        "Gupta",
        "Hale",
        "Ivanova",
        "Jarvis",
        "Kaur",
        "Lowe",
        "Mensah",
        "Nowak",
        "Okoro",
        "Price",
        "Quill",
        "Reid",
        "Shah",
        "Thorne",
        "Underhill",
        "Vale",
        "Wood",
        "Young",
        "Zaman",
        "Ashby",
        "Brook",
        "Cole",
        "Drake",
    ];

    /// <summary>Every entry, the partnerships' own first.</summary>
    /// <param name="today">The absence begins the day after.</param>
    public static IEnumerable<(string Partnership, Agency Agency)> Entries(DateOnly today)
    {
        var person = 0;
        foreach (var (partnership, name, agencies) in Partnerships)
        {
            yield return (
                partnership,
                new Agency
                {
                    Id = partnership,
                    Name = name,
                    Domains = [Domain],
                    Contacts = [.. KnownTiers.OfPartnerships.Select(tier => Contact(partnership, tier, person++))],
                }
            );
            foreach (var (id, agencyName) in agencies)
            {
                var tiers = KnownTiers.OfAgencies.Where(t => !Special.TryGetValue(t.Id, out var only) || only == id);
                var contacts = tiers.Select(tier => Contact(id, tier, person++)).ToList();
                yield return (
                    partnership,
                    new Agency
                    {
                        Id = id,
                        Name = agencyName,
                        Domains = [Domain],
                        Contacts = WithDeputies(id, contacts, person++, id == agencies[^1].Id ? today : null),
                    }
                );
            }
        }
    }

    /// <summary>
    /// Line managers and safeguarding leads stand in for one another; the head of service has a deputy who is nothing
    /// else.
    /// </summary>
    private static List<Contact> WithDeputies(string agency, List<Contact> contacts, int person, DateOnly? awayAfter)
    {
        var deputy = Contact(agency, new Term("deputy", "Deputy head of service"), person) with { Tiers = [] };
        return
        [
            .. contacts.Select(c =>
                c.Id switch
                {
                    "line-manager" => c with { Deputy = "safeguarding-lead" },
                    "safeguarding-lead" => c with { Deputy = "line-manager" },
                    "head-of-service" => c with
                    {
                        Deputy = deputy.Id,
                        Absences = awayAfter is { } day ? [new Absence(day.AddDays(1), day.AddDays(14))] : [],
                    },
                    _ => c,
                }
            ),
            deputy,
        ];
    }

    private static Contact Contact(string agency, Term tier, int person)
    {
        var (given, family) = (
            DemoDirectory.Given[person % DemoDirectory.Given.Length],
            Family[person % Family.Length]
        );
        return new Contact
        {
            Id = string.Concat(tier.Id.Select(c => char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{c}")),
            Name = $"{given} {family}",
            Role = tier.Name,
            Email = $"{given}.{family}@{agency}.{Domain}".ToLowerInvariant(),
            Tiers = [tier.Id],
        };
    }
}
