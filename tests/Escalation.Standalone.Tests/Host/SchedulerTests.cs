using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Forms;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using SQLitePCL;

namespace Escalation.Standalone.Tests.Host;

/// <summary>What runs in the background, by the machine's own clock where it is about waking in time.</summary>
public sealed class SchedulerTests
{
    /// <summary>Sandwell's informal stage, in clock hours.</summary>
    private static readonly TimeSpan Informal = TimeSpan.FromHours(24);

    /// <summary>Much less than the minute after which the scheduler looks by itself.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_deadline_is_carried_out_when_it_comes_and_not_at_the_next_look_a_minute_later()
    {
        var mailer = new Signals();
        await using var host = await InProcess.StartAsync(mailer, TimeProvider.System);
        var reference = await OpenAsync(host, TimeProvider.System.GetUtcNow() - Informal + TimeSpan.FromSeconds(3));
        await host.Due.DrainAsync(TimeProvider.System.GetUtcNow(), Waiting.Token);
        Assert.Equal("informal", (await host.CaseAsync(reference)).Stage.Id);
        var next = mailer.Next();
        await using var scheduler = await StartedAsync<Scheduler>(host);

        await next.WaitAsync(InTime);
        Assert.Equal("1", (await host.CaseAsync(reference)).Stage.Id);
    }

    [Fact]
    public async Task A_case_opened_while_the_scheduler_sleeps_wakes_it()
    {
        var mailer = new Signals();
        await using var host = await InProcess.StartAsync(mailer, TimeProvider.System);
        var first = mailer.Next();
        await OpenAsync(host, TimeProvider.System.GetUtcNow(), "first");
        await using var scheduler = await StartedAsync<Scheduler>(host);
        await first.WaitAsync(InTime);
        await host.Sends.IdleAsync(Waiting.Token);

        for (var i = 0; i < 3; i++)
        {
            var next = mailer.Next();
            await OpenAsync(host, TimeProvider.System.GetUtcNow(), $"case {i}");
            await next.WaitAsync(InTime);
        }
    }

    [Fact]
    public async Task The_scheduler_goes_on_after_a_fault_of_the_store()
    {
        var mailer = new Signals();
        await using var host = await InProcess.StartAsync(mailer, TimeProvider.System, flaky: true);
        var flaky = host.Flaky;
        await OpenAsync(host, TimeProvider.System.GetUtcNow());
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        flaky.IsDownNow = asked.TrySetResult;
        var next = mailer.Next();
        await using var scheduler = await StartedAsync<Scheduler>(host);

        await asked.Task.InTimeAsync();
        await next.WaitAsync(InTime);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_case_whose_sending_cannot_be_recorded_is_put_off_within_an_hour_shows_in_health_and_keeps_no_other_waiting(
        bool isDamaged
    )
    {
        var mailer = new Signals();
        await using var host = await InProcess.StartAsync(mailer, flaky: true);
        var flaky = host.Flaky;
        var reference = await host.OpenAsync("bad");
        flaky.Refuses = write => write.Reference == reference && (isDamaged ? throw Damage() : true);
        await host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);
        await host.Sends.IdleAsync(Waiting.Token);
        flaky.Refuses = _ => false;

        var stored = (await host.Store.ReadAsync(reference, CancellationToken.None))!;
        Assert.Equal(1, (await host.Store.CountsAsync(null, InProcess.Start, CancellationToken.None)).Failing);
        Assert.Equal(1, stored.Failures);
        Assert.Equal(InProcess.Start.AddHours(1), await host.Store.EarliestAsync(CancellationToken.None));

        var good = await host.OpenAsync("good");
        await host.Due.DrainAsync(InProcess.Start, Waiting.Token);
        Assert.DoesNotContain((await host.CaseAsync(good)).Notices, n => n.Status == NoticeState.Queued);
        await host.Mover.MoveToAsync(InProcess.Start.AddHours(1), Waiting.Token);
        Assert.DoesNotContain((await host.CaseAsync(reference)).Notices, n => n.Status == NoticeState.Queued);
        Assert.Equal(0, (await host.Store.CountsAsync(null, InProcess.Start, CancellationToken.None)).Failing);

        static SqliteException Damage() => new("database disk image is malformed", raw.SQLITE_CORRUPT);
    }

    [Fact]
    public async Task Personal_data_is_removed_by_the_daily_upkeep_of_a_clock_that_runs()
    {
        var clock = new FakeTimeProvider(InProcess.Start);
        await using var host = await InProcess.StartAsync(new Signals(), clock);
        var reference = await WithdrawnAsync(host);
        var kept = (await host.CaseAsync(reference)).RetainUntil!.Value;
        clock.SetUtcNow(kept.AddDays(-7));
        await using var maintenance = await StartedAsync<DailyMaintenanceService>(host);
        for (
            var limit = Waiting.Token;
            !(await host.CaseAsync(reference)).PersonalDataRemoved;
            clock.Advance(TimeSpan.FromDays(1))
        )
            limit.ThrowIfCancellationRequested();

        Assert.Null((await host.CaseAsync(reference)).Intake);
        Assert.True(clock.GetUtcNow() >= kept);
    }

