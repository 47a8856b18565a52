using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Tests.World;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Tests.Engine;

/// <summary>
/// Words and timers that cross, on the real engine. Sandwell's informal stage, raised on Friday 25 September 2026 at 11:00, ends on
/// Saturday at 11:00.
/// </summary>
public sealed class EngineRaceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Deadline = UkTime.At("2026-09-26 11:00");
    private CaseWorld _world = null!;
    private EngineHost _engine = null!;
    private string _reference = "";

    public async Task InitializeAsync()
    {
        _world = await CaseWorld.AtAsync("2026-09-25 11:00");
        _engine = await EngineHost.StartAsync(_world);
        _reference = await _world.OpenAsync("sandwell");
        await _engine.RestAsync();
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_timer_fires_by_itself_when_the_deadline_comes()
    {
        await _engine.UntilAsync(Deadline.AddSeconds(-1));
        await RaiseAsync();
        await _engine.WhenAsync(async () => (await CaseAsync()).Stage.Id == "1");

        var c = await CaseAsync();
        Assert.Equal((Deadline, ClosedBy.Deadline, true), (c.Stage.OpenedAt, c.Stages[0].By, c.Stages[0].Late));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task An_outcome_before_at_or_after_the_deadline_is_recorded_as_on_one_machine(int seconds)
    {
        await using var machine = await CaseWorld.AtAsync("2026-09-25 11:00");
        machine.Hub.IsDown = true;
        await machine.OpenAsync("sandwell");
        async Task<CaseDocument> TellAsync(CaseWorld world, Func<DateTimeOffset, Task> until)
        {
            var said = await EscalateAsync(world);
            await until(Deadline.AddSeconds(Math.Min(seconds, -1)));
            world.PassTo(Deadline.AddSeconds(seconds));
            await world.DoAsync(_reference, said);
            await until(Deadline.AddHours(2));
            return await world.ReadAsync(_reference);
        }

        var (there, here) = (
            await TellAsync(_world, _engine.UntilAsync),
            await TellAsync(machine, machine.UntilByItselfAsync)
        );
        Assert.Equal(here.Events, there.Events);
        Assert.Equal(
            ("1", seconds < 0 ? ClosedBy.Person : ClosedBy.Deadline),
            (there.Case.Stage.Id, there.Case.Stages[0].By)
        );
        Assert.Equal(seconds < 0 ? 0 : 1, there.Case.LateResponses.Count);
    }

    [Fact]
    public async Task A_late_outcome_whose_deadline_an_instance_has_carried_out_is_recorded_and_moves_nothing()
    {
        var late = await EscalateAsync(_world);
        await _engine.UntilAsync(Deadline.AddHours(1));
        await _world.DoAsync(_reference, late);
        await AssertKeepsTheWakeAsync();
        Assert.Equal("1", (await CaseAsync()).Stage.Id);
        Assert.Single((await CaseAsync()).LateResponses);
    }

    [Fact]
    public async Task A_lost_word_costs_nothing_but_time()
    {
        await _world.Handler.ExecuteAsync(_reference, await EscalateAsync(_world), _world.Now, CancellationToken.None);
        await _engine.UntilAsync(Deadline);
        Assert.Equal(("1", ClosedBy.Person), ((await CaseAsync()).Stage.Id, (await CaseAsync()).Stages[0].By));
        await AssertKeepsTheWakeAsync();
    }

    [Fact]
    public async Task Doubled_early_and_late_words_change_nothing()
    {
        var opened = (await _world.ReadAsync(_reference)).Version;
        await RaiseAsync();
        await _engine.RestAsync();
        Assert.Equal(opened, (await _world.ReadAsync(_reference)).Version);

        await _world.DoAsync(_reference, await EscalateAsync(_world));
        await RaiseAsync();
        await RaiseAsync("stageoutcome");
        await _engine.RestAsync();
        var before = await _world.ReadAsync(_reference);
        Assert.Equal("1", before.Case.Stage.Id);
        await RaiseAsync();
        await AssertKeepsTheWakeAsync();
        Assert.Equal(before.Version, (await _world.ReadAsync(_reference)).Version);
        Assert.Equal(1 + 1 + 2 + 1, _engine.Instance(_reference).Raised);
    }

    [Fact]
    public async Task Hundreds_of_words_over_several_generations_change_nothing_and_the_deadline_is_kept()
    {
        var version = (await _world.ReadAsync(_reference)).Version;
        for (var i = 0; i < 10; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RaiseAsync()));
            await _engine.RestAsync();
        }
        var instance = _engine.Instance(_reference);
        Assert.InRange(instance.Generations, 3, 20);
        Assert.InRange(instance.LongestHistory, 200, 520);
        Assert.Equal(version, (await _world.ReadAsync(_reference)).Version);
        await _engine.UntilAsync(Deadline);
        Assert.Equal(("1", Deadline), ((await CaseAsync()).Stage.Id, (await CaseAsync()).Stage.OpenedAt));
    }

    [Fact]
    public async Task Activities_run_twice_send_and_record_once()
    {
        _engine.RunsOfActivities = 2;
        await _engine.UntilAsync(Deadline.AddMinutes(1));

        var document = await _world.ReadAsync(_reference);
        Assert.Equal("1", document.Case.Stage.Id);
        Assert.All(_world.Mail.Sent.GroupBy(m => m.Operation), same => Assert.Single(same));
        Assert.Equal(document.Case.Notices.Count(n => n.Status == NoticeState.Sent), _world.Mail.Sent.Count);
    }

    [Fact]
    public async Task A_terminated_instance_is_mended_by_the_sweep()
    {
        await _engine.Client.TerminateInstanceAsync(_reference, new TerminateInstanceOptions { Output = "by hand" });
        await _engine.Client.WaitForInstanceCompletionAsync(_reference).InTimeAsync();
        await _engine.UntilAsync(Deadline.AddMinutes(6));
        Assert.Equal("informal", (await CaseAsync()).Stage.Id);
        await SweepUntilQuietAsync();

        var c = await CaseAsync();
        Assert.Equal(("1", ClosedBy.Deadline, Deadline), (c.Stage.Id, c.Stages[0].By, c.Stages[0].Deadline!.At));
        await AssertKeepsTheWakeAsync();
        Assert.False(_engine.Instance(_reference).IsFinished);
    }

    [Fact]
    public async Task An_ended_case_without_duties_lets_its_instance_end_and_a_bounce_starts_it_again()
    {
        await _world.DoAsync(
            _reference,
            Commands.Withdraw(Sample.Raising) with
            {
                Id = "withdrawn",
                Stage = "informal",
            }
        );
        await _engine.UntilAsync(_world.Now.AddDays(60));
        Assert.True(_engine.Instance(_reference).IsFinished);
        var (ended, sent) = (_engine.Instance(_reference).Generations, _world.Mail.Sent.Count);

        var notice = (await _world.ReadAsync(_reference)).Case.Notices.Last(n => n.Status == NoticeState.Sent);
        await _world.RequestAsync(() =>
            _world.Handler.RecordDeliveryAsync(_reference, notice.Key, "bounced", _world.Now, CancellationToken.None)
        );
        await _engine.RestAsync();
        Assert.Equal(
            (ended + 1, true),
            (_engine.Instance(_reference).Generations, _engine.Instance(_reference).IsFinished)
        );
        Assert.True(_world.Mail.Sent.Count > sent);
        Assert.Empty((await _world.ReadAsync(_reference)).ToSend(_world.Now));
    }

    [Fact]
    public async Task While_the_store_is_away_over_a_deadline_the_case_waits_and_the_sweep_takes_it_up_afterwards()
    {
        await LoseTheStoreOverTheDeadlineAsync();
        _world.Store.IsDownNow = () => false;
        _world.PassTo(Deadline.AddMinutes(6));
        await SweepUntilQuietAsync();

        var c = await CaseAsync();
        Assert.Equal(("1", Deadline, true), (c.Stage.Id, c.Stages[0].Deadline!.At, c.Stages[0].Late));
        await AssertKeepsTheWakeAsync();
    }

    [LongFact]
    public async Task After_the_store_was_away_the_instance_goes_on_by_itself_within_a_minute()
    {
        await LoseTheStoreOverTheDeadlineAsync();
        _world.Store.IsDownNow = () => false;
        await _engine.WhenAsync(async () => (await CaseAsync()).Stage.Id == "1");
        Assert.Equal(
            (Deadline, true),
            ((await CaseAsync()).Stages[0].Deadline!.At, (await CaseAsync()).Stages[0].Late)
        );
    }

    private async Task LoseTheStoreOverTheDeadlineAsync()
    {
        await _engine.UntilAsync(Deadline.AddSeconds(-1));
        _world.Store.IsDownNow = () => _world.Now >= Deadline;
        // The timer of a second fires, and the instance finds no store.
        await RaiseAsync();
        await _engine.WhenAsync(() =>
            Task.FromResult(_engine.Instance(_reference).Failures > 0 && _engine.Instance(_reference).IsAtRest)
        );
    }

    private async Task SweepUntilQuietAsync()
    {
        Assert.Equal(new SweepReport(1, 0, 0), await _world.SweepAsync());
        await _engine.RestAsync();
        Assert.Equal(SweepReport.Nothing, await _world.SweepAsync());
    }

    private Task RaiseAsync(string name = EscalationOrchestrator.StageOutcome) =>
        _engine.Client.RaiseEventAsync(_reference, name);

    private async Task<Case> CaseAsync() => (await _world.ReadAsync(_reference)).Case;

    private async Task<RecordOutcome> EscalateAsync(CaseWorld world)
    {
        var c = (await world.ReadAsync(_reference)).Case;
        var said = Commands.Outcome(
            Sample.Policy(c.Policy.Id),
            c,
            Outcomes.Escalate,
            Sample.Raising,
            UkTime.DayOf(world.Now)
        );
        return said with { Id = "escalate", Stage = c.Stage.Id };
    }

    /// <summary>The instance waits for the case's next wake, as its last step left it, and nothing else.</summary>
    private async Task AssertKeepsTheWakeAsync()
    {
        await _engine.RestAsync();
        Assert.Equal((await _world.ReadAsync(_reference)).NextWake, _engine.WakeOf(_reference));
    }
}
