using System.Diagnostics.Metrics;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Functions.Mail;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Telemetry;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Functions.Tests.Telemetry;

/// <summary>Every instrument shows its own figure: no two of what is counted here are alike.</summary>
public sealed class MetersTests
{
    [Fact]
    public async Task Each_figure_is_measured_by_its_own_instrument_with_its_own_tag_and_every_instrument_measures_one()
    {
        await using var services = new ServiceCollection().AddMetrics().AddSingleton<Meters>().BuildServiceProvider();
        var meters = services.GetRequiredService<Meters>();
        using var heard = new Heard(services.GetRequiredService<IMeterFactory>());

        foreach (
            var (measure, expected) in new (Action, string[])[]
            {
                (
                    () => meters.Advanced(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(3)),
                    ["escalation.wakes 1 cause=timer", "escalation.wake.lateness 7", "escalation.wake.duration 3"]
                ),
                (
                    () => meters.Advanced(TimeSpan.FromSeconds(-7), TimeSpan.FromSeconds(4)),
                    ["escalation.wakes 1 cause=timer", "escalation.wake.lateness 0", "escalation.wake.duration 4"]
                ),
                (
                    () => meters.Advanced(null, TimeSpan.FromSeconds(5)),
                    ["escalation.wakes 1 cause=signal", "escalation.wake.duration 5"]
                ),
                (() => meters.Tried(new MailResult.Taken(null)), ["escalation.notices 1 state=taken"]),
                (() => meters.Tried(new MailResult.TryLater("busy")), ["escalation.notices 1 state=later"]),
                (() => meters.Tried(new MailResult.Down("busy")), ["escalation.notices 1 state=later"]),
                (() => meters.Tried(new MailResult.Refused("closed")), ["escalation.notices 1 state=refused"]),
                (() => meters.Reported("bounced"), ["escalation.deliveries 1 state=bounced"]),
                (() => meters.Mended(6), ["escalation.sweep.mended 6"]),
                (() => meters.SignalLost(), ["escalation.signals.lost 1"]),
                (() => meters.Forgotten(8), ["escalation.retention.forgotten 8"]),
                (
                    () => meters.Counted(new StoreCounts(100, 70, 20, 11, 13, null, 17)),
                    [
                        "escalation.cases 70 state=open",
                        "escalation.cases 30 state=ended",
                        "escalation.notices.standing 20 state=queued",
                        "escalation.notices.standing 11 state=failed",
                        "escalation.wakes.overdue 13",
                    ]
                ),
            }
        )
        {
            heard.Measured.Clear();
            measure();
            Assert.Equal(expected, heard.Measured);
        }

        Assert.Equal(heard.Instruments.Order(), heard.Used.Order());
    }

    [Fact]
    public async Task A_sweep_shows_how_the_store_stands()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        using var heard = new Heard(world.Get<IMeterFactory>());
        var reference = await world.OpenAsync("sandwell", "damaged");
        var ended = await world.OpenAsync("suffolk-mash", "ended");
        await world.OpenAsync("sandwell", "open");
        await world.OpenAsync("suffolk", "open too");
        await world.DoAsync(
            ended,
            Commands.Withdraw(Sample.Raising) with
            {
                Id = "w",
                Stage = (await world.ReadAsync(ended)).Case.Stage.Id,
            }
        );
        await world.Hub.RunAsync();
        await world.DamageAsync(reference);
        var counts = await world.Store.CountsAsync(null, world.Now, CancellationToken.None);
        Assert.Equal((4, 3, 1), (counts.Cases, counts.Open, counts.OverdueWakes));

        await world.SweepAsync();
        Assert.Contains("escalation.wakes.overdue 0", heard.Measured);
        heard.Measured.Clear();
        world.Clock.Advance(Sweep.Grace);
        await world.SweepAsync();

        Assert.Equal(
            [
                "escalation.sweep.mended 0",
                "escalation.cases 3 state=open",
                "escalation.cases 1 state=ended",
                $"escalation.notices.standing {counts.Queued} state=queued",
                $"escalation.notices.standing {counts.Failed} state=failed",
                "escalation.wakes.overdue 1",
            ],
            heard.Measured
        );
    }

    [Fact]
    public async Task A_step_says_whether_a_timer_called_for_it_and_how_late_it_is()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        var activities = world.Get<CaseActivities>();
        using var heard = new Heard(world.Get<IMeterFactory>());

        await activities.AdvanceAsync(new StepToTake(reference, world.Now.AddSeconds(-90)), CancellationToken.None);
        Assert.Equal(
            ["escalation.wakes 1 cause=timer", "escalation.wake.lateness 90"],
            heard.Measured.Where(m => !m.Contains("duration", StringComparison.Ordinal))
        );

        heard.Measured.Clear();
        await activities.AdvanceAsync(new StepToTake(reference, null), CancellationToken.None);
        Assert.Equal(
            ["escalation.wakes 1 cause=signal"],
            heard.Measured.Where(m => !m.Contains("duration", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_report_that_was_recorded_is_counted_by_what_it_says_and_one_that_was_not_is_not()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        await world.Hub.RunAsync();
        var notice = (await world.ReadAsync(reference)).Case.Notices.First(n => n.Status == NoticeState.Sent);
        using var heard = new Heard(world.Get<IMeterFactory>());

        foreach (var status in (string[])["OutForDelivery", "Delivered", "Bounced"])
            Assert.True(await ReportAsync(notice.Operation!, status));
        Assert.False(await ReportAsync("7d1b6c3e-0000-8000-8000-000000000000", "Failed"));

        Assert.Equal(
            ["escalation.deliveries 1 state=delivered", "escalation.deliveries 1 state=bounced"],
            heard.Measured
        );

        Task<bool> ReportAsync(string operation, string status) =>
            world
                .Get<DeliveryReports>()
                .RecordAsync(
                    new DeliveryEvent(DeliveryEvent.Report, world.Now, new DeliveryData(null, operation, status)),
                    world.Now,
                    CancellationToken.None
                );
    }

    [Fact]
    public async Task A_run_of_retention_counts_the_cases_that_it_rid_of_personal_data()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        for (var i = 0; i < 3; i++)
        {
            var reference = await world.OpenAsync("suffolk-mash", $"key {i}");
            if (i == 0)
                continue;
            var stage = (await world.ReadAsync(reference)).Case.Stage.Id;
            await world.DoAsync(reference, Commands.Withdraw(Sample.Raising) with { Id = "w", Stage = stage });
        }
        world.Clock.Advance(TimeSpan.FromDays(14 * 366));
        using var heard = new Heard(world.Get<IMeterFactory>());

        await world.Get<RetentionRun>().RunAsync(world.Hub, CancellationToken.None);

        Assert.Contains("escalation.retention.forgotten 2", heard.Measured);
    }

    /// <summary>What the instruments of one host measure, as "name value tag=value".</summary>
    private sealed class Heard : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Heard(IMeterFactory factory)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope != factory || instrument.Meter.Name != Meters.Name)
                    return;
                Instruments.Add(instrument.Name);
                listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>(
                (instrument, value, tags, _) => Hear(instrument, value, tags)
            );
            _listener.Start();
        }

        public List<string> Measured { get; } = [];
        public HashSet<string> Instruments { get; } = [];
        public HashSet<string> Used { get; } = [];

        public void Dispose() => _listener.Dispose();

        private void Hear<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var said = $"{instrument.Name} {value}";
            foreach (var (name, tag) in tags)
                said += $" {name}={tag}";
            Measured.Add(said);
            Used.Add(instrument.Name);
        }
    }
}
