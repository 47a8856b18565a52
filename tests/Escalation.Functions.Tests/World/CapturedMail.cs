using Azure;
using Azure.Communication.Email;

namespace Escalation.Functions.Tests.World;

/// <summary>The mail client, captured where the package would go out to the network.</summary>
public sealed class CapturedMail : EmailClient
{
    public List<(EmailMessage Message, Guid Operation, WaitUntil Wait)> Sent { get; } = [];

    /// <summary>What sending answers with instead, while it is set.</summary>
    public Func<Exception>? Trouble { get; set; }
    public int Attempts { get; private set; }

    public override Task<EmailSendOperation> SendAsync(
        WaitUntil wait,
        EmailMessage message,
        Guid operationId,
        CancellationToken cancellationToken = default
    )
    {
        Attempts++;
        if (Trouble?.Invoke() is { } trouble)
            return Task.FromException<EmailSendOperation>(trouble);
        Sent.Add((message, operationId, wait));
        return Task.FromResult<EmailSendOperation>(new Accepted(operationId.ToString()));
    }

    private sealed class Accepted(string id) : EmailSendOperation
    {
        public override string Id => id;
    }
}
