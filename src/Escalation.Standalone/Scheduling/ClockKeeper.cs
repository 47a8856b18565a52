using Escalation.Standalone.Clocks;
using Escalation.Standalone.Storage;
using Escalation.Web.Emails;

namespace Escalation.Standalone.Scheduling;

/// <summary>
/// Looks at the clock while the host runs, and keeps the latest instant in the database. After a clock was set back, whatever was put off
/// by what it said before is looked at anew. A clock that stands still is its mover's.
/// </summary>
public sealed partial class ClockKeeper(
    ClockWatch watch,
    SqliteCaseStore store,
    StoreState state,
    Alarm alarm,
    TimeProvider clock,
    ILogger<ClockKeeper> log
) : BackgroundService
{
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);
    private readonly TaskCompletionSource _startedUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _noted;

    /// <summary>A jump back that a write failed to follow up is followed up at the next look.</summary>
    private bool _replans;

    /// <summary>To be called before anything is carried out.</summary>
    public async Task StartUpAsync(CancellationToken cancel)
    {
        try
        {
            if (
                clock is not StandingClock
                && await LatestInstant.ReadAsync(store, cancel) is { } latest
                && watch.Start(latest) is { } jump
            )
                await FollowAsync(jump, cancel);
        }
        finally
        {
            _startedUp.TrySetResult();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (clock is StandingClock)
            return;
        await _startedUp.Task.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                await state.FailedAsync(e, stoppingToken);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        if (watch.Look() is { } jump)
            await FollowAsync(jump, cancel);
        else if (_replans)
            await ReplanAsync(cancel);
        if (_noted is { } at && clock.GetElapsedTime(at) < NotedEvery)
            return;
        await state.ShowAsync(cancel);
        var (now, looked) = (clock.GetUtcNow(), clock.GetTimestamp());
        await LatestInstant.WriteAsync(store, now, lower: watch.Jump is null, cancel);
        _noted = looked;
    }

    private async Task FollowAsync(ClockJump jump, CancellationToken cancel)
    {
        LogJump(log, jump.IsBack ? "back" : "ahead", jump.From, jump.To);
        if (jump.IsBack)
            await ReplanAsync(cancel);
        alarm.Ring();
    }

    private async Task ReplanAsync(CancellationToken cancel)
    {
        _replans = true;
        await store.ReplanAsync(clock.GetUtcNow(), cancel);
        _replans = false;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The clock jumped {Way}, from {From:u} to {To:u}: look whether it is right. "
            + "What waited for an instant is looked at anew; "
            + "what was recorded meanwhile keeps the instants it was recorded with"
    )]
    private static partial void LogJump(ILogger log, string way, DateTimeOffset from, DateTimeOffset to);
}
