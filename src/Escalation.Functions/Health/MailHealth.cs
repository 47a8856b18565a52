using Escalation.Functions.Mail;
using Escalation.Web.Emails;
using Escalation.Web.Health;

namespace Escalation.Functions.Health;

/// <summary>How email goes out, as this instance of the host knows it. Whether it arrives, its delivery reports say.</summary>
internal sealed class MailHealth(EmailSender sender, MailState state) : IHostHealth
{
    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(HealthWords.Mail(state.Outage, $"Through Azure Communication Services, from {sender.Address}"));
}
