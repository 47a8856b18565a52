using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Cases;
using Grpc.Core;

namespace Escalation.Functions.Tests.Engine;

/// <summary>Instances that are started, split, ended and purged, on the real engine.</summary>
public sealed class EngineStartTests
{
    private static readonly TimeSpan ATenth = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task An_event_before_the_start_is_refused_and_twenty_tells_at_once_start_one_instance()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var engine = await EngineHost.StartAsync(world);
        var reference = await OpenUntoldAsync(world);
        var early = await Assert.ThrowsAsync<RpcException>(() =>
            engine.Client.RaiseEventAsync(reference, EscalationOrchestrator.StageOutcome)
        );
        Assert.Equal(StatusCode.NotFound, early.StatusCode);
        Assert.Empty(engine.Engine.Instances);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TellAsync(engine, world, reference)));
        await engine.RestAsync();
        Assert.Equal(
            (reference, 1),
            (Assert.Single(engine.Engine.Instances).Id, engine.Instance(reference).Generations)
        );
        Assert.All(world.Mail.Sent.GroupBy(m => m.Operation), same => Assert.Single(same));
        Assert.DoesNotContain((await world.ReadAsync(reference)).Case.Notices, n => n.Status == NoticeState.Queued);
    }

    [Fact]
    public async Task A_timer_longer_than_the_longest_is_split_and_no_part_of_it_fires_early()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var engine = await EngineHost.StartAsync(world, longestTimer: ATenth);
        var reference = await world.OpenAsync("sandwell");
        await engine.WhenAsync(() => Task.FromResult(engine.Instance(reference).TimersFired.Skip(2).Any()));
        Assert.All(
            engine.Instance(reference).TimersFired.Take(3),
            part =>
            {
                Assert.InRange(part.FireAt, part.SetAt.AddMinutes(-1), part.SetAt + ATenth);
                Assert.True(part.FiredAt >= part.FireAt);
            }
        );

        var deadline = (await world.ReadAsync(reference)).Case.Stage.Deadline!.At;
        world.PassTo(deadline.AddSeconds(-1));
        await engine.Client.RaiseEventAsync(reference, EscalationOrchestrator.StageOutcome);
        await engine.WhenAsync(async () => (await world.ReadAsync(reference)).Case.Stage.Id == "1");
        Assert.Equal(deadline, (await world.ReadAsync(reference)).Case.Stage.OpenedAt);
    }

    [Fact]
    public async Task An_instance_without_a_case_ends()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var engine = await EngineHost.StartAsync(world);
        await TellAsync(engine, world, "SAN-0000-0000");
        await engine.RestAsync();
        Assert.True(Assert.Single(engine.Engine.Instances).IsFinished);
    }

    [Fact]
    public async Task Retention_purges_finished_instances_of_old_and_no_other()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var engine = await EngineHost.StartAsync(world);
        var (ended, open) = (
            await world.OpenAsync("suffolk-mash", "ended"),
            await world.OpenAsync("suffolk-mash", "open")
        );
        var stage = (await world.ReadAsync(ended)).Case.Stage.Id;
        await world.DoAsync(ended, Commands.Withdraw(Sample.Raising) with { Id = "withdrawn", Stage = stage });
        await engine.RestAsync();
        Assert.True(engine.Instance(ended).IsFinished);

        // The engine's instances are as old as its own clock says.
        world.Clock.AdjustTime(DateTimeOffset.UtcNow.AddDays(29));
        await world.Get<RetentionRun>().RunAsync(engine.Client, CancellationToken.None);
        Assert.NotNull(await engine.Client.GetInstanceAsync(ended));
        world.Clock.AdjustTime(DateTimeOffset.UtcNow.AddDays(31));
        await world.Get<RetentionRun>().RunAsync(engine.Client, CancellationToken.None);
        Assert.Null(await engine.Client.GetInstanceAsync(ended));
        Assert.NotNull(await engine.Client.GetInstanceAsync(open));
    }

    /// <summary>Opens a case of which no instance is told.</summary>
    private static async Task<string> OpenUntoldAsync(CaseWorld world)
    {
        var open = Sample.Opening("sandwell") with { IntakeKey = "intake-key" };
        var opened = await world.Handler.OpenAsync("sandwell", open, true, "alike", world.Now, CancellationToken.None);
        return Assert.IsType<Handled.Done>(opened).Document.Case.Reference;
    }

    /// <summary>With the world's own clock: it stands still here, and the engine may be slow.</summary>
    private static Task TellAsync(EngineHost engine, CaseWorld world, string reference) =>
        engine.Client.TellAsync(reference, world.Now, world.Clock, CancellationToken.None);
}
