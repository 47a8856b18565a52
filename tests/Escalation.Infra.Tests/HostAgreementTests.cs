using System.Text.RegularExpressions;
using Escalation.Infra.Tests.Compiling;

namespace Escalation.Infra.Tests;

/// <summary>Names that templates and host must share: the templates' as they would be deployed, the host's read as text.</summary>
public sealed partial class HostAgreementTests
{
    private const string Host = "src/Escalation.Functions";

    [Fact]
    public void The_service_s_project_is_there_and_carries_host_json()
    {
        var service = Repository.Yaml("azure.yaml")["services"]["app"]["project"].ToString();

        Assert.Equal(Host, service);
        Assert.True(Repository.Has("host.json"));
        Assert.Contains(
            "../../host.json",
            Repository.Read($"{Host}/Escalation.Functions.csproj"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_template_gives_every_setting_that_the_host_reads_but_those_of_an_emulator()
    {
        var settings = Given.Usual.One("Microsoft.Web/sites/config", "/appsettings").Names("properties");
        var given = settings.Where(name => name.StartsWith("Escalation__", StringComparison.Ordinal));
        var read = Read()
            .Matches(Repository.Read($"{Host}/Settings/FunctionsSettings.cs"))
            .Select(m => "Escalation__" + m.Groups["name"].Value);

        Assert.Equal(
            read.Except(["Escalation__CosmosKey"]).Order(StringComparer.Ordinal),
            given.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void By_notify_the_template_gives_notifys_settings_in_place_of_the_others_and_its_secrets_by_reference()
    {
        var given = Given.ByNotify.One("Microsoft.Web/sites/config", "/appsettings")["properties"]!.AsObject();
        var notify = given
            .Where(p => p.Key.StartsWith("Escalation__Notify__", StringComparison.Ordinal))
            .ToDictionary(p => p.Key["Escalation__Notify__".Length..], p => $"{p.Value}");

        Assert.Equal(["CallbackToken", "Key", "ReplyTo", "Template"], notify.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ("f33517ff-2a88-4f6e-b855-c550268ce08a", "8e222534-7f05-4972-86e3-17c5d9f894e2"),
            (notify["Template"], notify["ReplyTo"])
        );
        Assert.Contains(
            "@Microsoft.KeyVault(SecretUri={0}secrets/notify-key/)",
            notify["Key"],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "@Microsoft.KeyVault(SecretUri={0}secrets/notify-callback-token/)",
            notify["CallbackToken"],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(given, p => p.Key.StartsWith("Escalation__Email", StringComparison.Ordinal));
        var names = Repository.Read("src/Escalation.Web/GovUkNotify/NotifySettings.cs");
        Assert.All(notify.Keys, name => Assert.Contains($"setting(\"{name}\")", names, StringComparison.Ordinal));
    }

    [Fact]
    public void Event_Grid_posts_where_the_host_listens_and_gives_the_secret_as_it_is_asked_for()
    {
        var trigger = Repository.Read($"{Host}/Triggers/EmailDeliveryTrigger.cs");
        var subscription = Given.AfterDeployment.One("Microsoft.EventGrid/systemTopics/eventSubscriptions");
        var address = subscription.Text("properties.destination.properties.endpointUrl");
        var webhook =
            $"{Given.Full.Outputs["SERVICE_APP_ENDPOINT_URL"]}/{Route().Match(trigger).Groups["route"].Value}";

        Assert.StartsWith(
            $"[format('{{0}}?secret={{1}}', '{webhook}', getKeyVaultSecret(",
            address,
            StringComparison.Ordinal
        );
        Assert.EndsWith(", 'delivery-secret'))]", address, StringComparison.Ordinal);
        Assert.Contains("Query[\"secret\"]", trigger, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_query_of_an_alert_looks_at_something_that_the_host_emits()
    {
        Snapshot[] snapshots = [Given.Full, Given.AfterDeployment];
        var alerts = snapshots.SelectMany(snapshot => snapshot.Of("Microsoft.Insights/scheduledQueryRules"));
        var queries = alerts.Select(alert => alert.Text("properties.criteria.allOf.0.query")).ToList();
        var watched = queries
            .SelectMany(query => Watched().Matches(query))
            .Select(m => m.Groups["name"].Value)
            .ToList();
        var emitted =
            Repository.Read($"{Host}/Telemetry/Meters.cs") + Repository.Read($"{Host}/Triggers/TimerTriggers.cs");

        Assert.Equal(queries.Count, watched.Count);
        Assert.All(
            watched,
            name => Assert.Matches($@"(Create(Gauge|Counter)<long>|\[Function)\(\s*""{Regex.Escape(name)}""", emitted)
        );
    }

    [GeneratedRegex(@"reading\.\w+\(\s*""(?<name>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Read();

    [GeneratedRegex(@"Route = ""(?<route>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();

    [GeneratedRegex(@"where Name == ""(?<name>[\w.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Watched();
}
