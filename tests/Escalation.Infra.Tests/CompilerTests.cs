using Escalation.Infra.Tests.Compiling;

namespace Escalation.Infra.Tests;

/// <summary>What the compiler says of the templates, and that it would say so.</summary>
public sealed class CompilerTests
{
    private const string FaultyTemplate = """
        param unused string
        @secure()
        param secret string
        @secure()
        param weak string = 'abc'
        var unused2 = 1
        resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = { name: 'v' }
        resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
          name: 'p'
          location: 'uksouth'
          properties: { reservd: true, zoneRedundant: 'yes' }
        }
        resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
          name: 't/s'
          properties: { destination: { endpointType: 'WebHook', properties: { endpointUrl: 'https://example.org?secret=${secret}' } } }
        }
        output zone string = 'privatelink.blob.core.windows.net'
        output secret string = secret
        output length int = length(weak)

        """;

    /// <summary>One template with all the faults, compiled under the templates' configuration.</summary>
    private static readonly Lazy<IReadOnlyList<string>> Faulty = new(() => Bicep.RemarksOnText(FaultyTemplate));

    public static TheoryData<string> Deployed => [.. Bicep.Deployed];

    [Theory]
    [MemberData(nameof(Deployed))]
    public void A_deployed_template_compiles_without_a_remark(string file) => Assert.Empty(Bicep.Remarks(file));

    [Fact]
    public void Every_template_is_deployed_or_part_of_one_that_is()
    {
        var texts = Repository.Templates.Select(Repository.Read).ToList();
        var modules = Repository
            .Templates.Where(file => file.StartsWith("infra/modules/", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(Bicep.Deployed.Order(StringComparer.Ordinal), Repository.Templates.Except(modules));
        foreach (var name in modules.Select(Path.GetFileName))
            Assert.Contains(texts, text => text.Contains($"{name}'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Error no-unused-params")]
    [InlineData("Error no-unused-vars")]
    [InlineData("Error no-unused-existing-resources")]
    [InlineData("Error no-hardcoded-env-urls")]
    [InlineData("Error no-hardcoded-location")]
    [InlineData("Error outputs-should-not-contain-secrets")]
    [InlineData("Error secure-parameter-default")]
    [InlineData("Error use-secure-value-for-secure-inputs")]
    [InlineData("Warning BCP089")]
    [InlineData("Warning BCP036")]
    public void The_rules_that_matter_are_errors_and_properties_are_held_against_their_types(string remark) =>
        Assert.Contains(Faulty.Value, said => said.StartsWith(remark + ":", StringComparison.Ordinal));
}
