using Escalation.Bench.Demo;
using Escalation.Core.Cases;
using Scheduler = Escalation.Standalone.Scheduling.DueCases;

namespace Escalation.Bench.DueCases;

/// <summary>The scheduler's way: due cases in batches, several advanced at once, each in one conditional write.</summary>
internal static class ProductRun
{
    public const int Batch = Scheduler.Batch, AtOnce = Scheduler.AtATime;

    /// <returns>Seconds from the deadline's coming until the last case is committed in its next stage.</returns>
    public static async Task<double> RunAsync(string folder, int cases)
    {
        await using var installation = await Installation.OpenAsync(folder);
        var now = DueTemplate.Deadline.AddMilliseconds(5);
        var seconds = await Rounds.TimeAsync(() => AdvanceAllAsync(installation, now));
        var escalated = Workspace.Count(Workspace.DatabaseIn(folder), "SELECT COUNT(*) FROM cases WHERE stage = '1' AND queued > 0");
        return escalated == cases ? seconds : throw new InvalidOperationException($"{escalated} of {cases} cases were escalated.");
    }

    private static async Task AdvanceAllAsync(Installation installation, DateTimeOffset now)
    {
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        while (await installation.Store.EarliestAsync(CancellationToken.None) <= DueTemplate.Deadline)
        {
            var due = await installation.Store.DueAsync(DueTemplate.Deadline, Batch, CancellationToken.None);
            await Parallel.ForEachAsync(due, limit, async (stored, cancel) => await installation.Cases.AdvanceAsync(stored.Reference, stored, now, now.AddMinutes(5), cancel));
        }
    }
}
