using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Functions.Mail;
using Escalation.Functions.Tests.World;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Functions.Tests.Engine;

/// <summary>What two Sandwell cases cost on the engine is what infra/costs-and-limits.md says. Every email has its report.</summary>
public sealed class CostSheetTests
{
    /// <summary>Columns of the sheet's first table.</summary>
    private const int Early = 3,
        Late = 4;

    private static readonly DateTimeOffset Opened = UkTime.At("2026-09-25 11:00");

    [Fact]
    public async Task A_case_agreed_at_the_first_stage_costs_what_the_sheet_says_and_a_third_less_than_with_a_wake_for_every_write()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var engine = await EngineHost.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");
        await ReportAsync(world, engine, reference);
        world.PassTo(UkTime.At("2026-09-25 15:00"));

        await AgreeAsync(world, engine, reference, Outcomes.Resolved, Sample.Receiving);

        AssertSheet(Early, await CountAsync(world, engine, reference));
        Assert.InRange(engine.Instance(reference).Events, 1, 183);
    }

    [Fact]
    public async Task A_case_that_nobody_answers_until_the_last_stage_is_missed_costs_what_the_sheet_says()
    {
        var end = await LastDeadlineAsync();
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var engine = await EngineHost.StartAsync(world);
        engine.Until = end;
        var reference = await world.OpenAsync("sandwell");
        await ReportAsync(world, engine, reference);
        world.PassTo(end.AddHours(4));

        await AgreeAsync(world, engine, reference, Outcomes.Decided, "sandwell");

        AssertSheet(Late, await CountAsync(world, engine, reference));
    }

    /// <summary>When the last stage is missed, if nobody says anything.</summary>
    private static async Task<DateTimeOffset> LastDeadlineAsync()
    {
        await using var machine = await CaseWorld.AtAsync("2026-09-25 11:00");
        machine.Hub.IsDown = true;
        var reference = await machine.OpenAsync("sandwell");
        await machine.UntilByItselfAsync(Opened.AddDays(60));
        var stage = (await machine.ReadAsync(reference)).Case.Stage;
        Assert.Equal(Sample.Policy("sandwell").Stages[^1].Id, stage.Id);
        return stage.Deadline!.At;
    }

    /// <summary>An outcome, confirmed where that is asked for, and all that comes after it by itself.</summary>
    private static async Task AgreeAsync(
        CaseWorld world,
        EngineHost engine,
        string reference,
        string outcome,
        string by
    )
    {
        var c = (await world.ReadAsync(reference)).Case;
        var said = Commands.Outcome(Sample.Policy("sandwell"), c, outcome, by, UkTime.DayOf(world.Now));
        if (outcome == Outcomes.Decided)
            engine.Until = DateTimeOffset.MaxValue;
        Assert.IsType<Handled.Done>(await world.DoAsync(reference, said with { Id = "outcome", Stage = c.Stage.Id }));
        if ((await world.ReadAsync(reference)).Case.Status == CaseStatus.AwaitingConfirmation)
        {
            await engine.RestAsync();
            engine.Until = DateTimeOffset.MaxValue;
            var confirmed = Commands.Confirm(Sample.Raising) with { Id = "confirm", Stage = c.Stage.Id };
            Assert.IsType<Handled.Done>(await world.DoAsync(reference, confirmed));
        }
        await ReportAsync(world, engine, reference);
        Assert.False((await world.ReadAsync(reference)).Case.IsOpen);
        Assert.True(engine.Instance(reference).IsFinished);
    }

    /// <summary>Once nothing moves any more, a report comes for every email sent so far. None of them wakes the instance.</summary>
    private static async Task ReportAsync(CaseWorld world, EngineHost engine, string reference)
    {
        await engine.RestAsync();
        var events = engine.Instance(reference).Events;
        foreach (var sent in (await world.ReadAsync(reference)).Case.Notices.Where(n => n.Status == NoticeState.Sent))
        {
            var report = new DeliveryEvent(
                DeliveryEvent.Report,
                world.Now,
                new DeliveryData(null, sent.Operation, "Delivered")
            );
            var reports = world.Get<DeliveryReports>();
            Assert.True(await world.RequestAsync(() => reports.RecordAsync(report, world.Now, CancellationToken.None)));
        }
        await engine.RestAsync();
        Assert.Equal(events, engine.Instance(reference).Events);
    }

    private static async Task<Dictionary<string, string>> CountAsync(
        CaseWorld world,
        EngineHost engine,
        string reference
    )
    {
        var i = engine.Instance(reference);
        var (sends, advances, timers) = (i.Sends, i.Advances, i.Timers + engine.FurtherParts);
        var document = (await world.Sqlite.ReadAsync(reference, CancellationToken.None))!.Document.Length;
        Assert.Equal(world.Mail.Sent.Count, sends);
        var (reads, writes, mean) = (
            world.Store.Reads,
            world.Store.Writes,
            world.Store.BytesWritten / world.Store.Writes / 1024.0
        );
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["N"] = Text(sends),
            ["X"] = Text(i.Raised),
            ["A"] = Text(advances),
            ["T"] = Text(timers),
            ["orchestration events"] = Text(i.Events + (4 * engine.FurtherParts)),
            ["generations"] = Text(i.Generations),
            ["queue operations"] = Text((6 * (advances + sends)) + (3 * (timers + i.Raised))),
            ["table operations"] = Text((3 * (advances + sends)) + (3 * (timers + i.Raised))),
            ["function runs"] = Text((2 * (advances + sends)) + timers + i.Raised + sends + 2),
            ["document at the end"] = string.Create(
                CultureInfo.InvariantCulture,
                $"{document / 1024.0:0} KB ({mean:0})"
            ),
            ["reads; writes"] = $"{Text(reads)}; {Text(writes)}",
        };
    }

    private static void AssertSheet(int column, Dictionary<string, string> counted)
    {
        var rows = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "costs-and-limits.md"))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        var sheet = counted.Keys.ToDictionary(
            k => k,
            k => rows.First(row => row[1].StartsWith(k, StringComparison.Ordinal))[column]
        );
        var differing = counted
            .Where(c => c.Value != sheet[c.Key])
            .Select(c => $"{c.Key}: {c.Value}, not {sheet[c.Key]}");
        Assert.True(
            counted.SequenceEqual(sheet),
            $"The engine counts otherwise than the sheet:\n{string.Join('\n', differing)}"
        );
    }

    private static string Text(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
