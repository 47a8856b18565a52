using Escalation.Core.Cases;
using Escalation.Core.Notices;

namespace Escalation.Web.GovUkNotify;

/// <summary>
/// What a refusal of Notify's means for a notice. Final is only what is about this recipient's address; everything about the key, the
/// service, the template, limits or content is the installation's.
/// </summary>
internal static class NotifyAnswers
{
    /// <summary>Notify believes a token that is as old as this.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);

    public static MailResult Of(NotifyAnswer answer) =>
        IsBadAddress(answer)
            ? new MailResult.Refused(RecipientFaults.BadAddress)
            : new MailResult.Down(FaultOf(answer), answer.After);

    private static string FaultOf(NotifyAnswer answer) =>
        answer.Status switch
        {
            400 => OfBadRequest(answer),
            401 or 403 => answer.Skew > MostSkew ? MailFaults.Clock : MailFaults.SignIn,
            408 => MailFaults.Timeout,
            413 => MailFaults.Size,
            // So many in a minute, or so many in a day.
            429 => MailFaults.Throttled,
            >= 500 => MailFaults.Busy,
            _ => MailFaults.NotUnderstood,
        };

    /// <summary>
    /// Notify tells these apart in words alone, and says that its words may change. What is not known by them counts as a rule that one
    /// email may meet and another not: it is held against nobody, and keeps no other from being tried.
    /// </summary>
    private static string OfBadRequest(NotifyAnswer answer) =>
        answer switch
        {
            _ when answer.SpeaksOf("this recipient") => MailFaults.Restricted,
            _ when answer.SpeaksOf("template") || answer.SpeaksOf("personalisation") => MailFaults.Template,
            _ when answer.SpeaksOf("too long") || answer.SpeaksOf("longer than") => MailFaults.Size,
            _ => MailFaults.Policy,
        };

    /// <summary>By the kind of error, or by the name of the one field that is wrong.</summary>
    private static bool IsBadAddress(NotifyAnswer answer) =>
        answer is { Status: 400, Errors.Count: > 0 }
        && answer.Errors.All(e =>
            e.Error == "InvalidEmailError"
            || (
                e.Error == "ValidationError"
                && e.Message?.StartsWith("email_address ", StringComparison.Ordinal) == true
            )
        );
}
