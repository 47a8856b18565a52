using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escalation.Infra.Tests.Compiling;

namespace Escalation.Infra.Tests;

/// <summary>What would be deployed.</summary>
public sealed partial class TemplateTests
{
    private const RegexOptions Plainly = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    private static readonly string[] ExtraTags = ["Cost Centre", "owner", "azd-env-name"];

    private const string Deployer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7 deployer Microsoft.KeyVault/vaults";

    /// <summary>Role, whether by the app, the topic or whoever deploys, and what it is on.</summary>
    private static readonly string[] Roles =
    [
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3 app Microsoft.Storage/storageAccounts",
        "09976791-48a7-449e-bb21-39d1a415f350 app Microsoft.Communication/communicationServices",
        "3913510d-42f4-4e42-8a64-420c390055eb app Microsoft.Insights/components",
        "4633458b-17de-408a-b874-0445c86b69e6 app Microsoft.KeyVault/vaults",
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88 app Microsoft.Storage/storageAccounts",
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b app Microsoft.Storage/storageAccounts",
        Deployer,
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe topic Microsoft.Storage/storageAccounts/blobServices/containers",
    ];

    /// <summary>With everything switched on, what is there that else is not.</summary>
    private static readonly string[] SwitchedOn =
    [
        "Microsoft.Authorization/roleAssignments",
        "Microsoft.Communication/emailServices/domains",
        "Microsoft.Communication/emailServices/domains/senderUsernames",
        "Microsoft.Consumption/budgets",
        "Microsoft.Insights/actionGroups",
        .. Enumerable.Repeat("Microsoft.Network/privateDnsZones", 5),
        .. Enumerable.Repeat("Microsoft.Network/privateDnsZones/virtualNetworkLinks", 5),
        .. Enumerable.Repeat("Microsoft.Network/privateEndpoints", 5),
        .. Enumerable.Repeat("Microsoft.Network/privateEndpoints/privateDnsZoneGroups", 5),
        "Microsoft.Network/virtualNetworks",
    ];

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", "false")]
    [InlineData("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", "false")]
    [InlineData("Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", "true")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts", "disableLocalAuth", "true")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts", "disableKeyBasedMetadataWriteAccess", "true")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts", "backupPolicy.type", "Continuous")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts", "consistencyPolicy.defaultConsistencyLevel", "Strong")]
    [InlineData("Microsoft.Communication/communicationServices", "disableLocalAuth", "true")]
    [InlineData("Microsoft.Communication/emailServices/domains", "userEngagementTracking", "Disabled")]
    [InlineData("Microsoft.Insights/components", "DisableLocalAuth", "true")]
    [InlineData("Microsoft.Insights/components", "DisableIpMasking", "false")]
    [InlineData("Microsoft.OperationalInsights/workspaces", "features.disableLocalAuth", "true")]
    [InlineData("Microsoft.KeyVault/vaults", "enableRbacAuthorization", "true")]
    [InlineData("Microsoft.KeyVault/vaults", "enablePurgeProtection", "true")]
    [InlineData("Microsoft.Web/sites", "httpsOnly", "true")]
    [InlineData("Microsoft.Web/sites", "siteConfig.minTlsVersion", "1.2")]
    [InlineData("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow", "false")]
    public void Every_resource_of_a_type_is_closed_as_it_should_be(string type, string property, string value)
    {
        var resources = Given.Resources.Where(resource => resource.Text("type") == type).ToList();

        Assert.NotEmpty(resources);
        Assert.All(
            resources,
            resource => Assert.Equal(value, resource.Text("properties." + property), ignoreCase: true)
        );
    }

    [Fact]
    public void Nothing_reads_a_key_or_holds_a_connection_string() =>
        Assert.All(
            Bicep.Deployed,
            file => Assert.DoesNotMatch(KeyOrConnectionString(), Bicep.Build(file).ToJsonString())
        );

    [Fact]
    public void The_app_the_topic_and_whoever_deploys_have_these_roles_each_on_one_resource_and_no_other()
    {
        Assert.Equal(Roles.Order(StringComparer.Ordinal), RolesOf(Given.Full));
        Assert.Equal(
            Roles.Order(StringComparer.Ordinal),
            RolesOf(Given.Usual).Append(Deployer).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_app_s_role_on_the_cases_is_on_their_database_and_makes_no_container()
    {
        var role = Given.Full.One("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments");
        var account = Given.Full.One("Microsoft.DocumentDB/databaseAccounts").Text("id");

        Assert.Equal($"{account}/dbs/escalation", role.Text("properties.scope"));
        Assert.Equal(
            $"{account}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002",
            role.Text("properties.roleDefinitionId")
        );
    }

    [Fact]
    public void Every_role_assignment_says_why_above()
    {
        var assignments = Repository
            .Templates.SelectMany(file => RoleAssignment().Matches(Repository.Read(file)))
            .ToList();

        Assert.Equal(Roles.Length + 1, assignments.Count);
        Assert.All(assignments, assignment => Assert.Matches(RoleReason(), assignment.Groups["before"].Value));
    }

    [Fact]
    public void What_is_switched_on_is_made_and_nothing_else_changes_its_number()
    {
        Assert.Equal(
            Types(Given.Usual).Concat(SwitchedOn).Order(StringComparer.Ordinal),
            Types(Given.Full).Order(StringComparer.Ordinal)
        );

        static IEnumerable<string> Types(Snapshot snapshot) =>
            snapshot.Resources.Select(resource => resource.Text("type"));
    }

    [Fact]
    public void A_group_that_is_there_gets_what_one_that_is_made_would()
    {
        var made = Given.Full.Resources.Where(resource =>
            resource.Text("type") != "Microsoft.Resources/resourceGroups"
        );

        Assert.Equal(
            made.Select(resource => resource.ToJsonString()),
            Given.InGroup.Resources.Select(resource => resource.ToJsonString())
        );
        Assert.True(JsonNode.DeepEquals(Given.Full.Outputs, Given.InGroup.Outputs));
    }

    [Fact]
    public void Everything_that_takes_tags_has_the_extra_ones_and_azd_s_the_group_too()
    {
        foreach (var snapshot in new[] { Given.Full, Given.AfterDeployment })
        {
            var placed = snapshot.Resources.Where(resource => resource.ContainsKey("location")).ToList();
            Assert.NotEmpty(placed);
            Assert.All(placed, resource => Assert.Empty(ExtraTags.Except(resource.Names("tags"))));
        }

        var group = Given.Full.One("Microsoft.Resources/resourceGroups");
        Assert.Equal(
            ("1234", "a=b", "test"),
            (group.Text("tags.Cost Centre"), group.Text("tags.owner"), group.Text("tags.azd-env-name"))
        );
        Assert.Equal(["azd-env-name"], Given.Usual.One("Microsoft.Resources/resourceGroups").Names("tags"));
    }

    [Fact]
    public void The_cases_and_the_vault_are_locked_unless_the_lock_is_switched_off()
    {
        Assert.Empty(Given.Longest.Of("Microsoft.Authorization/locks"));
        foreach (var snapshot in new[] { Given.Usual, Given.Full })
        {
            var locks = snapshot.Of("Microsoft.Authorization/locks");
            string[] kept = ["Microsoft.DocumentDB/databaseAccounts", "Microsoft.KeyVault/vaults"];
            var locked = locks.Select(item => item.Text("id").Split("/providers/Microsoft.Authorization/")[0]);
            Assert.Equal(kept.Select(type => snapshot.One(type).Text("id")), locked);
            Assert.All(locks, item => Assert.Equal("CanNotDelete", item.Text("properties.level")));
        }
    }

    [Theory]
    [InlineData("cases", "/partnership")]
    [InlineData("records", "/kind")]
    public void The_containers_are_partitioned_and_indexed_as_the_store_says(string container, string key)
    {
        var made = Given.Usual.One("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "/" + container);

        Assert.Equal([key], made.Texts("properties.resource.partitionKey.paths"));
        var store = Repository.Read("src/Escalation.Cosmos/CosmosContainers.cs");
        Assert.Contains($"PartitionKey = \"{key}\"", store, StringComparison.Ordinal);
        var indexing = JsonNode.Parse(Repository.Read($"src/Escalation.Cosmos/Indexing/{container}.json"));
        Assert.True(JsonNode.DeepEquals(indexing, made.At("properties.resource.indexingPolicy")));
    }

    [Fact]
    public void Zones_are_used_where_they_are_asked_for()
    {
        Assert.Equal(("false", "false"), Zones(Given.Usual));
        Assert.Equal(("true", "true"), Zones(Given.Full));

        static (string, string) Zones(Snapshot snapshot) =>
            (
                snapshot.One("Microsoft.DocumentDB/databaseAccounts").Text("properties.locations.0.isZoneRedundant"),
                snapshot.One("Microsoft.Web/serverfarms").Text("properties.zoneRedundant")
            );
    }

    [Fact]
    public void A_domain_of_ones_own_sends_only_once_it_is_verified()
    {
        var domain = Given
            .Full.One("Microsoft.Communication/emailServices/domains", "/escalation.example.gov.uk")
            .Text("id");

        Assert.Equal([domain], Linked(Given.Full));
        Assert.Equal("escalation@escalation.example.gov.uk", Given.Full.Outputs.Text("AZURE_EMAIL_SENDER"));
        Assert.EndsWith("/AzureManagedDomain", Assert.Single(Linked(Given.Longest)), StringComparison.Ordinal);
        Assert.StartsWith(
            "[format('{0}@{1}', 'DoNotReply', ",
            Given.Longest.Outputs.Text("AZURE_EMAIL_SENDER"),
            StringComparison.Ordinal
        );
        Assert.Empty(Given.Longest.Of("Microsoft.Communication/emailServices/domains/senderUsernames"));

        static IReadOnlyList<string> Linked(Snapshot snapshot) =>
            snapshot.One("Microsoft.Communication/communicationServices").Texts("properties.linkedDomains");
    }

    private static IEnumerable<string> RolesOf(Snapshot snapshot) =>
        from role in snapshot.Of("Microsoft.Authorization/roleAssignments")
        let definition = role.Text("properties.roleDefinitionId").Split('/')[^1]
        let line = $"{definition} {Whose(role.Text("properties.principalId"))} {ScopeType(role.Text("id"))}"
        orderby line
        select line;

    private static string Whose(string principal)
    {
        if (principal.Contains("/userAssignedIdentities/", StringComparison.Ordinal))
            return "app";
        return principal.Contains("/systemTopics/", StringComparison.Ordinal) ? "topic" : "deployer";
    }

    /// <summary>Of what an assignment is on: its id comes first in the assignment's own.</summary>
    private static string ScopeType(string id)
    {
        var parts = Scope().Match(id).Groups["scope"].Value.Split('/');
        return string.Join('/', parts.Where((_, at) => at is 0 || at % 2 == 1));
    }

    [GeneratedRegex(
        @"listKeys|listConnectionStrings|AccountKey|AccessKey|primaryKey|""AzureWebJobsStorage""",
        Plainly,
        1000
    )]
    private static partial Regex KeyOrConnectionString();

    [GeneratedRegex(
        @"(?<before>(^// [^\n]+\n)*)^resource \w+ '[\w./]+/(r|sqlR)oleAssignments@",
        RegexOptions.Multiline | Plainly,
        1000
    )]
    private static partial Regex RoleAssignment();

    [GeneratedRegex(@"^// Role: [A-Z][^\n]*, on th[^\n]+\n(// [^\n]+\n)*\z", Plainly, 1000)]
    private static partial Regex RoleReason();

    [GeneratedRegex(
        @"/resourceGroups/[^/]+/providers/(?<scope>[^']+?)(/providers/Microsoft\.Authorization/.*)?('|$)",
        Plainly,
        1000
    )]
    private static partial Regex Scope();
}
