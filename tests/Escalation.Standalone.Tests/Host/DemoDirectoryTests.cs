using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Standalone.Demo;
using Escalation.Standalone.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Standalone.Tests.Host;

public sealed class DemoDirectoryTests
{
    private static readonly DateOnly Today = new(2026, 12, 23);
    private static readonly List<(string Partnership, Agency Agency)> Entries = [.. DemoDirectory.Entries(Today)];

    public static TheoryData<string> Policies => [.. PolicyCatalogue.BuiltIn.All.Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Every_tier_that_a_policy_asks_or_tells_has_somebody(string id)
    {
        var policy = PolicyCatalogue.BuiltIn.Find(id)!;
        var asked = policy
            .Stages.SelectMany(s => s.Tiers.Concat(s.CopyTiers))
            .Concat(policy.Tells.Select(t => t.Who.Tier))
            .Concat(policy.Urgent.Tell.Select(t => t.Tier))
            .Append(Tiers.BusinessManager)
            .Append(Tiers.SafeguardingLead)
            .Where(t => t != Tiers.Practitioner && !t.StartsWith("named:", StringComparison.Ordinal))
            .ToHashSet();
        var there = Entries
            .Where(e => e.Partnership == policy.Partnership)
            .SelectMany(e => e.Agency.Contacts)
            .SelectMany(c => c.Tiers)
            .ToHashSet();

        Assert.Subset(there, asked);
    }

    [Fact]
    public void Nobody_shares_an_address_and_all_are_at_example_org()
    {
        var people = Entries.SelectMany(e => e.Agency.Contacts.Select(c => (e.Agency, c.Email))).ToList();

        Assert.Equal(people.Count, people.Select(p => p.Email).Distinct().Count());
        Assert.All(
            people,
            p => Assert.True(p.Email.EndsWith(".example.org", StringComparison.Ordinal) && p.Agency.Owns(p.Email))
        );
    }

    [Fact]
    public void Every_partnership_has_deputies_and_somebody_who_is_away_from_tomorrow() =>
        Assert.All(
            Entries.GroupBy(e => e.Partnership),
            partnership =>
            {
                var contacts = partnership.SelectMany(e => e.Agency.Contacts).ToList();
                Assert.Contains(contacts, c => c.Deputy is not null);
                Assert.Contains(contacts, c => c.IsAway(Today.AddDays(1)) && c.Deputy is not null && !c.IsAway(Today));
            }
        );

    [Fact]
    public async Task Whoever_is_away_from_tomorrow_is_there_on_the_present_day_in_London()
    {
        using var folder = new TemporaryFolder();
        await using var host = await ServedHost.StartAsync(
            folder["data"],
            ServedHost.Settings(folder.Path),
            time: new FakeTimeProvider(new DateTimeOffset(2026, 7, 13, 23, 30, 0, TimeSpan.Zero)),
            demo: true
        );

        var directory = await StoredDirectory.LoadAsync(host.Get<IRecords>(), "sandwell", CancellationToken.None);

        var contacts = directory.Agencies.SelectMany(agency => agency.Contacts).ToList();
        Assert.DoesNotContain(contacts, c => c.IsAway(new DateOnly(2026, 7, 14)));
        Assert.Contains(contacts, c => c.IsAway(new DateOnly(2026, 7, 15)));
    }
}
