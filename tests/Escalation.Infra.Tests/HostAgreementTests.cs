using System.Text.RegularExpressions;

namespace Escalation.Infra.Tests;

/// <summary>Names that the templates and the Azure host must share, read from both as text.</summary>
public sealed partial class HostAgreementTests
{
    private const string Host = "src/Escalation.Functions";

    [Fact]
    public void The_service_s_project_is_there_and_carries_host_json()
    {
        var service = Repository.Yaml("azure.yaml")["services"]["app"]["project"].ToString();

        Assert.Equal(Host, service);
        Assert.True(Repository.Has("host.json"));
        Assert.Contains("../../host.json", Repository.Read($"{Host}/Escalation.Functions.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_gives_every_setting_that_the_host_reads_but_those_of_an_emulator()
    {
        var given = Given().Matches(Repository.Read("infra/modules/function-app.bicep")).Select(m => m.Groups["name"].Value);
        var read = Read().Matches(Repository.Read($"{Host}/Settings/HostSettings.cs")).Select(m => m.Groups["name"].Value).Except(["CosmosKey"]);

        Assert.Equal(read.Distinct().Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Event_Grid_posts_where_the_host_listens()
    {
        var route = Route().Match(Repository.Read($"{Host}/Triggers/EmailDeliveryTrigger.cs")).Groups["route"].Value;

        Assert.NotEmpty(route);
        Assert.Contains($"'${{appUrl}}/{route}'", Repository.Read("infra/delivery-reports.bicep"), StringComparison.Ordinal);
        Assert.Contains("?secret=$", Repository.Read("infra/modules/delivery-subscription.bicep"), StringComparison.Ordinal);
        Assert.Contains("Query[\"secret\"]", Repository.Read($"{Host}/Triggers/EmailDeliveryTrigger.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_looks_at_something_that_the_host_emits()
    {
        var watched = Watched().Matches(Repository.Read("infra/modules/alerts.bicep")).Select(m => m.Groups["name"].Value).ToList();
        var meters = Repository.Read($"{Host}/Telemetry/Meters.cs");
        var timers = Repository.Read($"{Host}/Triggers/TimerTriggers.cs");

        Assert.Equal(4, watched.Count);
        Assert.All(watched, name => Assert.True(meters.Contains($"\"{name}\"", StringComparison.Ordinal) || timers.Contains($"[Function(\"{name}\")]", StringComparison.Ordinal), name));
    }

    [GeneratedRegex(@"^  Escalation__(?<name>\w+):", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Given();

    [GeneratedRegex(@"reading\.(Url|Text|Key|OptionalKey|Optional)\(""(?<name>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Read();

    [GeneratedRegex(@"Route = ""(?<route>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();

    [GeneratedRegex(@"where Name == ""(?<name>[\w.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Watched();
}
