using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Functions.Tests.World;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Functions.Tests.Orchestrations;

/// <summary>
/// What the real engine cannot be brought to. Sandwell's informal stage, raised on Friday 25 September 2026 at 11:00, ends on
/// Saturday at 11:00.
/// </summary>
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
        world.Clock.SetUtcNow(Deadline);
        if (eventFirst)
            world.Hub.Raise(reference);
        else
            world.Hub.Fire(reference);
        if (!eventFirst)
            world.Hub.Raise(reference);
        await world.Hub.RunAsync();

        var c = (await world.ReadAsync(reference)).Case;
        Assert.Equal(("1", ClosedBy.Person, false), (c.Stage.Id, c.Stages[0].By, c.Stages[0].Late));
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
        Assert.Equal(("1", Deadline, true), (c.Stage.Id, c.Stages[0].Deadline!.At, c.Stages[0].Late));
        await AssertKeepsTheWakeAsync(world, reference);
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

    private static async Task<string> OpenAsync(CaseWorld world)
    {
        var reference = await world.OpenAsync("sandwell");
        await world.Hub.RunAsync();
        return reference;
    }

    private static async Task<RecordOutcome> EscalateAsync(CaseWorld world, string reference, string id)
    {
        var c = (await world.ReadAsync(reference)).Case;
        return Commands.Outcome(
            Sample.Policy(c.Policy.Id),
            c,
            Outcomes.Escalate,
            Sample.Raising,
            UkTime.DayOf(world.Now)
        ) with
        {
            Id = id,
            Stage = c.Stage.Id,
        };
    }

    /// <summary>The instance waits for the case's next wake, and nothing else.</summary>
    private static async Task AssertKeepsTheWakeAsync(CaseWorld world, string reference)
    {
        var timer = Assert.Single(world.Hub.Instances[reference].Timers);
        Assert.Equal((await world.ReadAsync(reference)).NextWake, new DateTimeOffset(timer.FireAt));
        Assert.Empty(world.Hub.Instances[reference].Pending);
    }
}
