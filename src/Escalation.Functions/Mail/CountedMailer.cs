using Escalation.Core.Notices;
using Escalation.Functions.Telemetry;

namespace Escalation.Functions.Mail;

/// <summary>A mailer that both hosts have, with its attempts counted as this one counts them.</summary>
internal sealed class CountedMailer(IMailer mailer, Meters meters) : IMailer
{
    public async Task<MailResult> SendAsync(Email email, CancellationToken cancel)
    {
        var result = await mailer.SendAsync(email, cancel);
        meters.Tried(result);
        return result;
    }
}
