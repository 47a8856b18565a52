using Escalation.Infra.Tests.Compiling;

namespace Escalation.Infra.Tests;

/// <summary>The private network, on and off.</summary>
public sealed class NetworkTests
{
    private const string Storage = "Microsoft.Storage/storageAccounts",
        Cosmos = "Microsoft.DocumentDB/databaseAccounts";
    private const string Vault = "Microsoft.KeyVault/vaults";

    [Fact]
    public void Without_it_there_is_no_network_and_identity_alone_protects()
    {
        var types = Given.Usual.Resources.Select(resource => resource.Text("type"));

        Assert.DoesNotContain(types, type => type.StartsWith("Microsoft.Network/", StringComparison.Ordinal));
        Assert.Equal(("Enabled", "Allow"), Access(Given.Usual, Storage));
        Assert.Equal(("Enabled", "Allow"), Access(Given.Usual, Vault));
        Assert.Equal(("Enabled", ""), Access(Given.Usual, Cosmos));
        Assert.Null(Given.Usual.One("Microsoft.Web/sites").At("properties.virtualNetworkSubnetId"));
    }

    [Fact]
    public void With_it_nothing_public_reaches_storage_cases_or_vault()
    {
        Assert.Equal(("Disabled", "Deny"), Access(Given.Longest, Storage));
        Assert.Equal(("Disabled", "Deny"), Access(Given.Longest, Vault));
        Assert.Equal(("Disabled", ""), Access(Given.Longest, Cosmos));
    }

    [Theory]
    [InlineData(Storage)]
    [InlineData(Vault)]
    public void Event_Grid_and_Resource_Manager_are_let_in_for_dead_letters_and_the_webhook_s_secret(string type) =>
        Assert.Equal("AzureServices", Given.Longest.One(type).Text("properties.networkAcls.bypass"));

    [Fact]
    public void A_private_vault_is_reached_from_the_addresses_that_are_given_and_from_no_other()
    {
        const string addresses = "properties.networkAcls.ipRules";

        Assert.Equal(("Enabled", "Deny"), Access(Given.Full, Vault));
        Assert.Equal(
            """[{"value":"203.0.113.4"},{"value":"198.51.100.0/24"}]""",
            Given.Full.One(Vault).At(addresses)!.ToJsonString()
        );
        Assert.Equal("[]", Given.Longest.One(Vault).At(addresses)!.ToJsonString());
    }

    [Theory]
    [InlineData("blob", Storage, "[format('privatelink.blob.{0}', environment().suffixes.storage)]")]
    [InlineData("queue", Storage, "[format('privatelink.queue.{0}', environment().suffixes.storage)]")]
    [InlineData("table", Storage, "[format('privatelink.table.{0}', environment().suffixes.storage)]")]
    [InlineData("Sql", Cosmos, "privatelink.documents.azure.com")]
    [InlineData("vault", Vault, "privatelink.vaultcore.azure.net")]
    public void Each_service_has_an_endpoint_and_the_zone_that_leads_there(string service, string target, string zone)
    {
        var name = $"pe-{service.ToLowerInvariant()}-";
        var endpoints = Given.Full.Of("Microsoft.Network/privateEndpoints");
        var endpoint = endpoints.Single(e => e.Text("name").StartsWith(name, StringComparison.Ordinal));
        var connection = endpoint.At("properties.privateLinkServiceConnections.0.properties")!;
        var names = Given.Full.One(
            "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
            endpoint.Text("name") + "/default"
        );
        var zones = Given.Full.Of("Microsoft.Network/privateDnsZones").Single(z => z.Text("name") == zone);

        Assert.Equal([service], connection.Texts("groupIds"));
        Assert.Equal(Given.Full.One(target).Text("id"), connection.Text("privateLinkServiceId"));
        Assert.EndsWith("/subnets/endpoints", endpoint.Text("properties.subnet.id"), StringComparison.Ordinal);
        Assert.Equal(zones.Text("id"), names.Text("properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId"));
    }

    [Fact]
    public void Every_zone_is_known_in_the_network()
    {
        var links = Given.Full.Of("Microsoft.Network/privateDnsZones/virtualNetworkLinks");

        var network = Given.Full.One("Microsoft.Network/virtualNetworks").Text("id");

        Assert.Equal(Enumerable.Repeat(network, 5), links.Select(link => link.Text("properties.virtualNetwork.id")));
    }

    [Fact]
    public void The_app_goes_out_through_a_subnet_that_is_handed_to_Flex_Consumption_and_is_no_endpoint_s()
    {
        var network = Given.Full.One("Microsoft.Network/virtualNetworks");
        var app = network.At("properties.subnets.0")!;
        var endpoints = network.At("properties.subnets.1")!;

        Assert.Equal(("app", "10.90.0.0/26"), (app.Text("name"), app.Text("properties.addressPrefix")));
        Assert.Equal("Microsoft.App/environments", app.Text("properties.delegations.0.properties.serviceName"));
        Assert.Equal(
            ("endpoints", "10.90.0.64/26"),
            (endpoints.Text("name"), endpoints.Text("properties.addressPrefix"))
        );
        Assert.Equal(
            network.Text("id") + "/subnets/app",
            Given.Full.One("Microsoft.Web/sites").Text("properties.virtualNetworkSubnetId")
        );
    }

    private static (string Public, string Otherwise) Access(Snapshot snapshot, string type)
    {
        var resource = snapshot.One(type);
        return (resource.Text("properties.publicNetworkAccess"), resource.Text("properties.networkAcls.defaultAction"));
    }
}
