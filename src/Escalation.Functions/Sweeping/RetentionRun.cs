using Escalation.Core.Storage;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Telemetry;
using Escalation.Web.Forms;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Escalation.Functions.Sweeping;

/// <summary>
/// Removes personal data whose time has come, drafts of forms whose time is over, and instances that finished long ago. An instance
/// holds no personal data. Run twice it does
/// nothing more.
/// </summary>
public sealed partial class RetentionRun(
    ICaseStore store,
    CaseHandler handler,
    Drafts drafts,
    TimeProvider time,
    Meters meters,
    ILogger<RetentionRun> log
)
{
    public static TimeSpan InstancesKept { get; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Each of the two: well below the ten minutes that a function may take. What is left is the next night's, and the log says so.
    /// </summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    /// <summary>Returns how many cases were rid of personal data. One that fails is passed over until the next run.</summary>
    public async Task<int> RunAsync(DurableTaskClient client, CancellationToken cancel)
    {
        var (now, started) = (time.GetUtcNow(), time.GetTimestamp());
        var forgotten = await new PersonalDataRemoval(store, handler).RunAsync(
            now,
            () => time.GetElapsedTime(started) < LongestRun,
            (reference, e) => LogFailed(log, reference, e.GetType().Name),
            cancel
        );
        await drafts.ClearAsync(cancel);
        meters.Forgotten(forgotten);
        if (time.GetElapsedTime(started) >= LongestRun)
            LogLeft(log, forgotten);
        var (purged, all) = await client.PurgeAsync(now - InstancesKept, LongestRun, time, cancel);
        LogDone(log, forgotten, purged);
        if (!all)
            LogInstancesLeft(log);
        return forgotten;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Retention: personal data of {Cases} cases removed, {Instances} finished instances purged"
    )]
    private static partial void LogDone(ILogger log, int cases, int instances);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Retention: personal data of {Cases} cases removed, and the time of a run was over; what is left is the next night's"
    )]
    private static partial void LogLeft(ILogger log, int cases);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Retention: the time for purging finished instances was over; what is left is the next night's"
    )]
    private static partial void LogInstancesLeft(ILogger log);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Case {Reference}: retention failed ({Exception}); tried again at the next run"
    )]
    private static partial void LogFailed(ILogger log, string reference, string exception);
}
