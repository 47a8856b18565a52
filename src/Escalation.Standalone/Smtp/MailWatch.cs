using Escalation.Core.Notices;
using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;

namespace Escalation.Standalone.Smtp;

/// <summary>
/// Asks the mail server, or GOV.UK Notify, at start and every few minutes whether it would take email: an outage is known before the first
/// case needs it, and its end as soon as it is over.
/// </summary>
internal sealed class MailWatch(IMailer mailer, MailState state, TimeProvider clock) : BackgroundService
{
    public static TimeSpan Every { get; } = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Func<CancellationToken, Task<MailResult>>? check = mailer switch
        {
            SmtpMailer smtp => smtp.CheckAsync,
            NotifyMailer notify => notify.CheckAsync,
            _ => null,
        };
        if (check is null)
            return;
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            var result = await check(stoppingToken);
            await (
                result is MailResult.Down ? state.TellAsync(result, stoppingToken) : state.ReachedAsync(stoppingToken)
            );
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
