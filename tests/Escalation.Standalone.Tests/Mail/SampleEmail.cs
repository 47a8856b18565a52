using Azure.Core;
using Escalation.Core.Notices;
using Escalation.Standalone.Smtp;
using MimeKit;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>The email that the tests of mail send, a mailer that sends it, and what came of it in words.</summary>
internal static class SampleEmail
{
    public static Email Sample { get; } =
        new()
        {
            Key = "SAN-7K3M-Q9XA/3/stageOpened/oak-primary/line-manager/raising",
            ToName = "Zoë Ågård",
            ToAddress = "zoe@oak-primary.example.org",
            ReplyTo = "manager@sandwell.example.org",
            Subject = "SAN-7K3M-Q9XA stage 1: answer by 5pm Thursday 31 December 2026",
            Text = "Dear Zoë,\nplease answer.",
            Html = "<!DOCTYPE html><html lang=\"en-GB\"><body><p>Dear Zoë</p></body></html>",
            Calendar = new CalendarEntry("REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"),
        };

    public static SmtpSettings SettingsOf(int port, string from = "escalations@sandwell.example.org") =>
        new("127.0.0.1", port, new MailboxAddress("Sandwell Escalations", from));

    public static SmtpMailer Mailer(int port, TimeSpan? limit = null) =>
        new(SettingsOf(port) with { Timeout = limit ?? TimeSpan.FromSeconds(30) }, TimeProvider.System);

    public static string Said(MailResult result) =>
        result switch
        {
            MailResult.TryLater later => $"later {later.Code}",
            MailResult.Down down => $"down {down.Fault}",
            MailResult.Refused refused => $"refused {refused.Code}",
            _ => "taken",
        };
}

/// <summary>A token of an application; null: it cannot be had.</summary>
internal sealed class FixedToken(string? token) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        token is null
            ? throw new Azure.Identity.AuthenticationFailedException("no token")
            : new AccessToken(token, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext,
        CancellationToken cancellationToken
    ) => new(GetToken(requestContext, cancellationToken));
}
