using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Web.Health;

namespace Escalation.Standalone.Smtp;

/// <summary>Stands in until a mail server is set: every notice waits, and the host says that it is not ready.</summary>
public sealed class NoMailer : IMailer
{
    public Task<MailResult> SendAsync(Email email, CancellationToken cancel) =>
        Task.FromResult<MailResult>(new MailResult.Down(MailFaults.NotConfigured));
}

/// <summary>Says so from the start, before there was anything to send.</summary>
internal sealed class MailSetProbe(IMailer mailer) : IReadinessProbe
{
    public Task<string?> FaultAsync(CancellationToken cancel) =>
        Task.FromResult(
            mailer is NoMailer
                ? $"No mail server is set: every notice waits with the code {MailFaults.NotConfigured}."
                : null
        );
}
