using System.Globalization;
using Escalation.Core.Storage;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing;
using Escalation.Web.Emails;
using Escalation.Web.Site;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Clocks;

/// <summary>A clock that is moved while a host runs, and while it does not.</summary>
public sealed class ClockKeeperTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = At("2026-06-04T15:00:00Z");
    private readonly TemporaryFolder _folder = new();
    private readonly MovedClock _clock = new(Start);
    private SqliteCaseStore _store = null!;
    private StoreState _state = null!;

    public Task InitializeAsync()
    {
        _store = SqliteCaseStore.Open(_folder.Path);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task After_a_clock_was_set_back_what_was_put_off_is_due_at_once_and_what_waits_for_its_deadline_is_not()
    {
        await RunAsync(
            async (watch, alarm) =>
            {
                // A clock that is a year ahead puts off what it cannot deal with.
                _clock.Move(TimeSpan.FromDays(365));
                await LooksAsync(alarm);
                var ahead = _clock.GetUtcNow();
                await WriteAsync("SAN-DEADLINE", AnOpenCase with { NextWake = ahead.AddDays(1) });
                await WriteAsync("SAN-SENDING", AnOpenCase with { NextWake = ahead.AddMinutes(4), Queued = 1 });
                await WriteAsync("SAN-FAILING", AnOpenCase with { NextWake = ahead.AddDays(2) });
                await _store.DeferAsync("SAN-FAILING", 1, ahead.AddHours(1), 7, default);

                _clock.Move(TimeSpan.FromDays(-365));
                await LooksAsync(alarm);

                Assert.True(watch.Jump!.IsBack);
                Assert.Equal(["SAN-FAILING", "SAN-SENDING"], await DueAsync());
            }
        );
    }

    [Fact]
    public async Task What_was_put_off_is_due_though_the_store_took_no_write_when_the_clock_was_seen_to_be_set_back()
    {
        await WriteAsync("SAN-SENDING", AnOpenCase with { NextWake = Start.AddMinutes(4), Queued = 1 });
        await RunAsync(
            async (watch, _) =>
            {
                RefuseWrites();
                _clock.Move(TimeSpan.FromDays(-365));
                _clock.Advance(ClockKeeper.Every);
                await FollowedUpOnceWritesAreTakenAsync(watch);
            }
        );
    }

    [Fact]
    public async Task What_was_put_off_is_due_though_the_store_took_no_write_at_the_start_with_an_earlier_clock()
    {
        await WriteAsync("SAN-SENDING", AnOpenCase with { NextWake = Start.AddMinutes(4), Queued = 1 });
        await RunAsync((_, _) => Task.CompletedTask);
        RefuseWrites();
        _clock.Move(TimeSpan.FromDays(-365));
        await RunAsync(
            (watch, _) => FollowedUpOnceWritesAreTakenAsync(watch),
            keeper => Assert.ThrowsAsync<SqliteException>(() => keeper.StartUpAsync(default))
        );
    }

    [Fact]
    public async Task The_latest_instant_is_not_lowered_while_a_jump_back_is_told_so_that_the_next_start_finds_it()
    {
        await RunAsync(
            async (_, alarm) =>
            {
                _clock.Move(TimeSpan.FromDays(-1));
                await LooksAsync(alarm);
                await AdvanceAsync(TimeSpan.FromMinutes(1));
                await UntilAsync(async () => await ShownAsync() < Start);
                // Once another jump is found, the look that noted the instant before it has ended.
                _clock.Move(TimeSpan.FromMinutes(-2));
                await LooksAsync(alarm);

                Assert.Equal(Start, await LatestInstant.ReadAsync(_store, default));
            }
        );
        var restarted = _clock.GetUtcNow();
        await RunAsync(
            (watch, _) =>
            {
                Assert.Equal(new ClockJump(Start, restarted), watch.Jump);
                return Task.CompletedTask;
            }
        );

        async Task<DateTimeOffset?> ShownAsync() =>
            await _store.ReadAsync("health", "write", default) is { } shown
                ? DateTimeOffset.Parse(shown.Body, CultureInfo.InvariantCulture)
                : null;
    }

    [Fact]
    public async Task A_jump_ahead_makes_nothing_due_that_waits()
    {
        await WriteAsync("SAN-FAILING", AnOpenCase);
        await _store.DeferAsync("SAN-FAILING", 1, Start.AddDays(100), 7, default);
        await RunAsync(
            async (watch, alarm) =>
            {
                _clock.Move(TimeSpan.FromDays(2));
                await LooksAsync(alarm);

                Assert.False(watch.Jump!.IsBack);
                Assert.Empty(await DueAsync());
            }
        );
    }

    [Fact]
    public async Task A_start_with_an_earlier_clock_than_the_last_one_is_found_again_until_it_has_run_steadily_for_an_hour()
    {
        await RunAsync(NothingFoundAsync);
        _clock.Move(TimeSpan.FromDays(-1));
        await WriteAsync("SAN-SENDING", AnOpenCase with { NextWake = Start, Queued = 1 });
        for (var start = 0; start < 2; start++)
            await RunAsync(
                async (watch, _) =>
                {
                    Assert.Equal(new ClockJump(Start, Start.AddDays(-1)), watch.Jump);
                    Assert.Equal(["SAN-SENDING"], await DueAsync());
                }
            );

        await RunAsync(
            async (watch, _) =>
            {
                await AdvanceAsync(ClockWatch.ToldFor);
                Assert.Null(watch.Jump);
                await AdvanceAsync(TimeSpan.FromMinutes(1));
                await UntilAsync(latest => latest > Start.AddDays(-1) && latest <= _clock.GetUtcNow());
            }
        );
        await RunAsync(NothingFoundAsync);

        static Task NothingFoundAsync(ClockWatch watch, Alarm alarm)
        {
            Assert.Null(watch.Jump);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task The_latest_instant_is_kept_to_within_a_minute()
    {
        await RunAsync(
            async (_, _) =>
            {
                for (var minute = 0; minute < 7; minute++)
                {
                    await AdvanceAsync(TimeSpan.FromMinutes(1));
                    await UntilAsync(latest => latest > _clock.GetUtcNow() - TimeSpan.FromMinutes(1));
                }
            }
        );
    }

    private void RefuseWrites() =>
        StoreFile.Run(
            _folder[StoreFile.Name],
            "CREATE TRIGGER refused BEFORE UPDATE ON cases BEGIN SELECT RAISE(ABORT, 'refused'); END"
        );

    private async Task FollowedUpOnceWritesAreTakenAsync(ClockWatch watch)
    {
        await UntilAsync(() => Task.FromResult(_state.Outage is not null));
        Assert.True(watch.Jump!.IsBack);
        Assert.Empty(await DueAsync());

        StoreFile.Run(_folder[StoreFile.Name], "DROP TRIGGER refused");
        _clock.Advance(ClockKeeper.Every);
        await UntilAsync(async () => await DueAsync() is ["SAN-SENDING"]);
    }

    /// <summary>A host's life, as far as its clock goes.</summary>
    /// <param name="start">How it starts; null: as it should.</param>
    private async Task RunAsync(Func<ClockWatch, Alarm, Task> life, Func<ClockKeeper, Task>? start = null)
    {
        var (watch, alarm) = (new ClockWatch(_clock), new Alarm());
        var web = Options.Create(new WebOptions());
        using var channel = new SecondChannel(new SecondChannelOptions(), web, NullLogger<SecondChannel>.Instance);
        _state = new StoreState(_store, channel, web, _clock, NullLogger<StoreState>.Instance);
        using var keeper = new ClockKeeper(watch, _store, _state, alarm, _clock, NullLogger<ClockKeeper>.Instance);
        await keeper.StartAsync(default);
        await (start ?? (k => k.StartUpAsync(default)))(keeper);
        await UntilAsync(latest => latest >= _clock.GetUtcNow());
        await life(watch, alarm);
        await keeper.StopAsync(default);
    }

    private Task UntilAsync(Func<DateTimeOffset?, bool> holds) =>
        UntilAsync(async () => holds(await LatestInstant.ReadAsync(_store, default)));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var patience = Waiting.Token; !await holds(); await Task.Yield())
            patience.ThrowIfCancellationRequested();
    }

    /// <summary>The alarm rings when a jump was followed up.</summary>
    private async Task LooksAsync(Alarm alarm)
    {
        _clock.Advance(ClockKeeper.Every);
        await alarm.WaitAsync(TimeSpan.FromSeconds(30), default);
    }

    /// <summary>Tick by tick: the last of them may still be under way.</summary>
    private async Task AdvanceAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += ClockKeeper.Every)
        {
            _clock.Advance(ClockKeeper.Every);
            await Task.Yield();
        }
    }

    private async Task WriteAsync(string reference, CaseIndex index) =>
        Assert.True(await _store.WriteAsync(Write(reference, index: index), default));

    private async Task<List<string>> DueAsync()
    {
        var due = new List<string>();
        await foreach (var stored in _store.DueAsync(_clock.GetUtcNow(), default))
            due.Add(stored.Reference);
        return [.. due.Order(StringComparer.Ordinal)];
    }
}
