using Escalation.Core.Cases;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Tests.World;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Functions.Tests.Orchestrations;

/// <summary>Sandwell's informal stage, raised on Friday 25 September 2026 at 11:00, ends on Saturday at 11:00.</summary>
public sealed class RaceTests
{
    private static readonly DateTimeOffset Deadline = UkTime.At("2026-09-26 11:00");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_outcome_and_the_timer_at_one_instant_give_the_same_case_in_both_orders(bool eventFirst)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await OpenAsync(world);
        await world.UntilAsync(Deadline.AddSeconds(-1));
        // Written a moment before the deadline; its event arrives at the deadline's instant.
        world.Hub.LosesEvents = true;
        await world.DoAsync(reference, await EscalateAsync(world, reference, "in-time"));
        world.Hub.LosesEvents = false;
        world.Clock.Now = Deadline;
        if (eventFirst)
            world.Hub.Raise(reference);
        else
            world.Hub.Fire(reference);
        if (!eventFirst)
            world.Hub.Raise(reference);
        await world.Hub.RunAsync();

        var c = (await world.ReadAsync(reference)).Case;
        Assert.Equal(("1", "person", false), (c.Stage.Id, c.Stages[0].By, c.Stages[0].Late));
        await AssertKeepsTheWakeAsync(world, reference);
    }

    [Fact]
    public async Task A_lost_event_costs_nothing_but_time()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await OpenAsync(world);
        world.Hub.LosesEvents = true;
        await world.DoAsync(reference, await EscalateAsync(world, reference, "lost"));
        await world.UntilAsync(Deadline);

        Assert.Equal("1", (await world.ReadAsync(reference)).Case.Stage.Id);
        await AssertKeepsTheWakeAsync(world, reference);
    }

    [Fact]
    public async Task A_doubled_event_changes_nothing()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await OpenAsync(world);
        await world.DoAsync(reference, await EscalateAsync(world, reference, "once"));
        world.Hub.Raise(reference);
        world.Hub.Raise(reference, "stageoutcome");
        await world.Hub.RunAsync();

        var before = await world.ReadAsync(reference);
        Assert.Equal("1", before.Case.Stage.Id);
        world.Hub.Raise(reference);
        await world.Hub.RunAsync();
        Assert.Equal(before.Version, (await world.ReadAsync(reference)).Version);
        await AssertKeepsTheWakeAsync(world, reference);
    }

    [Fact]
    public async Task An_event_before_its_write_is_seen_changes_nothing_and_the_write_is_found_later()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await OpenAsync(world);
        var version = (await world.ReadAsync(reference)).Version;
        world.Hub.Raise(reference);
        await world.Hub.RunAsync();
        Assert.Equal(version, (await world.ReadAsync(reference)).Version);

        await world.DoAsync(reference, await EscalateAsync(world, reference, "early"));
        await world.Hub.RunAsync();
        Assert.Equal("1", (await world.ReadAsync(reference)).Case.Stage.Id);
    }

    [Fact]
    public async Task A_late_outcome_for_another_stage_is_recorded_and_moves_nothing()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await OpenAsync(world);
        var late = await EscalateAsync(world, reference, "late");
        await world.UntilAsync(Deadline.AddHours(1));
        await world.DoAsync(reference, late);
        await world.Hub.RunAsync();

        var c = (await world.ReadAsync(reference)).Case;
        Assert.Equal("1", c.Stage.Id);
        Assert.Single(c.LateResponses);
        await AssertKeepsTheWakeAsync(world, reference);
    }

    [Fact]
    public async Task An_event_while_an_activity_runs_is_heard_after_it()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        Assert.Single(world.Hub.Instances[reference].Pending);
        world.Hub.Raise(reference);
        world.Hub.Raise(reference);
        await world.Hub.RunAsync();

        Assert.Equal(0, world.Hub.Failures);
        await AssertKeepsTheWakeAsync(world, reference);
    }

    [Fact]
    public async Task Activities_run_twice_send_and_record_once()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Hub.RunsOfActivities = 2;
        var reference = await OpenAsync(world);
        await world.UntilAsync(Deadline.AddMinutes(1));

        var document = await world.ReadAsync(reference);
        Assert.Equal("1", document.Case.Stage.Id);
        Assert.All(world.Mail.Sent.GroupBy(m => m.Operation), same => Assert.Single(same));
        Assert.Equal(document.Case.Notices.Count(n => n.Status == Notice.IsSent), world.Mail.Sent.Count);
    }

    [Fact]
    public async Task A_store_out_of_reach_for_a_day_is_waited_for_and_the_case_goes_on()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await OpenAsync(world);
        world.Store.IsDown = true;
        await world.UntilAsync(Deadline.AddDays(1));
        Assert.InRange(world.Hub.Failures, 20, 100);

        world.Store.IsDown = false;
        await world.UntilAsync(Deadline.AddDays(1).AddMinutes(31));
        var c = (await world.ReadAsync(reference)).Case;
        Assert.Equal(("1", Deadline, true), (c.Stage.Id, c.Stages[0].Deadline.At, c.Stages[0].Late));
        await AssertKeepsTheWakeAsync(world, reference);
    }

    [Fact]
    public async Task An_ended_case_without_duties_lets_its_instance_end_and_a_bounce_starts_it_again()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await OpenAsync(world, "suffolk-mash");
        var c = (await world.ReadAsync(reference)).Case;
        await world.DoAsync(reference, Commands.Withdraw(Sample.Raising) with { Id = "withdrawn", Stage = c.Stage.Id });
        await world.UntilAsync(world.Now.AddDays(60));
        Assert.True(world.Hub.Instances[reference].IsFinished);
        Assert.Null(world.Hub.Earliest);

        var sent = (await world.ReadAsync(reference)).Case.Notices.Last(n => n.Status == Notice.IsSent);
        await world.RequestAsync(() => world.Handler.RecordDeliveryAsync(reference, sent.Key, "bounced", world.Now, CancellationToken.None));
        Assert.False(world.Hub.Instances[reference].IsFinished);
        await world.Hub.RunAsync();
        Assert.True(world.Hub.Instances[reference].IsFinished);
        Assert.Empty((await world.ReadAsync(reference)).ToSend(world.Now));
    }

    [Fact]
    public async Task An_instance_without_a_case_ends()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await world.Hub.TellAsync("SAN-0000-0000", world.Now, CancellationToken.None);
        await world.Hub.RunAsync();
        Assert.True(Assert.Single(world.Hub.Instances).Value.IsFinished);
    }

    [Fact]
    public async Task A_thousand_events_keep_the_history_bounded_and_change_nothing()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await OpenAsync(world);
        var version = (await world.ReadAsync(reference)).Version;
        for (var i = 0; i < 1000; i++)
        {
            world.Hub.Raise(reference);
            if (i % 3 == 0)
                await world.Hub.RunAsync();
        }
        await world.Hub.RunAsync();

        var instance = world.Hub.Instances[reference];
        Assert.InRange(instance.Generations, 3, 50);
        Assert.InRange(instance.LongestHistory, 1, 700);
        Assert.Equal(version, (await world.ReadAsync(reference)).Version);
        await AssertKeepsTheWakeAsync(world, reference);
        await world.UntilAsync(Deadline);
        Assert.Equal("1", (await world.ReadAsync(reference)).Case.Stage.Id);
    }

    [Fact]
    public async Task A_worker_whose_clock_is_behind_the_timers_does_not_find_the_wake_too_early()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await OpenAsync(world);
        await world.UntilAsync(Deadline.AddSeconds(-2));
        world.Hub.Fire(reference);
        await world.Hub.RunAsync();

        Assert.Equal("1", (await world.ReadAsync(reference)).Case.Stage.Id);
    }

    private static async Task<string> OpenAsync(CaseWorld world, string policy = "sandwell")
    {
        var reference = await world.OpenAsync(policy);
        await world.Hub.RunAsync();
        return reference;
    }

    private static async Task<RecordOutcome> EscalateAsync(CaseWorld world, string reference, string id)
    {
        var c = (await world.ReadAsync(reference)).Case;
        return Commands.Outcome(Sample.Policy(c.Policy.Id), c, Outcomes.Escalate, Sample.Raising, UkTime.DayOf(world.Now)) with { Id = id, Stage = c.Stage.Id };
    }

    /// <summary>The instance waits for the case's next wake, and nothing else.</summary>
    private static async Task AssertKeepsTheWakeAsync(CaseWorld world, string reference)
    {
        var timer = Assert.Single(world.Hub.Instances[reference].Timers);
        Assert.Equal((await world.ReadAsync(reference)).NextWake, new DateTimeOffset(timer.FireAt));
        Assert.Empty(world.Hub.Instances[reference].Pending);
    }
}
