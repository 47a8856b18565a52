using System.Security.Cryptography;
using System.Text;
using Escalation.Core.Notices;
using MimeKit;

namespace Escalation.Standalone.Smtp;

/// <summary>An email as it goes over the wire: text, HTML and calendar entry as alternatives.</summary>
internal static class EmailMessage
{
    /// <summary>
    /// The same for every attempt at the same notice, so that a mailbox can tell a repeat; gives nothing of the key
    /// away.
    /// </summary>
    public static string IdOf(string key, string domain) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40]}@{domain}";

    /// <exception cref="ParseException">The recipient's address is none.</exception>
    public static MimeMessage Of(Email email, MailboxAddress from)
    {
        var message = new MimeMessage { Subject = email.Subject, MessageId = IdOf(email.Key, from.Domain) };
        message.From.Add(from);
        message.To.Add(Named(email.ToName, email.ToAddress));
        if (email.ReplyTo is { } replyTo)
            message.ReplyTo.Add(Named("", replyTo));
        // RFC 3834, and what Exchange looks at: nobody's absence note answers, and delivery reports still come.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "OOF, AutoReply");
        var parts = new MultipartAlternative { Part("plain", email.Text, null), Part("html", email.Html, null) };
        if (email.Calendar is { } calendar)
            parts.Add(Part("calendar", calendar.Content, calendar.Method));
        message.Body = parts;
        return message;
    }

    /// <summary>True when the address itself, not its domain, needs SMTPUTF8.</summary>
    public static bool NeedsUtf8(string address) =>
        !Ascii.IsValid(address.AsSpan(0, Math.Max(0, address.LastIndexOf('@'))));

    private static MailboxAddress Named(string name, string address) => new(Encoding.UTF8, name, AddressOf(address));

    /// <summary>An address and nothing else: no name, no comment.</summary>
    private static string AddressOf(string text) =>
        MailboxAddress.Parse(text) is { Address: var address } && address == text
            ? address
            : throw new ParseException("More than an address.", 0, 0);

    private static TextPart Part(string subtype, string content, string? method)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.Base64 };
        part.SetText(Encoding.UTF8, content);
        if (method is not null)
            part.ContentType.Parameters.Add("method", method);
        return part;
    }
}
