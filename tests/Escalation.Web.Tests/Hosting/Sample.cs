using System.Text.Json.Nodes;
using Escalation.Core.Directory;

namespace Escalation.Web.Tests.Hosting;

/// <summary>Directory entries of every partnership, and bodies.</summary>
public static class Sample
{
    private static readonly string[] Partnerships =
    [
        "suffolk",
        "berkshire-west",
        "sandwell",
        "surrey-adults",
        "sefton",
    ];

    public static IEnumerable<(string Partnership, Agency Agency)> Directory =>
        from partnership in Partnerships
        from agency in new[] { "school", "trust", "police", partnership }
        select (
            partnership,
            new Agency
            {
                Id = agency,
                Name = $"The {agency}",
                Domains = ["example.org"],
                Contacts =
                [
                    new Contact
                    {
                        Id = "lead",
                        Name = $"Lead of {agency}",
                        Email = $"lead@{agency}.example.org",
                        Tiers =
                            agency == partnership
                                ?
                                [
                                    "businessManager",
                                    "chair",
                                    "scrutineer",
                                    "board",
                                    "boardManager",
                                    "partnershipManager",
                                    "mash",
                                    "headOfAdultSafeguarding",
                                ]
                                :
                                [
                                    "lineManager",
                                    "safeguardingLead",
                                    "headOfService",
                                    "director",
                                    "practiceManager",
                                    "mash",
                                    "partnershipRepresentative",
                                ],
                    },
                ],
            }
        );

    public static JsonObject Opening(string policy = "sandwell")
    {
        var risk = policy == "surrey-adults-risk";
        var body = new JsonObject
        {
            ["policy"] = policy,
            ["person"] = new JsonObject
            {
                ["kind"] = policy.StartsWith("surrey", StringComparison.Ordinal) ? "adult" : "child",
                ["name"] = "Alex Example",
                ["dateOfBirth"] = "2000-03-04",
                ["address"] = "1 Some Street",
            },
            ["raisedBy"] = new JsonObject
            {
                ["agency"] = "school",
                ["name"] = "Robin Raiser",
                ["email"] = "robin@school.example.org",
                ["caseNumber"] = "OAK-17",
            },
            ["concern"] = "A concern",
            ["details"] = "Some details",
        };
        if (risk)
            body["agencies"] = new JsonArray("trust", "police");
        else
            body["receivedBy"] = new JsonObject
            {
                ["agency"] = "trust",
                ["name"] = "Rowan Receiver",
                ["email"] = "rowan@trust.example.org",
            };
        return body;
    }

    public static JsonObject Outcome(string stage, string outcome, string agency = "school") =>
        new()
        {
            ["stage"] = stage,
            ["outcome"] = outcome,
            ["by"] = By(agency),
            ["method"] = "phone",
            ["discussedOn"] = "2026-09-25",
            ["summary"] = "We spoke",
            ["recordKeeper"] = "school",
            ["outstanding"] = "Nothing",
        };

    public static JsonObject By(string agency) =>
        new()
        {
            ["agency"] = agency,
            ["name"] = "Sam Speaker",
            ["role"] = "Manager",
        };
}
