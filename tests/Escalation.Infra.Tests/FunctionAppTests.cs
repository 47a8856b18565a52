using System.Text.Json.Nodes;
using Escalation.Infra.Tests.Compiling;

namespace Escalation.Infra.Tests;

/// <summary>The function app, against what Flex Consumption takes.</summary>
public sealed class FunctionAppTests
{
    /// <summary>Known to be used on Flex. It refuses others with 400, code 51021: ftpsState and linuxFxVersion are known ones.</summary>
    private static readonly string[] SiteConfig = ["http20Enabled", "minTlsVersion"];

    /// <summary>Set elsewhere, or not at all, on Flex Consumption: the deployment of a site that has one fails.</summary>
    private static readonly string[] Refused =
    [
        "AzureWebJobsDashboard",
        "ENABLE_ORYX_BUILD",
        "FUNCTIONS_EXTENSION_VERSION",
        "FUNCTIONS_MAX_HTTP_CONCURRENCY",
        "FUNCTIONS_WORKER_PROCESS_COUNT",
        "FUNCTIONS_WORKER_RUNTIME",
        "FUNCTIONS_WORKER_RUNTIME_VERSION",
        "SCM_DO_BUILD_DURING_DEPLOYMENT",
        "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
        "WEBSITE_CONTENTOVERVNET",
        "WEBSITE_CONTENTSHARE",
        "WEBSITE_DNS_SERVER",
        "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT",
        "WEBSITE_NODE_DEFAULT_VERSION",
        "WEBSITE_RUN_FROM_PACKAGE",
        "WEBSITE_SKIP_CONTENTSHARE_VALIDATION",
        "WEBSITE_TIME_ZONE",
        "WEBSITE_VNET_ROUTE_ALL",
    ];

    /// <summary>The first has the registration trust the app's identity in place of a client secret.</summary>
    private static readonly string[] SignInSettings =
    [
        "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID",
        "WEBSITE_AUTH_AAD_ALLOWED_TENANTS",
    ];

    [Fact]
    public void Site_configuration_is_only_what_Flex_Consumption_takes()
    {
        var sites = Given.All.SelectMany(snapshot => snapshot.Of("Microsoft.Web/sites"));
        var sent = sites.SelectMany(site => site.Names("properties.siteConfig"));
        var configs = Given
            .All.SelectMany(snapshot => snapshot.Of("Microsoft.Web/sites/config"))
            .Select(config => config.Text("name"));

        Assert.Equal(SiteConfig, sent.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(configs, name => name.EndsWith("/web", StringComparison.Ordinal));
    }

    [Fact]
    public void No_setting_is_one_that_Flex_Consumption_refuses() =>
        Assert.Empty(
            Config(Given.Full, "appsettings").Names("properties").Intersect(Refused, StringComparer.OrdinalIgnoreCase)
        );

    [Fact]
    public void It_is_a_Flex_Consumption_app_of_dotnet_10_that_is_deployed_as_its_identity()
    {
        var config = Site(Given.Usual).At("properties.functionAppConfig")!;
        var storage = config.At("deployment.storage")!;
        var plan = Given.Usual.One("Microsoft.Web/serverfarms");
        var identity = Given.Usual.One("Microsoft.ManagedIdentity/userAssignedIdentities").Text("id");

        Assert.Equal(("FC1", "FlexConsumption"), (plan.Text("sku.name"), plan.Text("sku.tier")));
        Assert.Equal(("dotnet-isolated", "10.0"), (config.Text("runtime.name"), config.Text("runtime.version")));
        Assert.Equal("UserAssignedIdentity", storage.Text("authentication.type"));
        Assert.Equal(identity, storage.Text("authentication.userAssignedIdentityResourceId"));
        Assert.EndsWith(".primaryEndpoints.blob, 'app-package')]", storage.Text("value"), StringComparison.Ordinal);
        Assert.Equal([identity], Site(Given.Usual).Names("identity.userAssignedIdentities"));
        Assert.Equal(identity, Site(Given.Usual).Text("properties.keyVaultReferenceIdentity"));
    }

    [Fact]
    public void Instances_are_kept_ready_for_orchestrations_where_it_is_asked_for()
    {
        const string path = "properties.functionAppConfig.scaleAndConcurrency.alwaysReady";

        Assert.Equal("[]", Site(Given.Usual).At(path)!.ToJsonString());
        Assert.Equal("""[{"name":"durable","instanceCount":2}]""", Site(Given.Full).At(path)!.ToJsonString());
    }

    [Fact]
    public void With_authentication_off_nothing_of_it_is_sent()
    {
        var sent = Config(Given.Usual, "authsettingsV2").At("properties")!;

        Assert.Equal("false", sent.Text("platform.enabled"));
        Assert.Empty(sent.Names("identityProviders"));
        Assert.DoesNotContain(sent.All(), node => node is JsonValue value && value.ToString().Length == 0);
        Assert.Empty(SignInSettings.Intersect(Config(Given.Usual, "appsettings").Names("properties")));
    }

    [Fact]
    public void With_authentication_on_every_request_is_looked_at_and_none_is_turned_away()
    {
        const string client = "22222222-2222-2222-2222-222222222222";
        var sent = Config(Given.Full, "authsettingsV2").At("properties")!;
        var entra = sent.At("identityProviders.azureActiveDirectory")!;

        Assert.Equal("true", sent.Text("platform.enabled"));
        Assert.Equal("false", sent.Text("globalValidation.requireAuthentication"));
        Assert.Equal("AllowAnonymous", sent.Text("globalValidation.unauthenticatedClientAction"));
        Assert.Equal(client, entra.Text("registration.clientId"));
        Assert.Equal(SignInSettings[0], entra.Text("registration.clientSecretSettingName"));
        Assert.Equal([client, "api://" + client], entra.Texts("validation.allowedAudiences"));
        Assert.Equal(
            Bicep.Tenant,
            Config(Given.Full, "appsettings").Text("properties.WEBSITE_AUTH_AAD_ALLOWED_TENANTS")
        );
        Assert.Empty(SignInSettings.Except(Config(Given.Full, "appsettings").Names("properties")));
    }

    [Fact]
    public void Links_lead_to_the_app_s_own_address_until_another_is_given()
    {
        Assert.Equal($"https://{Site(Given.Usual).Text("name")}.azurewebsites.net", PublicUrl(Given.Usual));
        Assert.Equal("https://escalation.example.gov.uk", PublicUrl(Given.Full));

        static string PublicUrl(Snapshot snapshot) =>
            Config(snapshot, "appsettings").Text("properties.Escalation__PublicUrl");
    }

    [Fact]
    public void Azd_finds_the_service_by_its_tag() =>
        Assert.Equal("app", Site(Given.Full).Text("tags.azd-service-name"));

    private static JsonObject Site(Snapshot snapshot) => snapshot.One("Microsoft.Web/sites");

    private static JsonObject Config(Snapshot snapshot, string name) =>
        snapshot.One("Microsoft.Web/sites/config", "/" + name);
}
