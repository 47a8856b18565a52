using Escalation.Standalone.Clocks;

namespace Escalation.Standalone.Scheduling;

/// <summary>
/// The maintenance, once a day of a clock that runs by itself. The start does the first; a clock that is moved does its
/// own. At the start and once a day it looks whether every case can be read.
/// </summary>
public sealed partial class DailyMaintenanceService(
    DailyMaintenance maintenance,
    UnreadableCases unreadable,
    ClockGate gate,
    TimeProvider clock,
    ILogger<DailyMaintenanceService> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (clock is StandingClock)
            return;
        await TryAsync(unreadable.LookAsync, stoppingToken);
        using var day = new PeriodicTimer(TimeSpan.FromDays(1), clock);
        while (await day.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(cancel => maintenance.ApplyCalendarAsync(clock.GetUtcNow(), cancel), stoppingToken);
            await TryAsync(cancel => maintenance.ForgetAsync(clock.GetUtcNow(), cancel), stoppingToken);
            await TryAsync(unreadable.LookAsync, stoppingToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancel)
    {
        try
        {
            using (await gate.EnterAsync(cancel))
                await step(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogFailed(log, e.GetType().Name);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A part of the daily upkeep failed ({Exception}); it is tried again tomorrow and at the next start"
    )]
    private static partial void LogFailed(ILogger log, string exception);
}