    [Fact]
    public async Task The_daily_upkeep_goes_on_after_a_day_on_which_the_store_failed()
    {
        var (clock, isDown, refused) = (new DailyClock(InProcess.Start), false, 0);
        await using var host = await InProcess.StartAsync(new Signals(), clock, flaky: true);
        host.Flaky.IsDownNow = () => isDown && Interlocked.Increment(ref refused) > 0;
        var reference = await WithdrawnAsync(host);
        clock.SetUtcNow((await host.CaseAsync(reference)).RetainUntil!.Value);
        isDown = true;
        await using var maintenance = await StartedAsync<DailyMaintenanceService>(host);
        await clock.Daily.InTimeAsync();
        Assert.True(refused > 0);

        isDown = false;
        clock.Advance(TimeSpan.FromDays(1));
        for (var limit = Waiting.Token; !(await host.CaseAsync(reference)).PersonalDataRemoved; await Task.Yield())
            limit.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_reader_that_keeps_what_was_removed_in_the_log_of_the_database_is_told_of_until_it_is_gone()
    {
        var log = new FakeLogger<DailyMaintenance>();
        await using var host = await InProcess.StartAsync(new Signals());
        await host.OpenAsync("one");
        var maintenance = Maintenance(host, log);
        var database = Path.Combine(host.Folder, StoreFile.Name);
        using (var reader = Connections.OpenReader(database))
        {
            // It sees everything there is: all can be moved, and the log must stay.
            reader.Run("BEGIN; SELECT COUNT(*) FROM cases");
            await maintenance.ForgetAsync(InProcess.Start, Waiting.Token);

            Assert.NotEqual(0, new FileInfo(database + "-wal").Length);
            var said = Assert.Single(log.Collector.GetSnapshot()).Message;
            Assert.StartsWith("Retention: a reader (a backup) kept the database's log", said, StringComparison.Ordinal);
        }
        log.Collector.Clear();
        await maintenance.ForgetAsync(InProcess.Start, Waiting.Token);

        Assert.Equal(0, new FileInfo(database + "-wal").Length);
        Assert.Empty(log.Collector.GetSnapshot());
    }

    [Fact]
    public async Task Drafts_whose_time_is_over_go_on_a_day_on_which_no_case_loses_its_personal_data_too()
    {
        await using var host = await InProcess.StartAsync(new Signals());
        foreach (var (id, until) in new[] { ("over", "2001-01-01"), ("kept", "2999-01-01") })
            Assert.True(
                await host.Store.WriteAsync(
                    "draft",
                    $"owner/{id}",
                    $$"""{"until":"{{until}}T00:00:00+00:00","sealed":""}""",
                    0,
                    CancellationToken.None
                )
            );
        var maintenance = Maintenance(host, new FakeLogger<DailyMaintenance>());

        Assert.Equal(0, await maintenance.ForgetAsync(InProcess.Start, Waiting.Token));

        var left = await host.Store.ListAsync("draft", "", CancellationToken.None);
        Assert.Equal("owner/kept", Assert.Single(left).Id);
    }

    [Fact]
    public async Task While_the_clock_is_being_moved_the_scheduler_carries_out_nothing()
    {
        var mailer = new Signals();
        await using var host = await InProcess.StartAsync(mailer);
        var first = await host.OpenAsync("first");
        host.Get<ClockGate>().Open();
        var next = mailer.Next();
        var moving = await host.Get<ClockGate>().EnterAloneAsync(Waiting.Token);
        await using var scheduler = await StartedAsync<Scheduler>(host);
        // Long enough for one that does not wait: it would have sent.
        for (var i = 0; i < 30; i++)
            await host.OpenAsync($"case {i}");

        Assert.False(next.IsCompleted);
        Assert.All((await host.CaseAsync(first)).Notices, n => Assert.Equal(NoticeState.Queued, n.Status));
        moving.Dispose();
        await next.WaitAsync(InTime);
    }

    [Fact]
    public async Task A_closure_that_another_process_stored_a_moment_ago_is_carried_to_the_open_cases_by_the_daily_upkeep()
    {
        var clock = new DailyClock(InProcess.Start);
        await using var host = await InProcess.StartAsync(new Signals(), clock);
        var reference = await OpenAsync(host, clock.GetUtcNow().AddHours(-25));
        await host.Due.DrainAsync(clock.GetUtcNow(), Waiting.Token);
        var stage = (await host.CaseAsync(reference)).Stage;
        Assert.Equal(("1", Day(2026, 12, 30)), (stage.Id, DateOnly.FromDateTime(stage.Deadline!.At.Date)));
        await using var maintenance = await StartedAsync<DailyMaintenanceService>(host);
        await clock.Daily.InTimeAsync();
        clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(10));
        await host.OpenAsync("one that has the rules read");
        var closed = new Amendment(Day(2026, 12, 29), "Storm", false, "key:other", clock.GetUtcNow());
        Assert.True(await StoredCalendar.AmendAsync(host.Store, "sandwell", closed, CancellationToken.None));
        clock.Advance(TimeSpan.FromSeconds(10));
        for (
            var limit = Waiting.Token;
            (await host.CaseAsync(reference)).Stage.Deadline!.At == stage.Deadline!.At;
            await Task.Yield()
        )
            limit.ThrowIfCancellationRequested();

        Assert.Equal(
            Day(2026, 12, 31),
            DateOnly.FromDateTime((await host.CaseAsync(reference)).Stage.Deadline!.At.Date)
        );
    }

