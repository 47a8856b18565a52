using Escalation.Core.Notices;
using Escalation.Web.Emails;
using Escalation.Web.Wording;

namespace Escalation.Web.Health;

/// <summary>Sends one email to an address, and one message to the second channel: to see whether they arrive before they have to.</summary>
public sealed class MailTest(IMailer mailer, SecondChannel channel)
{
    private const string Subject = "A test of Escalation’s email";
    private const string Words =
        "This is a test: somebody wanted to see whether Escalation’s email arrives. There is nothing to do.";

    /// <param name="address">Has to be usable (<see cref="Core.Directory.EmailAddress"/>).</param>
    public async Task<MailTestResult> RunAsync(string address, CancellationToken cancel)
    {
        var email = new Email
        {
            Key = $"test/{Guid.NewGuid():N}",
            ToName = "",
            ToAddress = address,
            Subject = Subject,
            Text = Words,
            Html =
                $"<!DOCTYPE html><html lang=\"en-GB\"><head><title>{Subject}</title></head><body><p>{Words}</p></body></html>",
        };
        var words = "A test of Escalation’s second channel. There is nothing to do.";
        var message = new SecondChannelMessage("test", words) { Page = "/health" };
        return new MailTestResult(
            await mailer.SendAsync(email, cancel),
            channel.HasWebhook ? await channel.TellAsync(message, cancel) : null
        );
    }
}

/// <param name="Webhook">Null: none is set.</param>
public sealed record MailTestResult(MailResult Email, MailResult? Webhook)
{
    public bool Worked => Email is MailResult.Taken && Webhook is null or MailResult.Taken;

    /// <summary>In words: of the email, then of the second channel.</summary>
    public IReadOnlyList<string> Sentences =>
        [
            Email switch
            {
                MailResult.Taken =>
                    "The email was taken by the mail server. Look whether it arrives: that is not seen here.",
                MailResult.Down down =>
                    $"The email was not sent, because {MailWords.Because(down.Fault)} ({down.Fault}). {MailWords.ToDo(down.Fault)}",
                MailResult.Refused refused =>
                    $"The mail server refused this address for good ({refused.Code}). Others may well be taken.",
                MailResult.TryLater later =>
                    $"The mail server does not take it for this address now ({later.Code}). Others may well be taken.",
                _ => throw new InvalidOperationException($"No words for {Email.GetType().Name}."),
            },
            Webhook switch
            {
                null => "No webhook is set: the second channel is the log alone.",
                MailResult.Taken => "The webhook took the second channel’s message.",
                MailResult.TryLater later => $"The webhook did not take the second channel’s message ({later.Code}).",
                _ => throw new InvalidOperationException($"No words for {Webhook.GetType().Name}."),
            },
        ];
}
