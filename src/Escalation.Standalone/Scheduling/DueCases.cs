using Escalation.Core.Storage;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Scheduling;

/// <summary>
/// Carries out what is due, case by case. A case that fails is put off by itself, longer each time, so that it keeps
/// nobody waiting. Run twice, at once or later, it does nothing more.
/// </summary>
public sealed partial class DueCases(
    ICaseStore store,
    CaseHandler handler,
    SendQueue sends,
    UnreadableCases unreadable,
    ILogger<DueCases> log
)
{
    /// <summary>So many at a time that their writes share commits, and so few that what they hold in memory is little.</summary>
    public const int AtATime = 1024;

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>
    /// Advances every case that is due, and hands those with notices due to the senders. Waits for no send. Returns how many were looked
    /// at.
    /// </summary>
    public async Task<int> AdvanceAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var looked = 0;
            var limit = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancel };
            await Parallel.ForEachAsync(
                store.DueAsync(now, cancel),
                limit,
                async (stored, token) =>
                {
                    await AdvanceAsync(stored, now, token);
                    Interlocked.Increment(ref looked);
                }
            );
            return looked;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Advances, and tries all mail due, what others handed over meanwhile too, until nothing is due at this instant.</summary>
    public async Task DrainAsync(DateTimeOffset now, CancellationToken cancel)
    {
        bool worked;
        do
        {
            var looked = await AdvanceAsync(now, cancel);
            worked = await sends.IdleAsync(cancel) || looked > 0;
        } while (worked);
    }

    private async Task AdvanceAsync(StoredCase stored, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            if (
                await handler.AdvanceAsync(stored.Reference, stored, now, now + RetryDelays.Sending, cancel)
                is not { } left
            )
                return;
            var asBefore = left.Version == stored.Version;
            if (left.IsRefused)
            {
                await PutOffAsync(stored, "Refused", now, cancel);
            }
            else if (left.ToSend)
            {
                var next = RetryDelays.NotPast(left.NextWake, now, now + RetryDelays.Sending);
                if (asBefore)
                    await store.DeferAsync(stored.Reference, left.Version, next, 0, cancel);
                sends.HandOver(stored.Reference);
            }
            else if (left.NextWake <= now)
            {
                await PutOffAsync(stored with { Version = left.Version }, "NothingToCarryOut", now, cancel);
            }
            else if (asBefore)
            {
                await store.DeferAsync(
                    stored.Reference,
                    left.Version,
                    left.NextWake ?? DateTimeOffset.MaxValue,
                    0,
                    cancel
                );
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            unreadable.Failed(stored.Reference, e);
            await PutOffAsync(stored, e.GetType().Name, now, cancel);
        }
    }

    private async Task PutOffAsync(StoredCase stored, string why, DateTimeOffset now, CancellationToken cancel)
    {
        var failures = stored.Failures + 1;
        var wait = RetryDelays.AfterFailure(failures);
        // First, and only then a line of its own: where the store takes no writes, every case that is due comes here.
        await store.DeferAsync(stored.Reference, stored.Version, now + wait, failures, cancel);
        LogFailed(log, stored.Reference, why, failures, wait.TotalMinutes);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Case {Reference} could not be advanced ({Why}), {Failures} times in a row; next try in {Minutes} minutes"
    )]
    private static partial void LogFailed(ILogger log, string reference, string why, int failures, double minutes);
}
