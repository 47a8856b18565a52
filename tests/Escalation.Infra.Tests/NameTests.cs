using Escalation.Infra.Tests.Compiling;

namespace Escalation.Infra.Tests;

/// <summary>Names, where they are the longest, against what Azure takes.</summary>
public sealed class NameTests
{
    private const string Zone =
        @"^(privatelink\.[a-z.]+|\[format\('privatelink\.[a-z]+\.\{0\}', environment\(\)\.suffixes\.storage\)\])$";
    private const string Plain = "^[a-zA-Z0-9-]{1,63}$",
        Any = @"^[^*#&+:<>?@%{}\\/]{1,260}$",
        Network = @"^[a-zA-Z0-9][\w.-]{0,62}\w$";

    /// <summary>A name's last part, by type; without one, the name is a GUID that is worked out from ids.</summary>
    private static readonly Dictionary<string, string?> Takes = new()
    {
        ["Microsoft.Resources/resourceGroups"] = @"^[\w.()-]{0,89}[\w()-]$",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = @"^[a-zA-Z0-9][\w-]{2,127}$",
        ["Microsoft.OperationalInsights/workspaces"] = "^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$",
        ["Microsoft.Insights/components"] = Any,
        ["Microsoft.Insights/diagnosticSettings"] = Any,
        ["Microsoft.Insights/actionGroups"] = Any,
        ["Microsoft.Insights/metricAlerts"] = Any,
        ["Microsoft.Insights/scheduledQueryRules"] = Any,
        ["Microsoft.Insights/workbooks"] = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        ["Microsoft.Storage/storageAccounts"] = "^[a-z0-9]{3,24}$",
        ["Microsoft.Storage/storageAccounts/blobServices"] = "^default$",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$",
        ["Microsoft.Storage/storageAccounts/managementPolicies"] = "^default$",
        ["Microsoft.DocumentDB/databaseAccounts"] = "^[a-z0-9][a-z0-9-]{1,42}[a-z0-9]$",
        ["Microsoft.DocumentDB/databaseAccounts/sqlDatabases"] = @"^[^/\\#?]{1,255}$",
        ["Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers"] = @"^[^/\\#?]{1,255}$",
        ["Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments"] = null,
        ["Microsoft.KeyVault/vaults"] = "^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$",
        ["Microsoft.Communication/emailServices"] = Plain,
        ["Microsoft.Communication/emailServices/domains"] = "^[a-zA-Z0-9.-]{1,253}$",
        ["Microsoft.Communication/emailServices/domains/senderUsernames"] = "^[a-zA-Z0-9._-]{1,253}$",
        ["Microsoft.Communication/communicationServices"] = Plain,
        ["Microsoft.EventGrid/systemTopics"] = "^[a-zA-Z0-9-]{3,50}$",
        ["Microsoft.EventGrid/systemTopics/eventSubscriptions"] = "^[a-zA-Z0-9-]{3,64}$",
        ["Microsoft.Web/serverfarms"] = "^[a-zA-Z0-9-]{1,40}$",
        // The host's id is the first 32 characters: two apps on one storage account must differ within them.
        ["Microsoft.Web/sites"] = "^[a-zA-Z0-9][a-zA-Z0-9-]{0,30}[a-zA-Z0-9]$",
        ["Microsoft.Web/sites/config"] = "^(appsettings|authsettingsV2)$",
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = "^(ftp|scm)$",
        ["Microsoft.Network/virtualNetworks"] = Network,
        ["Microsoft.Network/privateEndpoints"] = Network,
        ["Microsoft.Network/privateEndpoints/privateDnsZoneGroups"] = "^default$",
        ["Microsoft.Network/privateDnsZones"] = Zone,
        ["Microsoft.Network/privateDnsZones/virtualNetworkLinks"] = @"^(to-network|.*, 'to-network'\)\])$",
        ["Microsoft.Authorization/roleAssignments"] = null,
        ["Microsoft.Authorization/locks"] = @"^[\w-]{1,90}$",
        ["Microsoft.Consumption/budgets"] = @"^[\w-]{1,63}$",
    };

    [Fact]
    public void Every_name_is_one_that_Azure_takes()
    {
        Assert.All(
            Given.Resources,
            resource =>
            {
                var name = resource.Text("name").Split('/')[^1].Trim();
                Assert.Matches(Takes[resource.Text("type")] ?? @"^(\[(guid|format)\(|[0-9a-f-]{36}$|.*\)\]$)", name);
            }
        );
        Assert.Empty(Takes.Keys.Except(Given.Resources.Select(resource => resource.Text("type"))));
    }

    [Fact]
    public void An_action_group_s_short_name_fits_a_text_message() =>
        Assert.InRange(
            Given.Full.One("Microsoft.Insights/actionGroups").Text("properties.groupShortName").Length,
            1,
            12
        );

    [Fact]
    public void No_two_resources_are_one()
    {
        foreach (var snapshot in Given.All)
        {
            var ids = snapshot.Resources.Select(resource => resource.Text("id")).ToList();
            Assert.Equal(ids, ids.Distinct(StringComparer.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void A_long_environment_s_group_is_named_after_it_in_full() =>
        Assert.Equal("rg-" + Given.LongestName, Given.Longest.One("Microsoft.Resources/resourceGroups").Text("name"));
}
