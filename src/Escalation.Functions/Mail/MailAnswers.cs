using System.Globalization;
using Azure;
using Escalation.Core.Cases;
using Escalation.Core.Notices;

namespace Escalation.Functions.Mail;

/// <summary>
/// What an answer of Communication Services means for a notice. Final is only what is about this recipient; everything about the resource,
/// its domain, the sender, quota or content is the installation's.
/// </summary>
internal static class MailAnswers
{
    public static MailResult Of(RequestFailedException e, DateTimeOffset now) =>
        e.ErrorCode is "EmailDroppedAllRecipientsSuppressed"
            ? new MailResult.Refused(RecipientFaults.Suppressed)
            : new MailResult.Down(FaultOf(e.Status), After(e, now));

    private static string FaultOf(int status) =>
        status switch
        {
            0 => MailFaults.Unreachable,
            401 or 403 => MailFaults.SignIn,
            404 => MailFaults.Sender,
            408 => MailFaults.Timeout,
            413 => MailFaults.Size,
            429 => MailFaults.Throttled,
            >= 500 => MailFaults.Busy,
            >= 400 => MailFaults.Policy,
            _ => MailFaults.NotUnderstood,
        };

    /// <summary>Retry-After, in seconds or as a date; null without one.</summary>
    private static TimeSpan? After(RequestFailedException e, DateTimeOffset now)
    {
        if (
            e.GetRawResponse() is not { } response
            || !response.Headers.TryGetValue("Retry-After", out var text)
            || text is null
        )
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        return
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at > now
            ? at - now
            : null;
    }
}
