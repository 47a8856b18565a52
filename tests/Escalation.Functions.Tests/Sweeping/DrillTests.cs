using System.Net;
using System.Net.Http.Json;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Tests.World;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Escalation.Functions.Tests.Sweeping;

/// <summary>
/// Something is out of reach for a while in the middle of a story: nothing is lost, and the sweep's count says what was
/// mended.
/// </summary>
public sealed class DrillTests
{
    [Fact]
    public async Task In_a_quiet_story_the_sweep_mends_nothing()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await world.OpenAsync("sandwell");
        await world.UntilAsync(UkTime.At("2026-09-30 18:00"), sweeping: true);
        Assert.All(world.Swept, report => Assert.Equal(SweepReport.Nothing, report));
        Assert.True(world.Swept.Count > 1000);
    }

    [Fact]
    public async Task A_case_opened_while_the_hub_is_out_of_reach_is_told_of_and_mended_within_ten_minutes()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:01");
        world.Hub.IsDown = true;
        var reference = await world.OpenAsync("sandwell");
        Assert.Empty(world.Hub.Instances);
        await world.UntilAsync(UkTime.At("2026-09-25 11:04"), sweeping: true);
        world.Hub.IsDown = false;
        await world.UntilAsync(UkTime.At("2026-09-25 11:11"), sweeping: true);

        Assert.Equal([new SweepReport(1, 0, 0)], world.Swept.Where(r => r != SweepReport.Nothing));
        Assert.Equal(reference, Assert.Single(world.Hub.Instances).Key);
        Assert.DoesNotContain((await world.ReadAsync(reference)).Case.Notices, n => n.Status == NoticeState.Queued);
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_holds_the_sweep_up_no_longer_than_its_patience_a_case()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Hub.IsDown = true;
        var reference = await world.OpenAsync("sandwell");
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        world.Hub.IsDown = false;
        world.Hub.Hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sweeping = world.SweepAsync();
        await world.Hub.Hanging.Task.InTimeAsync();
        world.Clock.Advance(TaskHub.AnswerLimit);

        Assert.Equal(new SweepReport(1, 1, 0), await sweeping.InTimeAsync());
        Assert.DoesNotContain((await world.ReadAsync(reference)).Case.Notices, n => n.Status == NoticeState.Queued);
    }

    [Fact]
    public async Task While_the_hub_stands_still_for_days_the_sweep_keeps_the_clock_and_the_mail_going()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var machine = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        await world.UntilAsync(UkTime.At("2026-09-25 12:00"), sweeping: true);
        (world.Hub.IsDown, world.Hub.StandsStill) = (true, true);
        await world.UntilAsync(UkTime.At("2026-10-07 18:00"), sweeping: true);
        (world.Hub.IsDown, world.Hub.StandsStill) = (false, false);
        await world.UntilAsync(UkTime.At("2026-10-09 18:00"), sweeping: true);

        machine.Hub.IsDown = true;
        await machine.OpenAsync("sandwell");
        await machine.UntilByItselfAsync(UkTime.At("2026-10-09 18:00"));
        var (there, here) = ((await world.ReadAsync(reference)).Case, (await machine.ReadAsync(reference)).Case);
        Assert.Equal(
            here.Stages.Select(s => (s.Id, s.Deadline!.At, s.By)),
            there.Stages.Select(s => (s.Id, s.Deadline!.At, s.By))
        );
        Assert.Equal(here.Notices.Select(n => n.Queued.Kind).Order(), there.Notices.Select(n => n.Queued.Kind).Order());
        Assert.All(
            there.Stages.Skip(1),
            s =>
                Assert.InRange(
                    s.OpenedAt - there.Stages[there.Stages.IndexOf(s) - 1].Deadline!.At,
                    TimeSpan.Zero,
                    TimeSpan.FromMinutes(10)
                )
        );
        Assert.DoesNotContain(there.Notices, n => n.Status == NoticeState.Queued);
        Assert.InRange(world.Swept.Sum(r => r.Mended), 4, 60);
        Assert.Equal(0, world.Swept.Sum(r => r.Failed));
        Assert.Equal(SweepReport.Nothing, await world.SweepAsync());
    }

    [Fact]
    public async Task While_the_store_is_out_of_reach_callers_are_told_so_and_afterwards_the_story_goes_on()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");
        await world.UntilAsync(UkTime.At("2026-09-26 10:30"));
        world.Store.IsDown = true;
        await world.UntilAsync(UkTime.At("2026-09-26 15:02"));
        var answer = await front.Client(Front.Key).PostAsJsonAsync("/api/escalations", new { policy = "sandwell" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await Assert.ThrowsAsync<TimeoutException>(world.SweepAsync);

        world.Store.IsDown = false;
        await world.UntilAsync(UkTime.At("2026-09-26 16:00"), sweeping: true);
        var c = (await world.ReadAsync(reference)).Case;
        Assert.Equal("1", c.Stage.Id);
        Assert.Equal(1, world.Swept.Sum(r => r.Mended));
        Assert.DoesNotContain(c.Notices, n => n.Status == NoticeState.Queued);
    }

    [Fact]
    public async Task While_mail_is_out_of_reach_the_clock_goes_on_and_every_notice_is_sent_once_afterwards()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Mail.Trouble = () => Answer.Of(503);
        var reference = await world.OpenAsync("sandwell");
        await world.UntilAsync(UkTime.At("2026-09-26 12:00"), sweeping: true);
        Assert.Equal("1", (await world.ReadAsync(reference)).Case.Stage.Id);
        Assert.Empty(world.Mail.Sent);

        world.Mail.Trouble = null;
        await world.UntilAsync(UkTime.At("2026-09-26 13:00"), sweeping: true);
        var notices = (await world.ReadAsync(reference)).Case.Notices;
        Assert.All(notices, n => Assert.Contains(n.Status, new[] { NoticeState.Sent, NoticeState.Superseded }));
        Assert.Contains(notices, n => n.Status == NoticeState.Sent);
        Assert.All(world.Mail.Sent.GroupBy(m => m.Operation), same => Assert.Single(same));
        Assert.All(world.Swept, report => Assert.Equal(SweepReport.Nothing, report));
    }

    [Fact]
    public async Task Mail_that_never_comes_back_fails_nobody_is_said_in_the_case_after_three_days_and_its_tries_stay_few()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Mail.Trouble = () => Answer.Of(429, "3600");
        var reference = await world.OpenAsync("suffolk");
        await world.UntilAsync(UkTime.At("2026-09-28 14:00"));

        var document = await world.ReadAsync(reference);
        Assert.DoesNotContain(document.Case.Notices, n => n.Status == NoticeState.Failed);
        Assert.All(document.Sends.Values, s => Assert.Equal(("throttled", true), (s.Error, s.Down)));
        Assert.NotNull(document.Case.MailDelayedAt);
        Assert.InRange(world.Mail.Attempts, 72, 90);
    }

    [Fact]
    public async Task A_case_that_cannot_be_advanced_is_put_off_and_keeps_no_other_waiting()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Hub.LosesEvents = true;
        var (bad, good) = (await world.OpenAsync("sandwell", "bad"), await world.OpenAsync("sandwell", "good"));
        world.Hub.Instances.Clear();
        await world.DamageAsync(bad);
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(new SweepReport(1, 0, 1), await world.SweepAsync());

        Assert.Equal(good, Assert.Single(world.Hub.Instances).Key);
        Assert.Equal(SweepReport.Nothing, await world.SweepAsync());
        Assert.Equal(1, (await world.Store.CountsAsync(null, world.Now, CancellationToken.None)).Failing);
    }

    [Fact]
    public async Task The_nightly_comparison_mends_what_no_wake_has_shown_yet()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var (kept, lost, stale) = (
            await world.OpenAsync("sandwell", "kept"),
            await world.OpenAsync("sandwell", "lost"),
            await world.OpenAsync("sandwell", "stale")
        );
        await world.Hub.RunAsync();
        world.Hub.Instances.Remove(lost);
        world.Hub.LosesEvents = true;
        var c = (await world.ReadAsync(stale)).Case;
        await world.DoAsync(
            stale,
            Commands.Outcome(
                Sample.Policy("sandwell"),
                c,
                Outcomes.Escalate,
                Sample.Raising,
                UkTime.DayOf(world.Now)
            ) with
            {
                Id = "a",
                Stage = c.Stage.Id,
            }
        );
        world.Hub.LosesEvents = false;

        Assert.Equal(2, (await world.Get<Comparison>().RunAsync(world.Hub, CancellationToken.None)).Mended);
        await world.Hub.RunAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await world.Get<Comparison>().RunAsync(world.Hub, CancellationToken.None)).Mended);
        Assert.Equal(
            [kept, lost, stale],
            world
                .Hub.Instances.Keys.Order()
                .Intersect([kept, lost, stale])
                .OrderBy(k => Array.IndexOf([kept, lost, stale], k))
        );
    }

    [Fact]
    public async Task Retention_removes_personal_data_when_its_time_has_come_and_purges_old_instances()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("suffolk-mash");
        await world.UntilAsync(world.Now.AddHours(1));
        await world.DoAsync(
            reference,
            Commands.Withdraw(Sample.Raising) with
            {
                Id = "w",
                Stage = (await world.ReadAsync(reference)).Case.Stage.Id,
            }
        );
        await world.UntilAsync(world.Now.AddDays(30));
        var retention = world.Get<RetentionRun>();
        Assert.Equal(0, await retention.RunAsync(world.Hub, CancellationToken.None));

        world.Clock.SetUtcNow((await world.ReadAsync(reference)).Case.RetainUntil!.Value);
        Assert.Equal(1, await retention.RunAsync(world.Hub, CancellationToken.None));
        Assert.Equal(0, await retention.RunAsync(world.Hub, CancellationToken.None));
        Assert.True((await world.ReadAsync(reference)).Case.PersonalDataRemoved);
        Assert.Empty((await world.ReadAsync(reference)).Words);
        Assert.Equal(
            (DateTimeOffset.UnixEpoch, world.Now.AddDays(-30)),
            (world.Hub.Purged!.CreatedFrom, world.Hub.Purged.CreatedTo)
        );
        Assert.Equal(
            [
                OrchestrationRuntimeStatus.Completed,
                OrchestrationRuntimeStatus.Failed,
                OrchestrationRuntimeStatus.Terminated,
            ],
            world.Hub.Purged.Statuses
        );
    }

    [Fact]
    public async Task Drafts_whose_time_is_over_go_on_a_night_on_which_no_case_loses_its_personal_data_too()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        foreach (var (id, until) in new[] { ("over", "2001-01-01"), ("kept", "2999-01-01") })
            Assert.True(
                await world.Store.WriteAsync(
                    "draft",
                    $"owner/{id}",
                    $$"""{"until":"{{until}}T00:00:00+00:00","sealed":""}""",
                    0,
                    CancellationToken.None
                )
            );

        Assert.Equal(0, await world.Get<RetentionRun>().RunAsync(world.Hub, CancellationToken.None));

        var left = await world.Store.ListAsync("draft", "", CancellationToken.None);
        Assert.Equal("owner/kept", Assert.Single(left).Id);
    }

    [Fact]
    public async Task Personal_data_is_removed_in_time_though_the_task_hub_is_out_of_reach()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("suffolk-mash");
        var stage = (await world.ReadAsync(reference)).Case.Stage.Id;
        await world.DoAsync(reference, Commands.Withdraw(Sample.Raising) with { Id = "w", Stage = stage });
        world.Clock.SetUtcNow((await world.ReadAsync(reference)).Case.RetainUntil!.Value);
        world.Hub.IsDown = true;

        await Assert.ThrowsAsync<RpcException>(() =>
            world.Get<RetentionRun>().RunAsync(world.Hub, CancellationToken.None)
        );

        Assert.True((await world.ReadAsync(reference)).Case.PersonalDataRemoved);
    }

    [Fact]
    public async Task A_run_of_retention_ends_after_four_minutes_and_the_next_one_removes_what_is_left()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        for (var i = 0; i < 12; i++)
        {
            var reference = await world.OpenAsync("suffolk-mash", $"key {i}");
            var stage = (await world.ReadAsync(reference)).Case.Stage.Id;
            await world.DoAsync(reference, Commands.Withdraw(Sample.Raising) with { Id = "w", Stage = stage });
        }
        world.Clock.Advance(TimeSpan.FromDays(14 * 366));
        world.Store.IsDownNow = () => Slowly(world);
        var (removed, runs) = (0, 0);
        for (; removed < 12; runs++)
        {
            var began = world.Now;
            removed += await world.Get<RetentionRun>().RunAsync(world.Hub, CancellationToken.None);
            Assert.InRange(world.Now - began, TimeSpan.FromMinutes(0.5), TimeSpan.FromMinutes(9));
            Assert.True(runs < 12);
        }

        Assert.InRange(runs, 2, 12);
    }

    [Fact]
    public async Task A_run_purges_finished_instances_for_four_minutes_and_the_next_one_goes_on()
    {
        var log = new FakeLogCollector();
        await using var world = await CaseWorld.AtAsync(
            "2026-09-25 11:00",
            add: (_, services) => services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)))
        );
        var kept = await world.OpenAsync("suffolk-mash", "kept");
        for (var i = 0; i < 10; i++)
        {
            var reference = await world.OpenAsync("suffolk-mash", $"key {i}");
            var stage = (await world.ReadAsync(reference)).Case.Stage.Id;
            await world.DoAsync(reference, Commands.Withdraw(Sample.Raising) with { Id = "w", Stage = stage });
        }
        await world.Hub.RunAsync();
        world.Clock.Advance(RetentionRun.InstancesKept);
        world.Hub.Purges = () => world.Clock.Advance(TimeSpan.FromMinutes(1));
        var left = new List<int>();
        for (var night = 0; night < 4; night++)
        {
            await world.Get<RetentionRun>().RunAsync(world.Hub, CancellationToken.None);
            left.Add(world.Hub.Instances.Count - 1);
        }

        Assert.Equal([6, 2, 0, 0], left);
        Assert.Equal(kept, Assert.Single(world.Hub.Instances).Key);
        var warned = log.GetSnapshot()
            .Where(l => l.Level == LogLevel.Warning && l.Message.Contains("purging", StringComparison.Ordinal));
        Assert.Equal(2, warned.Count());
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_and_heeds_no_time_limit_is_given_up_by_retention_after_four_minutes_too()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        world.Hub.Hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = world.Get<RetentionRun>().RunAsync(world.Hub, CancellationToken.None);
        await world.Hub.Hanging.Task.InTimeAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.False(running.IsCompleted);
        world.Clock.Advance(TaskHub.AnswerLimit);

        Assert.Equal(0, await running.InTimeAsync());
    }

    /// <summary>Every request of the store takes half a minute.</summary>
    private static bool Slowly(CaseWorld world)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        return false;
    }
}