    [Fact]
    public async Task A_case_that_is_damaged_while_the_host_runs_is_found_by_the_daily_upkeep()
    {
        var clock = new DailyClock(InProcess.Start);
        await using var host = await InProcess.StartAsync(new Signals(), clock);
        await using var maintenance = await StartedAsync<DailyMaintenanceService>(host);
        await clock.Daily.InTimeAsync();
        var damaged = SampleCases.Write("SAN-0000-0001", document: "{}");
        Assert.True(await host.Store.WriteAsync(damaged, CancellationToken.None));
        var unreadable = host.Get<UnreadableCases>();
        Assert.Empty(unreadable.References);
        clock.Advance(TimeSpan.FromDays(1));
        for (var limit = Waiting.Token; unreadable.References.Count == 0; await Task.Yield())
            limit.ThrowIfCancellationRequested();

        Assert.Equal(["SAN-0000-0001"], unreadable.References);
    }

    /// <summary>A case that was opened and withdrawn now, and whose emails went out.</summary>
    private static async Task<string> WithdrawnAsync(InProcess host)
    {
        var reference = await host.OpenAsync("one");
        var c = await host.CaseAsync(reference);
        var withdraw = new Withdraw("Raised by mistake.")
        {
            Id = "w-1",
            Actor = "key:test",
            Stage = c.Stage.Id,
            By = new Speaker(c.Raising.Agency, "Sam", null),
        };
        Assert.IsType<Handled.Done>(
            await host.Handler.ExecuteAsync(reference, withdraw, host.Time.GetUtcNow(), CancellationToken.None)
        );
        await host.Due.DrainAsync(host.Time.GetUtcNow(), Waiting.Token);
        return reference;
    }

    private static DailyMaintenance Maintenance(InProcess host, FakeLogger<DailyMaintenance> log) =>
        new(host.Store, host.Handler, host.Get<Amending>(), host.Get<RuleBook>(), host.Get<Drafts>(), log);

    private static DateOnly Day(int year, int month, int day) => new(year, month, day);

    private static async Task<string> OpenAsync(InProcess host, DateTimeOffset raised, string name = "one")
    {
        var open = Sample.Opening("sandwell") with { IntakeKey = name };
        var handled = await host.Handler.OpenAsync("sandwell", open, keyed: true, name, raised, CancellationToken.None);
        return Assert.IsType<Handled.Done>(handled).Document.Case.Reference;
    }

    private static async Task<Stopping> StartedAsync<T>(InProcess host)
        where T : BackgroundService
    {
        host.Get<ClockGate>().Open();
        var service = ActivatorUtilities.CreateInstance<T>(host.Get<IServiceProvider>());
        await service.StartAsync(CancellationToken.None);
        return new Stopping(service);
    }

    private sealed class Stopping(BackgroundService service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await service.StopAsync(Waiting.Token);
            service.Dispose();
        }
    }

    /// <summary>Says when something waits for a day to pass.</summary>
    private sealed class DailyClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private readonly TaskCompletionSource _daily = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Daily => _daily.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (period == TimeSpan.FromDays(1))
                _daily.TrySetResult();
            return timer;
        }
    }

    /// <summary>Takes every email, and says so.</summary>
    private sealed class Signals : IMailer
    {
        private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Done with the next email.</summary>
        public Task Next() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public Task<MailResult> SendAsync(Email email, CancellationToken cancel)
        {
            _next.TrySetResult();
            return Task.FromResult<MailResult>(new MailResult.Taken(null));
        }
    }
}
