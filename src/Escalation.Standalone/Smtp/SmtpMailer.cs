using System.Net;
using System.Net.Mail;
using Escalation.Core.Notices;

namespace Escalation.Standalone.Smtp;

/// <summary>Sends through a mail server. A 5xx about the email or its recipient is final; everything else is worth another try.</summary>
public sealed class SmtpMailer(SmtpSettings settings) : IMailer
{
    public async Task<MailResult> SendAsync(Email email, CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(settings.Timeout);
        try
        {
            using var message = EmailMessage.Of(email, settings.From);
            using var client = Client();
            await client.SendMailAsync(message, time.Token);
            return new MailResult.Taken(null);
        }
        catch (FormatException)
        {
            return new MailResult.Refused("badAddress");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new MailResult.TryLater("timeout");
        }
        catch (SmtpException e)
        {
            cancel.ThrowIfCancellationRequested();
            return ResultOf(e);
        }
    }

    private SmtpClient Client() => new(settings.Host, settings.Port)
    {
        EnableSsl = settings.StartTls,
        UseDefaultCredentials = false,
        Credentials = settings.User is { } user ? new NetworkCredential(user, settings.Password) : null,
        DeliveryFormat = SmtpDeliveryFormat.International,
    };

    /// <summary>The library gives -1 for whatever is no answer of the server.</summary>
    internal static MailResult ResultOf(SmtpException e) => (int)e.StatusCode switch
    {
        -1 => new MailResult.TryLater("unreachable"),
        (>= 530 and <= 538) or 454 => new MailResult.TryLater("signInRefused"),
        >= 400 and < 500 => new MailResult.TryLater("busy"),
        >= 500 and < 600 when e is SmtpFailedRecipientException => new MailResult.Refused("recipientRefused"),
        >= 500 and <= 504 => new MailResult.TryLater("notUnderstood"),
        >= 500 and < 600 => new MailResult.Refused("refused"),
        _ => new MailResult.TryLater("unreachable"),
    };
}
