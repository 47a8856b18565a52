using System.Text.Json;
using System.Text.RegularExpressions;

namespace Escalation.Infra.Tests;

/// <summary>
/// What can be said of the Bicep files by reading them. That they compile, and that the types have these properties, is the workflow's to check.
/// </summary>
public sealed partial class TemplateTests
{
    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess: false")]
    [InlineData("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess: false")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts", "disableLocalAuth: true")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts", "type: 'Continuous'")]
    [InlineData("Microsoft.Communication/communicationServices", "disableLocalAuth: true")]
    [InlineData("Microsoft.Communication/emailServices/domains", "userEngagementTracking: 'Disabled'")]
    [InlineData("Microsoft.Insights/components", "DisableLocalAuth: true")]
    [InlineData("Microsoft.OperationalInsights/workspaces", "disableLocalAuth: true")]
    [InlineData("Microsoft.KeyVault/vaults", "enableRbacAuthorization: true")]
    [InlineData("Microsoft.KeyVault/vaults", "enablePurgeProtection: true")]
    [InlineData("Microsoft.Web/sites", "httpsOnly: true")]
    [InlineData("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow: false")]
    public void Every_resource_of_a_type_has_its_lock(string type, string line)
    {
        var resources = Repository.Resources(type);

        Assert.NotEmpty(resources);
        Assert.All(resources, resource => Assert.Contains(line, resource.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void No_template_reads_a_key_or_holds_a_connection_string()
    {
        Assert.NotEmpty(Repository.Templates);
        Assert.All(Repository.Templates, file => Assert.DoesNotMatch(KeyOrConnectionString(), Repository.Read(file)));
    }

    [Theory]
    [InlineData("Microsoft.Authorization/roleAssignments")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments")]
    public void Every_role_assignment_is_on_one_resource_and_says_why_above(string type)
    {
        var assignments = Repository.Resources(type);

        Assert.NotEmpty(assignments);
        Assert.All(assignments, assignment =>
        {
            Assert.Matches(RoleReason(), assignment.Before);
            Assert.Matches(OwnScope(), assignment.Text);
        });
    }

    [Fact]
    public void Every_parameter_has_a_description()
    {
        var bare = from file in Repository.Templates
                   let lines = Repository.Read(file).Split('\n')
                   from at in Enumerable.Range(0, lines.Length)
                   where lines[at].StartsWith("param ", StringComparison.Ordinal)
                   where !lines[..at].Reverse().TakeWhile(line => line.StartsWith('@')).Any(line => line.StartsWith("@description(", StringComparison.Ordinal))
                   select $"{file}: {lines[at]}";

        Assert.Empty(bare);
    }

    [Fact]
    public void Every_module_and_file_that_a_template_loads_is_there()
    {
        var loaded = (from file in Repository.Templates
                      from Match match in Loaded().Matches(Repository.Read(file))
                      select Path.Combine(Path.GetDirectoryName(file)!, match.Groups["path"].Value)).ToList();

        Assert.True(loaded.Count >= 11);
        Assert.All(loaded, path => Assert.True(Repository.Has(path), path));
    }

    [Fact]
    public void The_parameters_file_gives_every_required_parameter_and_none_that_is_unknown()
    {
        using var file = JsonDocument.Parse(Repository.Read("infra/main.parameters.json"));
        var given = file.RootElement.GetProperty("parameters").EnumerateObject().Select(p => p.Name).ToHashSet();
        var known = Parameter().Matches(Repository.Read("infra/main.bicep")).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["default"].Success);

        Assert.Empty(given.Except(known.Keys));
        Assert.Empty(known.Where(p => !p.Value).Select(p => p.Key).Except(given));
    }

    [Fact]
    public void No_secret_is_a_parameter_of_what_azd_deploys()
    {
        Assert.DoesNotContain("@secure()", Repository.Read("infra/main.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_containers_are_partitioned_and_indexed_as_the_store_says()
    {
        var template = Repository.Read("infra/modules/cosmos.bicep");
        var store = Repository.Read("src/Escalation.Cosmos/CosmosContainers.cs");

        foreach (var (container, key) in new[] { ("cases", "/partnership"), ("records", "/kind") })
        {
            Assert.Contains($"name: '{container}', partitionKey: '{key}', indexing: loadJsonContent('../../src/Escalation.Cosmos/Indexing/{container}.json')", template, StringComparison.Ordinal);
            Assert.Contains($"PartitionKey = \"{key}\"", store, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"listKeys|listConnectionStrings|AccountKey|SharedAccessKey|primaryKey|accesskey=|AzureWebJobsStorage:", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex KeyOrConnectionString();

    [GeneratedRegex(@"// Role: [A-Z][^\n]*, on th[^\n]+\n(// [^\n]+\n)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoleReason();

    [GeneratedRegex(@"\n  (  )?scope: (\w+|'\$\{account\.id\}/dbs/\$\{database\.name\}')\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnScope();

    [GeneratedRegex(@"(^module \w+ |loadJsonContent\()'(?<path>[^']+)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loaded();

    [GeneratedRegex(@"^param (?<name>\w+) \w+(?<default> = )?", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
