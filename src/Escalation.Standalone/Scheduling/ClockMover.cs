using Escalation.Core.Storage;
using Escalation.Standalone.Clocks;

namespace Escalation.Standalone.Scheduling;

/// <summary>
/// Lets time pass wake by wake: each is carried out, its emails sent, at its own instant, in order; retention once a day. Nothing else
/// happens meanwhile.
/// </summary>
public sealed class ClockMover(
    StandingClock clock,
    ClockGate gate,
    ICaseStore store,
    IRecords records,
    DueCases due,
    DailyMaintenance maintenance
)
{
    private const string Kind = "clock",
        Id = "now";

    /// <summary>Carries out what is due now, then moves to the instant. One at or before now moves nothing.</summary>
    public async Task MoveToAsync(DateTimeOffset target, CancellationToken cancel)
    {
        using var alone = await gate.EnterAloneAsync(cancel);
        await MoveAsync(target, cancel);
    }

    /// <summary>Moves to the earliest wake of any case; stays where there is none.</summary>
    public async Task MoveToNextWakeAsync(CancellationToken cancel)
    {
        using var alone = await gate.EnterAloneAsync(cancel);
        await due.DrainAsync(clock.GetUtcNow(), cancel);
        if (await store.EarliestAsync(cancel) is { } next)
            await MoveAsync(next, cancel);
    }

    /// <summary>The latest instant that this store has seen; null when it is new.</summary>
    public static async Task<DateTimeOffset?> LastInstantAsync(
        ICaseQueries queries,
        IRecords records,
        CancellationToken cancel
    )
    {
        DateTimeOffset? last = await records.ReadAsync(Kind, Id, cancel) is { } record
            ? DateTimeOffset.Parse(record.Body, System.Globalization.CultureInfo.InvariantCulture)
            : null;
        await foreach (var document in queries.ReadableAsync(new CaseScan(null), cancel))
        {
            var at = document.Case.LastAt;
            last = last is null || at > last ? at : last;
        }
        return last;
    }

    private async Task MoveAsync(DateTimeOffset target, CancellationToken cancel)
    {
        await due.DrainAsync(clock.GetUtcNow(), cancel);
        while (clock.GetUtcNow() is var now && now < target)
        {
            var tomorrow = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
            var next = Earliest(target, tomorrow, await store.EarliestAsync(cancel));
            clock.MoveTo(next);
            await due.DrainAsync(next, cancel);
            if (next == tomorrow)
                await maintenance.ForgetAsync(next, cancel);
        }
        await RememberAsync(cancel);
    }

    private static DateTimeOffset Earliest(DateTimeOffset target, DateTimeOffset tomorrow, DateTimeOffset? wake)
    {
        var next = target < tomorrow ? target : tomorrow;
        return wake < next ? wake.Value : next;
    }

    private async Task RememberAsync(CancellationToken cancel)
    {
        var before = await records.ReadAsync(Kind, Id, cancel);
        var now = clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        if (before?.Body != now)
            await records.WriteAsync(Kind, Id, now, before?.Version ?? 0, cancel);
    }
}
