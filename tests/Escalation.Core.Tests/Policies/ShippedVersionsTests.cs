using System.Text.Json;
using Escalation.Core.Policies;

namespace Escalation.Core.Tests.Policies;

/// <summary>A case pins the document it was opened under, so a shipped version never changes its content.</summary>
public sealed class ShippedVersionsTests
{
    [Fact]
    public void A_shipped_document_that_changes_has_a_new_version_number()
    {
        var pinned = Pinned();
        foreach (var policy in PolicyCatalogue.BuiltIn.All)
        {
            var name = $"{policy.Id}@{policy.Version}";
            Assert.True(
                pinned.TryGetValue(name, out var hash),
                $"{name} is new. Add \"{name}\": \"{policy.Hash}\" to shipped-versions.json, and leave the lines of older versions there."
            );
            Assert.True(
                hash == policy.Hash,
                $"{policy.Id}.json changed, but cases may be pinned to {name}. "
                    + "Raise its version, and add the new version's hash to shipped-versions.json."
            );
        }
    }

    [Fact]
    public void A_version_once_shipped_is_not_followed_by_a_lower_one() =>
        Assert.All(
            Pinned().Keys.Select(k => k.Split('@')),
            k =>
                Assert.True(
                    PolicyCatalogue.BuiltIn.Find(k[0]) is { } policy
                        && policy.Version >= int.Parse(k[1], System.Globalization.CultureInfo.InvariantCulture)
                )
        );

    private static Dictionary<string, string> Pinned()
    {
        using var stream = typeof(ShippedVersionsTests).Assembly.GetManifestResourceStream("shipped-versions.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
