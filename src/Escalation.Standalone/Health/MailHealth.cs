using Escalation.Core.Notices;
using Escalation.Standalone.Hosting;
using Escalation.Standalone.Outbox;
using Escalation.Standalone.Smtp;
using Escalation.Web.Health;

namespace Escalation.Standalone.Health;

/// <summary>How email goes out.</summary>
internal sealed class MailHealth(IMailer mailer, HostSettings settings) : IHostHealth
{
    private const string What = "Sending email";

    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) => Task.FromResult(mailer switch
    {
        OutboxMailer => new HealthLine(What, HealthState.Well, "A demonstration: emails go to the outbox and to nobody"),
        NoMailer => new(What, HealthState.Act, $"No mail server is set: every notice waits with the code {NoMailer.Code}, and the host is not ready", "Set ESCALATION_SMTP__HOST and start the host again. What waits is sent then; after three days it fails."),
        _ => new(What, HealthState.Well, $"Through {settings.Smtp}"),
    });
}
