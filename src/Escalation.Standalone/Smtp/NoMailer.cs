using Escalation.Core.Notices;

namespace Escalation.Standalone.Smtp;

/// <summary>Stands in until a mail server is set: every notice waits, and the host says that it is not ready.</summary>
public sealed class NoMailer : IMailer
{
    public const string Code = "mailNotConfigured";

    public Task<MailResult> SendAsync(Email email, CancellationToken cancel) => Task.FromResult<MailResult>(new MailResult.TryLater(Code));
}
