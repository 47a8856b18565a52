using System.Text.Json.Nodes;

namespace Escalation.Functions.Tests.Settings;

/// <summary>The host.json that is copied beside the program.</summary>
public sealed class HostFileTests
{
    private static readonly JsonNode Host = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!;

    [Fact]
    public void Links_are_the_same_as_on_the_one_machine_host() => Assert.Equal("", (string)Host["extensions"]!["http"]!["routePrefix"]!);

    [Fact]
    public void Link_tokens_stay_out_of_telemetry()
    {
        var insights = Host["logging"]!["applicationInsights"]!;
        Assert.False((bool)insights["httpAutoCollectionOptions"]!["enableHttpTriggerExtendedInfoCollection"]!);
        Assert.False((bool)insights["enableDependencyTracking"]!);
    }

    [Theory]
    [InlineData("Microsoft")]
    [InlineData("System")]
    [InlineData("Yarp")]
    public void Logs_that_write_addresses_of_requests_are_quiet(string category) =>
        Assert.Equal("Warning", (string)Host["logging"]!["logLevel"]![category]!);

    [Fact]
    public void Orchestrations_write_no_inputs_into_traces_and_have_no_version()
    {
        var durable = Host["extensions"]!["durableTask"]!;
        Assert.False((bool)durable["tracing"]!["traceInputsAndOutputs"]!);
        Assert.Null(durable["defaultVersion"]);
        Assert.Null(durable["maximumTimerInterval"]);
    }
}
