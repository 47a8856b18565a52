using System.Globalization;
using Azure;
using Escalation.Core.Notices;

namespace Escalation.Functions.Mail;

/// <summary>What an answer of Communication Services means for a notice. What is wrong with the installation is worth another try; what is wrong with the email is not.</summary>
internal static class Refusals
{
    public static MailResult Of(RequestFailedException e, DateTimeOffset now) => e.Status switch
    {
        0 => new MailResult.TryLater("unreachable", After(e, now)),
        401 or 403 => new MailResult.TryLater("signInRefused", After(e, now)),
        404 => new MailResult.TryLater("senderUnknown", After(e, now)),
        408 => new MailResult.TryLater("timeout", After(e, now)),
        429 => new MailResult.TryLater("throttled", After(e, now)),
        >= 500 => new MailResult.TryLater("busy", After(e, now)),
        413 => new MailResult.Refused("tooLarge"),
        _ when e.ErrorCode == "EmailDroppedAllRecipientsSuppressed" => new MailResult.Refused("suppressed"),
        _ => new MailResult.Refused("refused"),
    };

    /// <summary>Retry-After, in seconds or as a date; null without one.</summary>
    private static TimeSpan? After(RequestFailedException e, DateTimeOffset now)
    {
        if (e.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var text) || text is null)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at > now ? at - now : null;
    }
}
