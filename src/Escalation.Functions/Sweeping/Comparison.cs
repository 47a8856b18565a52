using Escalation.Core.Storage;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Telemetry;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Escalation.Functions.Sweeping;

/// <summary>
/// Compares every case with its instance, and tells or starts those that differ: a wake that nobody keeps is found before it is missed.
/// Ended cases too, which may have duties; one whose next wake is null needs no instance, and is told so that one left over ends. A pass
/// over all cases begins once a night and takes as many runs as it needs; each goes on where the one before stopped, or was cut off. Two
/// at once do no harm.
/// </summary>
public sealed partial class Comparison(
    ICaseQueries queries,
    IRecords records,
    TimeProvider time,
    Meters meters,
    ILogger<Comparison> log
)
{
    /// <summary>After so many cases the place is written down: a run that is cut off leaves no more than these to be done again.</summary>
    public const int Stretch = 100;

    /// <summary>Well below the ten minutes that a function may take. What is left is the next run's.</summary>
    public static TimeSpan LongestRun { get; } = TimeSpan.FromMinutes(4);

    /// <summary>
    /// Goes on with the present pass, or begins tonight's; where that one has ended, nothing is done. Returns it as it stands then.
    /// </summary>
    public async Task<ComparisonPass> RunAsync(DurableTaskClient client, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var (latest, version) = await ComparisonPass.ReadAsync(records, cancel);
        if (latest is { Ended: not null } && !latest.IsOfEarlierNight(time.GetUtcNow()))
            return latest;
        var pass = latest is { Ended: null } ? latest : new ComparisonPass(time.GetUtcNow());
        await foreach (var stored in queries.ScanAsync(new CaseScan(null, pass.Raised), cancel))
        {
            var before = pass;
            pass = await CompareAsync(client, stored, before, cancel);
            var isOver = time.GetElapsedTime(started) >= LongestRun;
            var isStretch = pass.Compared != before.Compared && pass.Compared % Stretch == 0;
            if (!isOver && !isStretch)
                continue;
            // Where another run has written since, it goes on from there.
            var isWritten = await pass.WriteAsync(records, version, cancel);
            if (isOver || !isWritten)
                return Stopped(pass);
            version++;
        }
        pass = pass with { Ended = time.GetUtcNow() };
        await pass.WriteAsync(records, version, cancel);
        LogEnded(log, pass.Compared, pass.Mended, pass.Failed);
        return pass;
    }

    /// <summary>The pass as it is left for the next run; not silently, where a night was not enough for it.</summary>
    private ComparisonPass Stopped(ComparisonPass pass)
    {
        if (pass.IsOfEarlierNight(time.GetUtcNow()))
            LogLate(log, pass.Began, pass.Compared);
        return pass;
    }

    /// <summary>The pass once it has come past the case, whose instance keeps its next wake then.</summary>
    /// <exception cref="TimeoutException">
    /// The task hub does not answer, or another exception of its client: the pass goes no further.
    /// </exception>
    private async Task<ComparisonPass> CompareAsync(
        DurableTaskClient client,
        StoredCase stored,
        ComparisonPass pass,
        CancellationToken cancel
    )
    {
        var after = pass with { Compared = pass.Compared + 1 };
        try
        {
            var document = DocumentFormat.Read(stored);
            var raised = document.Case.RaisedAt;
            if (pass.IsPast(raised, stored.Reference))
                return pass;
            after = after with { Raised = raised, Reference = stored.Reference };
            var differed = await MendAsync(client, stored.Reference, document.NextWake, cancel);
            return differed ? after with { Mended = after.Mended + 1 } : after;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // One bad case keeps nobody from being compared; but where the hub answers nobody, no case is passed over for that.
            await client.FindAsync("health", time, cancel);
            LogFailed(log, stored.Reference, e.GetType().Name);
            return after with { Failed = after.Failed + 1 };
        }
    }

    /// <summary>True when its instance differed.</summary>
    private async Task<bool> MendAsync(
        DurableTaskClient client,
        string reference,
        DateTimeOffset? wake,
        CancellationToken cancel
    )
    {
        var found = await client.FindAsync(reference, time, cancel);
        var runs = found is (OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending, _, _);
        // One that has no status yet begins by reading the case; one whose status is none of ours is told.
        var keepsTheWake = runs && (!found!.Value.HasStatus || found.Value.Watch?.NextWake == wake);
        if (wake is null ? !runs : keepsTheWake)
            return false;
        await client.TellAsync(reference, wake, time, cancel);
        meters.Mended(1);
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The comparison has ended: {Compared} cases, {Mended} of them mended, {Failed} not compared"
    )]
    private static partial void LogEnded(ILogger log, int compared, int mended, int failed);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The comparison that began at {Began:u} has not ended in a night: {Compared} cases so far. It goes on"
    )]
    private static partial void LogLate(ILogger log, DateTimeOffset began, int compared);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Case {Reference} could not be compared with its orchestration ({Exception})"
    )]
    private static partial void LogFailed(ILogger log, string reference, string exception);
}
