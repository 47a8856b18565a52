using Escalation.Standalone.Clocks;

namespace Escalation.Standalone.Scheduling;

/// <summary>Runs the upkeep once a day of a clock that runs by itself. The start does the first; a clock that is moved does its own.</summary>
public sealed partial class DailyUpkeep(Upkeep upkeep, ClockGate gate, TimeProvider clock, ILogger<DailyUpkeep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (clock is StandingClock)
            return;
        using var day = new PeriodicTimer(TimeSpan.FromDays(1), clock);
        while (await day.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                using (await gate.EnterAsync(stoppingToken))
                {
                    await upkeep.ApplyCalendarAsync(clock.GetUtcNow(), stoppingToken);
                    await upkeep.ForgetAsync(clock.GetUtcNow(), stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The daily upkeep failed ({Exception}); it is tried again tomorrow and at the next start")]
    private static partial void LogFailed(ILogger log, string exception);
}
