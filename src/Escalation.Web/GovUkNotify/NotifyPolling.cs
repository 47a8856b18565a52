using Microsoft.Extensions.Hosting;

namespace Escalation.Web.GovUkNotify;

/// <summary>Asks Notify at start and every few minutes what became of its emails; see <see cref="NotifyReports.PollAsync"/>.</summary>
internal sealed class NotifyPolling(NotifyReports reports, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await reports.PollAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
