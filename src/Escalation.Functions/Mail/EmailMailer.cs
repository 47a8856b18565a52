using Azure;
using Azure.Communication.Email;
using Azure.Identity;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Functions.Telemetry;

namespace Escalation.Functions.Mail;

/// <summary>Sends through Communication Services. "Taken" says that it was accepted; whether it arrived, a delivery report says.</summary>
public sealed class EmailMailer(EmailClient client, EmailSender sender, TimeProvider time, Meters meters) : IMailer
{
    public async Task<MailResult> SendAsync(Email email, CancellationToken cancel)
    {
        var result = await TryAsync(email, cancel);
        meters.Tried(result);
        return result;
    }

    private async Task<MailResult> TryAsync(Email email, CancellationToken cancel)
    {
        var operation = OperationIds.Of(email.Key);
        try
        {
            await client.SendAsync(WaitUntil.Started, EmailMessages.Of(email, sender.Address), operation, cancel);
            return new MailResult.Taken(operation.ToString());
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // The operation is known: an earlier attempt arrived whose answer did not.
            return new MailResult.Taken(operation.ToString());
        }
        catch (RequestFailedException e)
        {
            return MailAnswers.Of(e, time.GetUtcNow());
        }
        catch (AuthenticationFailedException)
        {
            return new MailResult.Down(MailFaults.SignIn);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return new MailResult.Refused(RecipientFaults.BadAddress);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or TimeoutException or OperationCanceledException
                && !cancel.IsCancellationRequested
            )
        {
            return new MailResult.Down(MailFaults.Unreachable);
        }
    }
}

/// <param name="Address">Of a domain that is linked to the Communication Services resource.</param>
public sealed record EmailSender(string Address);
