using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Standalone.Outbox;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Smtp;
using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;

namespace Escalation.Standalone.Health;

/// <summary>How email goes out.</summary>
internal sealed class MailHealth(IMailer mailer, MailState state, HostSettings settings) : IHostHealth
{
    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(
            mailer switch
            {
                OutboxMailer => new HealthLine(
                    HealthWords.Sending,
                    HealthState.Well,
                    "A demonstration: emails go to the outbox and to nobody"
                ),
                NoMailer => new(
                    HealthWords.Sending,
                    HealthState.Act,
                    $"No mail server is set: every notice waits with the code {MailFaults.NotConfigured}, and the host is not ready",
                    "Set ESCALATION_SMTP__HOST or ESCALATION_NOTIFY__KEY and start the host again. What waits is sent then."
                ),
                NotifyMailer notify => NotifyHealth.Line(notify, settings.Notify!, state.Outage),
                SmtpMailer => HealthWords.Mail(
                    state.Outage,
                    $"Through {settings.Smtp}. What is returned later, after the mail server took it, is not seen: "
                        + $"it goes to {settings.Smtp!.From.Address}"
                ),
                _ => throw new InvalidOperationException($"No words for {mailer.GetType().Name}."),
            }
        );
}
