using Escalation.Functions.Mail;
using Escalation.Web.Health;

namespace Escalation.Functions.Health;

/// <summary>How email goes out. Whether it arrives, its delivery reports say.</summary>
internal sealed class MailHealth(EmailSender sender) : IHostHealth
{
    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) => Task.FromResult(
        new HealthLine("Sending email", HealthState.Well, $"Through Azure Communication Services, from {sender.Address}"));
}
