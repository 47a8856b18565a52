using Escalation.Core.Storage;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Web.Emails;
using Escalation.Web.Site;
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

    /// <summary>A host's life, as far as its clock goes.</summary>
    private async Task RunAsync(Func<ClockWatch, Alarm, Task> life)
    {
        var (watch, alarm) = (new ClockWatch(_clock), new Alarm());
        var web = Options.Create(new WebOptions());
        using var channel = new SecondChannel(new SecondChannelOptions(), web, NullLogger<SecondChannel>.Instance);
        var state = new StoreState(_store, channel, web, _clock, NullLogger<StoreState>.Instance);
        using var keeper = new ClockKeeper(watch, _store, state, alarm, _clock, NullLogger<ClockKeeper>.Instance);
        await keeper.StartAsync(default);
        await keeper.StartUpAsync(default);
        await UntilAsync(latest => latest >= _clock.GetUtcNow());
        await life(watch, alarm);
        await keeper.StopAsync(default);
    }

    private async Task UntilAsync(Func<DateTimeOffset?, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds(await LatestInstant.ReadAsync(_store, patience.Token)))
            await Task.Yield();
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
