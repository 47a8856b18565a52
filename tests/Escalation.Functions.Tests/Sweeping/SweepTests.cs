using System.Diagnostics.Metrics;
using Escalation.Core.Cases;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Telemetry;
using Escalation.Functions.Tests.World;
using Escalation.Testing;
using Escalation.Testing.Storage;
using Escalation.Web.Emails;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Escalation.Functions.Tests.Sweeping;

/// <summary>One run of the sweep: what it takes up, what it leaves, and that it ends.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task A_run_ends_after_four_minutes_and_the_next_one_takes_up_what_is_left()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Hub.IsDown = true;
        for (var i = 0; i < 12; i++)
            await world.OpenAsync("sandwell", $"key {i}");
        world.Hub.IsDown = false;
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        world.Store.IsDownNow = () => Slowly(world);
        var (mended, runs) = (0, 0);
        for (; mended < 12; runs++)
        {
            var began = world.Now;
            mended += (await world.SweepAsync()).Mended;
            Assert.InRange(world.Now - began, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(8));
            Assert.True(runs < 12);
        }

        Assert.InRange(runs, 3, 12);
        Assert.Equal(12, world.Hub.Instances.Count);
    }

    [Fact]
    public async Task A_case_that_its_instance_was_told_of_is_left_to_it_and_taken_up_again_if_that_came_to_nothing()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        await world.Hub.RunAsync();
        (world.Hub.StandsStill, world.Hub.LosesEvents) = (true, true);
        world.Clock.SetUtcNow(UkTime.At("2026-09-26 11:06"));
        Assert.Equal(new SweepReport(1, 0, 0), await world.SweepAsync());
        var document = await world.ReadAsync(reference);
        Assert.Equal(("1", true), (document.Case.Stage.Id, document.NextWake <= world.Now));

        Assert.Equal(SweepReport.Nothing, await world.SweepAsync());
        world.Clock.Advance(Sweep.Grace - TimeSpan.FromSeconds(1));
        Assert.Equal(SweepReport.Nothing, await world.SweepAsync());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new SweepReport(1, 0, 0), await world.SweepAsync());
    }

    [Fact]
    public async Task A_case_is_left_to_its_instance_until_its_wake_is_five_minutes_past()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await world.OpenAsync("sandwell");
        world.Clock.Advance(Sweep.Grace - TimeSpan.FromTicks(1));
        Assert.Equal(SweepReport.Nothing, await world.SweepAsync());
        world.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(new SweepReport(1, 0, 0), await world.SweepAsync());
    }

    [Fact]
    public async Task An_instance_that_was_told_sends_by_itself_and_the_sweep_sends_nothing()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await world.OpenAsync("sandwell");
        world.Hub.StandsStill = true;
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        await world.SweepAsync();

        Assert.Equal(0, world.Mail.Attempts);
        world.Hub.StandsStill = false;
        await world.Hub.RunAsync();
        Assert.NotEmpty(world.Mail.Sent);
    }

    [Fact]
    public async Task A_case_that_was_written_since_the_walk_read_it_is_carried_on_as_it_is_now_and_nothing_goes_out_twice()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Hub.IsDown = true;
        await world.OpenAsync("sandwell", "first");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await world.OpenAsync("sandwell", "second");
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        var sent = 0;
        // While the first case's email goes out, the second one's orchestration sends what the walk has read as due.
        world.Mail.Trouble = () =>
        {
            world.Mail.Trouble = null;
            sent = SendAsync(world, second).GetAwaiter().GetResult();
            return null!;
        };

        Assert.Equal(new SweepReport(2, 2, 0), await world.SweepAsync());
        Assert.True(sent > 0);
        Assert.Equal(world.Mail.Sent.Count, world.Mail.Sent.DistinctBy(m => m.Operation).Count());
        Assert.Equal(world.Mail.Sent.Count, world.Mail.Attempts);
    }

    [Fact]
    public async Task A_case_that_is_due_in_a_new_version_too_is_left_to_its_instance_as_well()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Hub.LosesEvents = true;
        var reference = await world.OpenAsync("suffolk");
        var opened = await world.ReadAsync(reference);
        // Nothing was sent, and a reminder is due: the sweep writes it, and the emails of the opening are due as before.
        world.Clock.SetUtcNow(opened.Case.Stage.Reminders[0] + Sweep.Grace);
        Assert.Equal(new SweepReport(1, 0, 0), await world.SweepAsync());
        var swept = await world.ReadAsync(reference);
        Assert.Equal((true, true), (swept.Version > opened.Version, swept.NextWake <= world.Now - Sweep.Grace));

        Assert.Equal(SweepReport.Nothing, await world.SweepAsync());
        world.Clock.Advance(Sweep.Grace);
        Assert.Equal(new SweepReport(1, 0, 0), await world.SweepAsync());
    }

    [Fact]
    public async Task The_mail_of_a_case_whose_instance_cannot_be_told_does_not_wait_for_it()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Hub.IsDown = true;
        var reference = await world.OpenAsync("sandwell");
        world.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(new SweepReport(1, 1, 0), await world.SweepAsync());
        Assert.NotEmpty(world.Mail.Sent);
        Assert.DoesNotContain((await world.ReadAsync(reference)).Case.Notices, n => n.Status == NoticeState.Queued);
    }

    [Fact]
    public async Task A_case_that_cannot_be_read_is_tried_after_5_10_20_minutes_and_so_on_up_to_an_hour_and_health_counts_it()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        await world.DamageAsync(reference);
        world.Clock.Advance(Sweep.Grace);
        var waits = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(new SweepReport(0, 0, 1), await world.SweepAsync());
            var next = (await world.Store.EarliestAsync(CancellationToken.None))!.Value;
            waits.Add((next - world.Now).TotalMinutes);
            Assert.Equal(1, (await world.Store.CountsAsync(null, world.Now, CancellationToken.None)).Failing);
            world.Clock.SetUtcNow(next + Sweep.Grace);
        }

        Assert.Equal([5, 10, 20, 40, 60, 60], waits);
        Assert.Equal(6, (await world.Store.ReadAsync(reference, CancellationToken.None))!.Failures);
    }

    [Fact]
    public async Task A_case_that_failed_before_counts_as_failing_no_more_once_it_was_swept_though_nothing_was_written()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        var opened = (await world.Store.ReadAsync(reference, CancellationToken.None))!;
        await world.Store.DeferAsync(reference, opened.Version, world.Now, 3, CancellationToken.None);
        Assert.Equal(3, (await world.Store.ReadAsync(reference, CancellationToken.None))!.Failures);
        world.Clock.Advance(Sweep.Grace);

        Assert.Equal(new SweepReport(1, 0, 0), await world.SweepAsync());

        var swept = (await world.Store.ReadAsync(reference, CancellationToken.None))!;
        Assert.Equal((opened.Version, 0), (swept.Version, swept.Failures));
    }

    [Fact]
    public async Task A_case_that_only_a_newer_program_can_write_is_put_off_and_counted_as_failing()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        await world.WriteByANewerProgramAsync(reference, SampleCases.AnOpenCase with { NextWake = world.Now });
        world.Clock.Advance(Sweep.Grace);

        Assert.Equal(new SweepReport(0, 0, 1), await world.SweepAsync());
        Assert.Equal(SweepReport.Nothing, await world.SweepAsync());
        Assert.Equal(1, (await world.Store.CountsAsync(null, world.Now, CancellationToken.None)).Failing);
    }

    [Fact]
    public async Task A_run_counts_what_it_mended_whom_it_could_not_tell_and_how_the_store_stands()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        using var mended = Collect<long>(world, "escalation.sweep.mended");
        using var lost = Collect<long>(world, "escalation.signals.lost");
        using var cases = Collect<long>(world, "escalation.cases");
        using var overdue = Collect<long>(world, "escalation.wakes.overdue");
        world.Hub.IsDown = true;
        await world.OpenAsync("sandwell");
        Assert.Equal(1, lost.LastMeasurement!.Value);
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        await world.SweepAsync();

        Assert.Equal((1, 2), (mended.GetMeasurementSnapshot().Sum(m => m.Value), lost.GetMeasurementSnapshot().Count));
        Assert.Equal(["open 1", "ended 0"], cases.GetMeasurementSnapshot().Select(m => $"{m.Tags["state"]} {m.Value}"));
        Assert.Equal(0, overdue.LastMeasurement!.Value);
    }

    [Fact]
    public async Task A_case_counts_as_overdue_once_its_wake_is_five_minutes_past_and_not_before()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        using var overdue = Collect<long>(world, "escalation.wakes.overdue");
        await world.DamageAsync(await world.OpenAsync("sandwell"));
        world.Clock.Advance(Sweep.Grace - TimeSpan.FromTicks(1));
        await world.SweepAsync();
        Assert.Equal(0, overdue.LastMeasurement!.Value);

        world.Clock.Advance(TimeSpan.FromTicks(1));
        await world.SweepAsync();
        Assert.Equal(1, overdue.LastMeasurement!.Value);
    }

    private static MetricCollector<T> Collect<T>(CaseWorld world, string instrument)
        where T : struct => new(world.Get<IMeterFactory>(), Meters.Name, instrument);

    /// <summary>As the case's orchestration does. How many notices were due.</summary>
    private static async Task<int> SendAsync(CaseWorld world, string reference) =>
        await world
            .Get<NoticeSender>()
            .SendDueAsync(await world.ReadAsync(reference), world.Now, CancellationToken.None);

    /// <summary>Every request of the store takes half a minute.</summary>
    private static bool Slowly(CaseWorld world)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        return false;
    }
}
