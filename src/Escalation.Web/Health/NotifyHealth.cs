using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;

namespace Escalation.Web.Health;

/// <summary>How email goes out by Notify, and what does not go with it.</summary>
public static class NotifyHealth
{
    private const string NotCarried =
        "It carries the words and the links: no calendar entry comes with an email, "
        + "so none is withdrawn either, and what an email looks like is the template’s";

    public static HealthLine Line(NotifyMailer mailer, NotifySettings settings, MailOutage? outage)
    {
        var line = HealthWords.Mail(
            outage,
            $"Through {settings}. {NotCarried}. {Replies(settings)}. {Reports(settings)}"
        );
        return line.State is HealthState.Well && mailer.UnknownReplyTo is { } unknown
            ? line with
            {
                State = HealthState.Look,
                Figure = $"Through {settings}, which does not know the reply-to id {unknown}: emails go without it",
                ToDo =
                    "Correct the setting, or add the address to the service. Until then replies go to the service’s own address.",
            }
            : line;
    }

    private static string Replies(NotifySettings settings) =>
        settings.ReplyTo.Count switch
        {
            0 => "Replies go to the service’s own reply-to address, which has to be the business manager’s",
            1 => "Replies go by one reply-to id",
            var count => $"Replies go by {count} reply-to ids",
        };

    private static string Reports(NotifySettings settings) =>
        settings.CallbackToken is null
            ? "What arrived is asked of it every few minutes"
            : "It posts what arrived, and is asked every few minutes too";
}
