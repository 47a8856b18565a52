using Azure.Core;

namespace Azure.Communication.Email;

public readonly struct EmailAddress(string address, string displayName)
{
    public EmailAddress(string address)
        : this(address, "") { }

    public string Address { get; } = address;

    public string DisplayName { get; } = displayName;
}

public class EmailAttachment(string name, string contentType, BinaryData content)
{
    public string Name { get; } = name;

    public string ContentType { get; } = contentType;

    public BinaryData Content { get; } = content;
}

public class EmailContent(string subject)
{
    public string Subject { get; } = subject;

    public string? PlainText { get; set; }

    public string? Html { get; set; }
}

public class EmailRecipients(IEnumerable<EmailAddress> to)
{
    public IList<EmailAddress> To { get; } = [.. to];
}

public class EmailMessage(string senderAddress, EmailRecipients recipients, EmailContent content)
{
    public string SenderAddress { get; } = senderAddress;

    public EmailRecipients Recipients { get; } = recipients;

    public EmailContent Content { get; } = content;

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IList<EmailAttachment> Attachments { get; } = [];

    public IList<EmailAddress> ReplyTo { get; } = [];

    public bool? UserEngagementTrackingDisabled { get; set; }
}

public class EmailSendResult
{
    internal EmailSendResult() { }
}

public class EmailSendOperation : Operation<EmailSendResult>
{
    protected EmailSendOperation() { }

    public override string Id => throw Absent.Package;

    public override bool HasCompleted => throw Absent.Package;

    public override bool HasValue => throw Absent.Package;

    public override EmailSendResult Value => throw Absent.Package;

    public override Response GetRawResponse() => throw Absent.Package;

    public override Response UpdateStatus(CancellationToken cancellationToken = default) => throw Absent.Package;

    public override ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) =>
        throw Absent.Package;
}

public class EmailClientOptions : ClientOptions
{
    public EmailClientOptions(ServiceVersion version = ServiceVersion.V2023_03_31) => _ = version;

    public enum ServiceVersion
    {
        V2023_03_31 = 3,
    }
}

public class EmailClient
{
    protected EmailClient() { }

    /// <summary>Made at start in any case, so it must not throw; sending does.</summary>
    public EmailClient(string connectionString, EmailClientOptions options) { }

    public EmailClient(Uri endpoint, TokenCredential credential, EmailClientOptions? options = null) { }

    public virtual Task<EmailSendOperation> SendAsync(
        WaitUntil wait,
        EmailMessage message,
        Guid operationId,
        CancellationToken cancellationToken = default
    ) => throw Absent.Package;
}
