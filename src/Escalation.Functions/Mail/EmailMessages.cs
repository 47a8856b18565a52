using Azure.Communication.Email;
using Escalation.Core.Notices;

namespace Escalation.Functions.Mail;

internal static class EmailMessages
{
    /// <summary>With open and click tracking off: nobody's reading is watched, and links stay as they were signed.</summary>
    public static EmailMessage Of(Email email, string sender)
    {
        var recipients = new EmailRecipients([new EmailAddress(email.ToAddress, email.ToName)]);
        var message = new EmailMessage(
            sender,
            recipients,
            new EmailContent(email.Subject) { PlainText = email.Text, Html = email.Html }
        )
        {
            UserEngagementTrackingDisabled = true,
        };
        if (email.ReplyTo is { } replyTo)
            message.ReplyTo.Add(new EmailAddress(replyTo));
        if (email.Calendar is { } calendar)
            message.Attachments.Add(
                new EmailAttachment(
                    "deadline.ics",
                    $"text/calendar; charset=utf-8; method={calendar.Method}",
                    BinaryData.FromString(calendar.Content)
                )
            );
        return message;
    }
}
