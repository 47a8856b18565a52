using System.Text.RegularExpressions;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using MailKit.Net.Smtp;

namespace Escalation.Standalone.Smtp;

/// <summary>
/// What a mail server's refusal means for a notice, by the command that it answers, its reply code (RFC 5321) and its enhanced code
/// (RFC 3463). Final is only what is about this recipient: an address or a mailbox. Everything about the server, the sender, the sign-in,
/// rules, size or content of what is sent is the installation's.
/// </summary>
internal static partial class SmtpAnswers
{
    public static MailResult Of(SmtpCommandException e)
    {
        var (code, enhanced) = ((int)e.StatusCode, EnhancedCode().Match(e.Message));
        var subject = enhanced.Success ? $"{enhanced.Groups[1].Value}.{enhanced.Groups[2].Value}" : "";
        return code switch
        {
            530 or 534 or 535 or 538 or 454 => new MailResult.Down(MailFaults.SignIn),
            421 => new MailResult.Down(MailFaults.Busy),
            _ => e.ErrorCode switch
            {
                SmtpErrorCode.RecipientNotAccepted => OfRecipient(code, subject, e.Message),
                SmtpErrorCode.SenderNotAccepted => OfSender(code, subject),
                SmtpErrorCode.MessageNotAccepted => OfMessage(code, subject),
                _ => OfServer(code, subject),
            },
        };
    }

    private static MailResult OfRecipient(int code, string subject, string text)
    {
        if (code >= 500 && SpeaksOfRelaying(text))
            return new MailResult.Down(MailFaults.Relay);
        return (code, subject) switch
        {
            (_, "1.7" or "1.8") => new MailResult.Down(MailFaults.Sender),
            (>= 500, _) when IsMailbox(subject) => Mailbox(subject),
            (>= 400 and < 500, _)
                when subject.Length == 0 || IsMailbox(subject) || subject.StartsWith("7.", StringComparison.Ordinal) =>
                code == 452 && subject.Length == 0
                    ? new MailResult.Down(MailFaults.Quota)
                    : new MailResult.TryLater(RecipientFaults.MailboxBusy),
            (550 or 551 or 553 or 501 or 555, "") => new MailResult.Refused(RecipientFaults.Refused),
            (552, "") => new MailResult.Refused(RecipientFaults.MailboxFull),
            _ => OfServer(code, subject),
        };
    }

    private static MailResult OfSender(int code, string subject) =>
        (code, subject) switch
        {
            (_, "3.4") => new MailResult.Down(MailFaults.Size),
            (452 or 552, "") or (_, "2.2") or (_, "3.1") => new MailResult.Down(MailFaults.Quota),
            (>= 500 and <= 504, "") => new MailResult.Down(MailFaults.NotUnderstood),
            (>= 500, _) when subject.StartsWith("7.", StringComparison.Ordinal) => new MailResult.Down(
                MailFaults.Policy
            ),
            (>= 500, _) => new MailResult.Down(MailFaults.Sender),
            _ => OfServer(code, subject),
        };

    /// <summary>After the email itself: some servers look at the mailbox only then.</summary>
    private static MailResult OfMessage(int code, string subject) =>
        code >= 500 && subject != "2.3" && IsMailbox(subject) ? Mailbox(subject) : OfServer(code, subject);

    private static MailResult OfServer(int code, string subject) =>
        (code, subject) switch
        {
            (_, "3.4" or "2.3") => new MailResult.Down(MailFaults.Size),
            (452 or 552, _) or (_, "3.1") => new MailResult.Down(MailFaults.Quota),
            (>= 400 and < 500, "7.0" or "5.1" or "7.28") => new MailResult.Down(MailFaults.Throttled),
            (>= 400 and < 500, _) => new MailResult.Down(MailFaults.Busy),
            (>= 500 and <= 504, _) => new MailResult.Down(MailFaults.NotUnderstood),
            (>= 500, _) => new MailResult.Down(MailFaults.Policy),
            _ => new MailResult.Down(MailFaults.NotUnderstood),
        };

    /// <summary>RFC 3463: subject 1 is the address, but for 1.7 and 1.8, which are the sender's; subject 2 is the mailbox.</summary>
    private static bool IsMailbox(string subject) =>
        subject is not ("1.7" or "1.8") && subject is ['1' or '2', '.', ..];

    private static MailResult.Refused Mailbox(string subject) =>
        new(
            subject switch
            {
                "2.2" => RecipientFaults.MailboxFull,
                ['2', ..] => RecipientFaults.MailboxClosed,
                ['1', ..] => RecipientFaults.Refused,
                _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, "Not about a mailbox."),
            }
        );

    private static bool SpeaksOfRelaying(string text) => text.Contains("relay", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\s*[245]\.(\d{1,3})\.(\d{1,3})\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex EnhancedCode();
}
