using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Bench.Demo;

/// <summary>Sandwell's partnership with agencies whose every tier has a contact, so that notices are queued.</summary>
internal static class DemoDirectory
{
    public const string Partnership = "sandwell";

    private static readonly string[] Schools =
    [
        "oak-primary",
        "elm-primary",
        "ash-academy",
        "lime-nursery",
        "rowan-high",
        "cedar-college",
    ];
    private static readonly string[] AgencyTiers =
    [
        "lineManager",
        "safeguardingLead",
        "headOfService",
        "serviceManager",
        "director",
        Tiers.PartnershipRepresentative,
    ];

    public static IReadOnlyList<string> Raising { get; } = [.. Schools, "health-trust", "police"];

    public static IReadOnlyList<string> Receiving { get; } = ["sandwell-childrens-trust", "housing", "probation"];

    public static async Task WriteAsync(IRecords records)
    {
        foreach (var id in Raising.Concat(Receiving))
            await StoredDirectory.WriteAsync(
                records,
                Partnership,
                AgencyOf(id, AgencyTiers),
                0,
                CancellationToken.None
            );
        await StoredDirectory.WriteAsync(
            records,
            Partnership,
            AgencyOf(Partnership, ["chair", Tiers.BusinessManager, Tiers.PartnershipManager]),
            0,
            CancellationToken.None
        );
    }

    private static Agency AgencyOf(string id, IReadOnlyList<string> tiers) =>
        new()
        {
            Id = id,
            Name = $"The {id} agency",
            Domains = [$"{id}.example"],
            Contacts =
            [
                .. tiers.Select(
                    (tier, i) =>
                        new Contact
                        {
                            Id = $"c{i + 1}",
                            Name = $"Contact {i + 1} of {id}",
                            Role = tier,
                            Email = $"{tier.ToLowerInvariant()}@{id}.example",
                            Tiers = [tier],
                        }
                ),
            ],
        };
}
