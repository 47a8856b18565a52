using Escalation.Core.Storage;
using Escalation.Standalone.Clocks;
using Escalation.Web.Emails;

namespace Escalation.Standalone.Scheduling;

/// <summary>
/// Keeps the next wake of every case: sleeps until the earliest, at most a minute, or until it is woken, and has due cases carried out. It
/// passes the clock's gate like a request, so that nothing is carried out while the clock is being moved.
/// </summary>
public sealed partial class Scheduler(
    ICaseStore store,
    StoreState state,
    DueCases due,
    Alarm alarm,
    ClockGate gate,
    TimeProvider clock,
    ILogger<Scheduler> log
) : BackgroundService
{
    public static TimeSpan LongestSleep { get; } = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (state.Outage is not null)
                    await state.ShowAsync(stoppingToken);
                alarm.Set(clock.GetUtcNow() + LongestSleep);
                using (await gate.EnterAsync(stoppingToken))
                    await due.AdvanceAsync(clock.GetUtcNow(), stoppingToken);
                await SleepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                await state.FailedAsync(e, stoppingToken);
                if (state.Outage is null)
                    LogFailed(log, e.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(5), stoppingToken);
            }
        }
    }

    private async Task SleepAsync(CancellationToken cancel)
    {
        var wait = LongestSleep;
        if (
            await store.EarliestAsync(cancel) is { } earliest
            && earliest - clock.GetUtcNow() is var left
            && left < wait
        )
            wait = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        // A clock that stands still never reaches the earliest wake: only its mover, or a ring, brings work.
        await alarm.WaitAsync(clock is StandingClock && wait > TimeSpan.Zero ? LongestSleep : wait, cancel);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The scheduler could not go on ({Exception}); it tries again in a few seconds"
    )]
    private static partial void LogFailed(ILogger log, string exception);
}
