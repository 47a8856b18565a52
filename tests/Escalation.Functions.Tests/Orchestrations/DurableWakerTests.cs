using System.Diagnostics.Metrics;
using Escalation.Core.Storage;
using Escalation.Functions.Telemetry;
using Escalation.Functions.Tests.World;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Escalation.Functions.Tests.Orchestrations;

/// <summary>How a case's instance is told of a write that a request made.</summary>
public sealed class DurableWakerTests
{
    private const string Reference = "SAN-7K3M-Q9XA";

    [Fact]
    public async Task An_instance_is_told_whether_or_not_the_caller_has_hung_up()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await WakeAsync(world, world.Now, new CancellationToken(canceled: true));

        Assert.Equal(Reference, Assert.Single(world.Hub.Instances).Key);
    }

    [Fact]
    public async Task No_instance_is_started_for_a_case_that_needs_no_wake()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await WakeAsync(world, null);
        Assert.Empty(world.Hub.Instances);
    }

    [Fact]
    public async Task A_finished_instance_is_started_again_for_a_wake_and_for_none_it_is_not()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await WakeAsync(world, world.Now);
        await world.Hub.RunAsync();
        Assert.True(world.Hub.Instances[Reference].IsFinished);

        await WakeAsync(world, null);
        Assert.True(world.Hub.Instances[Reference].IsFinished);
        await WakeAsync(world, world.Now);
        Assert.False(world.Hub.Instances[Reference].IsFinished);
    }

    [Fact]
    public async Task A_hub_out_of_reach_is_counted_and_no_fault_of_the_request()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        using var lost = new MetricCollector<long>(world.Get<IMeterFactory>(), Meters.Name, "escalation.signals.lost");
        world.Hub.IsDown = true;
        await WakeAsync(world, world.Now);
        Assert.Equal(1, Assert.Single(lost.GetMeasurementSnapshot()).Value);
    }

    private static Task WakeAsync(CaseWorld world, DateTimeOffset? at, CancellationToken caller = default) =>
        world.RequestAsync(async () =>
        {
            await world.Get<IWaker>().WakeAsync(Reference, at, caller);
            return 0;
        });
}
