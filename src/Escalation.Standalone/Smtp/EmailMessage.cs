using System.Net.Mail;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Escalation.Core.Notices;

namespace Escalation.Standalone.Smtp;

/// <summary>An email as the mail library wants it: text, HTML and calendar entry as alternatives.</summary>
internal static class EmailMessage
{
    /// <summary>The same for every attempt at the same notice, so that a mailbox can tell a repeat; gives nothing of the key away.</summary>
    public static string IdOf(string key, string domain) => $"<{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40]}@{domain}>";

    /// <exception cref="FormatException">An address is none.</exception>
    public static MailMessage Of(Email email, string from)
    {
        var sender = new MailAddress(from);
        var message = new MailMessage(sender, new MailAddress(email.ToAddress, email.ToName, Encoding.UTF8))
        {
            Subject = email.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers["Message-ID"] = IdOf(email.Key, sender.Host);
        message.Headers["Auto-Submitted"] = "auto-generated";
        if (email.ReplyTo is { } replyTo)
            message.ReplyToList.Add(new MailAddress(replyTo));
        message.AlternateViews.Add(View(email.Text, MediaTypeNames.Text.Plain, null));
        message.AlternateViews.Add(View(email.Html, MediaTypeNames.Text.Html, null));
        if (email.Calendar is { } calendar)
            message.AlternateViews.Add(View(calendar.Content, "text/calendar", calendar.Method));
        return message;
    }

    private static AlternateView View(string content, string type, string? method)
    {
        var contentType = new ContentType(type) { CharSet = "utf-8" };
        if (method is not null)
            contentType.Parameters.Add("method", method);
        var view = AlternateView.CreateAlternateViewFromString(content, contentType);
        view.TransferEncoding = TransferEncoding.Base64;
        return view;
    }
}
