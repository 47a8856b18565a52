using System.Net.Sockets;
using Azure.Identity;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Escalation.Standalone.Smtp;

/// <summary>Sends through a mail server, by MailKit. What its refusals mean, <see cref="SmtpAnswers"/> says.</summary>
public sealed class SmtpMailer(SmtpSettings settings, TimeProvider clock) : IMailer, IAsyncDisposable
{
    private readonly SmtpConnections _connections = new(settings, clock);

    public async Task<MailResult> SendAsync(Email email, CancellationToken cancel)
    {
        MimeMessage message;
        try
        {
            message = EmailMessage.Of(email, settings.From);
        }
        catch (ParseException)
        {
            return new MailResult.Refused(RecipientFaults.BadAddress);
        }
        using (message)
            return await AsResultAsync(() => SendAsync(message, email.ToAddress, cancel), cancel);
    }

    /// <summary>Connects and signs in, and sends nothing.</summary>
    public Task<MailResult> CheckAsync(CancellationToken cancel) =>
        AsResultAsync(
            async () =>
            {
                _connections.Return(await _connections.TakeAsync(cancel));
                return new MailResult.Taken(null);
            },
            cancel
        );

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task<MailResult> SendAsync(MimeMessage message, string address, CancellationToken cancel)
    {
        var connection = await _connections.TakeAsync(cancel);
        var goesOn = false;
        try
        {
            var format = FormatOptions.Default.Clone();
            format.International = EmailMessage.NeedsUtf8(address);
            if (format.International && !connection.Client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            {
                goesOn = true;
                return new MailResult.Refused(RecipientFaults.NeedsUtf8);
            }
            await _connections.Limited(step => connection.Client.SendAsync(format, message, step), cancel);
            goesOn = true;
            return new MailResult.Taken(null);
        }
        catch (SmtpCommandException e)
        {
            // The library has said RSET, or has disconnected.
            goesOn = connection.Client.IsConnected;
            return SmtpAnswers.Of(e);
        }
        finally
        {
            if (goesOn)
                _connections.Return(connection);
            else
                connection.Client.Dispose();
        }
    }

    /// <summary>A cause is told apart from a cause.</summary>
    private static async Task<MailResult> AsResultAsync(Func<Task<MailResult>> send, CancellationToken cancel)
    {
        try
        {
            return await send();
        }
        catch (SmtpCommandException e)
        {
            return SmtpAnswers.Of(e);
        }
        catch (SslHandshakeException e)
        {
            // Without a certificate there was no TLS on the other side.
            return new MailResult.Down(e.ServerCertificate is null ? MailFaults.NoTls : MailFaults.Certificate);
        }
        catch (Exception e)
            when (e is AuthenticationException or ServiceNotAuthenticatedException or AuthenticationFailedException)
        {
            return new MailResult.Down(MailFaults.SignIn);
        }
        catch (NotSupportedException e)
        {
            return new MailResult.Down(
                e.Message.Contains("STARTTLS", StringComparison.Ordinal) ? MailFaults.NoTls : MailFaults.SignIn
            );
        }
        catch (TimeoutException)
        {
            return new MailResult.Down(MailFaults.Timeout);
        }
        catch (Exception e)
            when (!cancel.IsCancellationRequested
                && e
                    is SocketException
                        or IOException
                        or ProtocolException
                        or ServiceNotConnectedException
                        or OperationCanceledException
            )
        {
            return new MailResult.Down(MailFaults.Unreachable);
        }
    }
}
