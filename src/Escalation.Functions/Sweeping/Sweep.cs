using Escalation.Core.Storage;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Telemetry;
using Escalation.Web.Emails;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Escalation.Functions.Sweeping;

/// <summary>
/// Takes up what the orchestrations let lie: cases whose wake is more than <see cref="Grace"/> past. Each is carried on
/// here, then its instance is told, or started. Run every <see cref="Every"/>, it mends a case within ten minutes of
/// its wake. Run twice it does nothing more.
/// </summary>
public sealed partial class Sweep(
    ICaseStore store,
    ICaseQueries queries,
    CaseHandler handler,
    NoticeSender sender,
    TimeProvider time,
    Meters meters,
    ILogger<Sweep> log
)
{
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(5);
    public static TimeSpan Every { get; } = TimeSpan.FromMinutes(5);

    /// <summary>What is left is taken up by the next run.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    public async Task<SweepReport> RunAsync(DurableTaskClient client, CancellationToken cancel)
    {
        var (report, started) = (new SweepReport(0, 0, 0), time.GetTimestamp());
        await foreach (var stored in store.DueAsync(time.GetUtcNow() - Grace, cancel))
        {
            report += await MendAsync(client, stored, cancel);
            if (time.GetElapsedTime(started) >= LongestRun)
                break;
        }
        meters.Mended(report.Mended);
        meters.Counted(await queries.CountsAsync(null, time.GetUtcNow() - Grace, cancel));
        if (report != SweepReport.Nothing)
            LogSwept(log, report.Mended, report.Untold, report.Failed);
        return report;
    }

    private async Task<SweepReport> MendAsync(DurableTaskClient client, StoredCase stored, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        try
        {
            // Read anew: the walk may have read it minutes ago, and its instance may have sent since.
            if (
                await handler.AdvanceAsync(stored.Reference, null, now, cancel)
                is not Handled.Done { Document: var document }
            )
                return await PutOffAsync(stored, "Refused", cancel);
            var told = await TellAsync(client, document, cancel);
            // An instance that was told sends what is due; where none can be told, mail must not wait for it.
            if (!told)
                await sender.SendDueAsync(document, now, cancel);
            await LeaveAloneAsync(stored, now, cancel);
            return new SweepReport(1, told ? 0 : 1, 0);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return await PutOffAsync(stored, e.GetType().Name, cancel);
        }
    }

    private async Task<bool> TellAsync(DurableTaskClient client, CaseDocument document, CancellationToken cancel)
    {
        try
        {
            await client.TellAsync(document.Case.Reference, document.NextWake, time, cancel);
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            meters.SignalLost();
            LogUntold(log, document.Case.Reference, e.GetType().Name);
            return false;
        }
    }

    /// <summary>A case that is still due is its instance's for now, and the next run's if that comes to nothing.</summary>
    private async Task LeaveAloneAsync(StoredCase stored, DateTimeOffset now, CancellationToken cancel)
    {
        if (
            await handler.ReadAsync(stored.Reference, cancel) is { } present
            && (present.Version == stored.Version || present.NextWake <= now - Grace)
        )
            await store.DeferAsync(
                stored.Reference,
                present.Version,
                present.NextWake > now ? present.NextWake.Value : now,
                0,
                cancel
            );
    }

    /// <summary>One bad case keeps nobody waiting: 5, 10, 20, … minutes, at most an hour.</summary>
    private async Task<SweepReport> PutOffAsync(StoredCase stored, string why, CancellationToken cancel)
    {
        var failures = stored.Failures + 1;
        LogFailed(log, stored.Reference, why, failures);
        var wait = TimeSpan.FromMinutes(Math.Min(60, 5 * Math.Pow(2, Math.Min(failures, 10) - 1)));
        await store.DeferAsync(stored.Reference, stored.Version, time.GetUtcNow() + wait, failures, cancel);
        return new SweepReport(0, 0, 1);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The sweep mended {Mended} cases, {Untold} of them without reaching their orchestration; {Failed} failed"
    )]
    private static partial void LogSwept(ILogger log, int mended, int untold, int failed);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Case {Reference}: its orchestration could not be told ({Exception})"
    )]
    private static partial void LogUntold(ILogger log, string reference, string exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Case {Reference} could not be advanced by the sweep ({Why}), {Failures} times in a row"
    )]
    private static partial void LogFailed(ILogger log, string reference, string why, int failures);
}

/// <param name="Mended">Cases carried on, whose instance was told or started.</param>
/// <param name="Untold">Of these, cases whose instance could not be reached: their due notices were tried here.</param>
/// <param name="Failed">Cases that could not be carried on: put off.</param>
public sealed record SweepReport(int Mended, int Untold, int Failed)
{
    public static SweepReport Nothing { get; } = new(0, 0, 0);

    public static SweepReport operator +(SweepReport a, SweepReport b) =>
        new(a.Mended + b.Mended, a.Untold + b.Untold, a.Failed + b.Failed);
}
