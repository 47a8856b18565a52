using System.Globalization;
using System.Text.Json.Nodes;

namespace Escalation.Functions.Tests.Settings;

/// <summary>The host.json that is copied beside the program.</summary>
public sealed class HostFileTests
{
    private static readonly JsonNode Host = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json"))
    )!;

    private static JsonNode Durable => Host["extensions"]!["durableTask"]!;

    [Fact]
    public void Links_are_the_same_as_on_the_one_machine_host() =>
        Assert.Equal("", (string)Host["extensions"]!["http"]!["routePrefix"]!);

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

    [Theory]
    [InlineData("DurableTask")]
    [InlineData("Host.Triggers.DurableTask")]
    public void Logs_that_write_a_line_for_every_step_of_a_case_are_quiet_and_their_categories_are_the_extensions(
        string category
    )
    {
        using var extension = new ExtensionOptions();
        Assert.Equal("Warning", (string)Host["logging"]!["logLevel"]![category]!);
        Assert.True(extension.HasText(category + "."));
    }

    [Fact]
    public void Every_setting_of_the_task_hub_is_one_that_the_published_extension_has()
    {
        using var extension = new ExtensionOptions();
        Assert.Empty(extension.Unknown((JsonObject)Durable));
        Assert.Contains(
            (string)Durable["tracing"]!["version"]!,
            extension.ValuesOf("DurableDistributedTracingVersion")
        );
    }

    [Fact]
    public void A_mistyped_setting_would_be_found()
    {
        using var extension = new ExtensionOptions();
        var section = new JsonObject { ["maxQueuePolingInterval"] = "00:00:10" };
        var mistyped = new JsonObject { ["hubname"] = "Escalation", ["storageProvider"] = section };
        Assert.Equal(["hubname", "storageProvider.maxQueuePolingInterval"], extension.Unknown(mistyped));
    }

    [Fact]
    public void An_event_for_an_instance_that_does_not_run_is_answered_so_and_idle_queues_are_looked_at_every_ten_seconds()
    {
        Assert.True((bool)Durable["throwStatusExceptionsOnRaiseEvent"]!);
        var interval = (string)Durable["storageProvider"]!["maxQueuePollingInterval"]!;
        Assert.Equal(TimeSpan.FromSeconds(10), TimeSpan.Parse(interval, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Orchestrations_write_no_inputs_into_traces_and_have_no_version()
    {
        Assert.False((bool)Durable["tracing"]!["traceInputsAndOutputs"]!);
        Assert.Null(Durable["defaultVersion"]);
        Assert.Null(Durable["maximumTimerInterval"]);
    }

    /// <summary>Spans would carry references. The extension warns at each start until it is told which kind is meant.</summary>
    [Fact]
    public void Distributed_tracing_of_orchestrations_is_chosen_not_to_be() =>
        Assert.Equal(
            (true, "None"),
            ((bool)Durable["tracing"]!["distributedTracingEnabled"]!, (string)Durable["tracing"]!["version"]!)
        );
}
