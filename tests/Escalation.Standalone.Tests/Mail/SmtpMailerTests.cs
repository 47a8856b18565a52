using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Standalone.Smtp;
using Escalation.Standalone.Tests.Host;
using Escalation.Testing;
using MimeKit;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>What goes over the wire, and what each refusal at each step comes to.</summary>
public sealed partial class SmtpMailerTests
{
    private static readonly Email Sample = new()
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

    [Fact]
    public async Task An_email_arrives_with_its_three_parts_and_headers()
    {
        var port = MailServer.FreePort();
        await using var server = await MailServer.StartAsync(port);
        await using var mailer = Mailer(port);

        Assert.IsType<MailResult.Taken>(await mailer.SendAsync(Sample, CancellationToken.None));

        var source = Assert.Single(await server.SourcesAsync());
        var email = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(source)));
        Assert.Equal(["text/plain", "text/html", "text/calendar"], email.BodyParts.Select(p => p.ContentType.MimeType));
        Assert.Equal([Sample.Text, Sample.Html, Sample.Calendar!.Content], email.BodyParts.Cast<MimePart>().Select(Decoded));
        Assert.Equal("REQUEST", email.BodyParts.Last().ContentType.Parameters["method"]);
        Assert.Equal(EmailMessage.IdOf(Sample.Key, "sandwell.example.org"), email.MessageId);
        Assert.Equal("\"Zoë Ågård\" <zoe@oak-primary.example.org>", Assert.Single(email.To).ToString());
        Assert.Equal("\"Sandwell Escalations\" <escalations@sandwell.example.org>", Assert.Single(email.From).ToString());
        Assert.Equal("manager@sandwell.example.org", Assert.Single(email.ReplyTo).ToString());
        Assert.Equal(Sample.Subject, email.Subject);
        Assert.Equal(("auto-generated", "OOF, AutoReply"), (email.Headers["Auto-Submitted"], email.Headers["X-Auto-Response-Suppress"]));
    }

    [Theory]
    [InlineData("Alex\", \"Eve\" <eve@evil.example.org>, \"x")]
    [InlineData("Alex <eve@evil.example.org>, Bob")]
    [InlineData("Alex; Bob, Carol (chair) \\ \"quoted\"")]
    public async Task A_name_adds_no_recipient_whatever_is_in_it(string name)
    {
        await using var server = new Misbehaving();
        await using var mailer = Mailer(server.Port);
        Assert.IsType<MailResult.Taken>(await mailer.SendAsync(Sample with { ToName = name }, CancellationToken.None));

        var email = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Assert.Single(server.Emails))));
        var to = Assert.IsType<MailboxAddress>(Assert.Single(email.To));
        Assert.Equal((name, "zoe@oak-primary.example.org"), (to.Name, to.Address));
    }

    [Theory]
    [InlineData("no address")]
    [InlineData("a@b@c")]
    [InlineData("Alex <alex@example.org>")]
    public async Task An_address_that_is_none_is_refused_for_good(string address)
    {
        await using var mailer = Mailer(1);
        Assert.Equal(new MailResult.Refused("badAddress"), await mailer.SendAsync(
            Sample with { ToAddress = address }, CancellationToken.None));
    }

    /// <summary>The command that is answered, the answer, and what it comes to.</summary>
    [Theory]
    [InlineData("greeting", "554 no service", "down policy")]
    [InlineData("greeting", "421 4.3.2 closing", "down busy")]
    [InlineData("MAIL", "550 5.7.1 sender not allowed", "down policy")]
    [InlineData("MAIL", "550 sender refused", "down sender")]
    [InlineData("MAIL", "553 5.1.8 no such domain", "down sender")]
    [InlineData("MAIL", "530 5.7.0 sign in first", "down signIn")]
    [InlineData("MAIL", "452 4.3.1 disk full", "down quota")]
    [InlineData("MAIL", "552 5.2.2 sender over quota", "down quota")]
    [InlineData("MAIL", "552 5.3.4 too big", "down size")]
    [InlineData("MAIL", "451 4.3.0 later", "down busy")]
    [InlineData("MAIL", "501 syntax", "down notUnderstood")]
    [InlineData("RCPT", "550 5.1.1 no such user", "refused recipientRefused")]
    [InlineData("RCPT", "550 no such user", "refused recipientRefused")]
    [InlineData("RCPT", "553 mailbox name not allowed", "refused recipientRefused")]
    [InlineData("RCPT", "501 5.1.3 bad address", "refused recipientRefused")]
    [InlineData("RCPT", "550 5.2.1 mailbox disabled", "refused mailboxClosed")]
    [InlineData("RCPT", "552 5.2.2 mailbox full", "refused mailboxFull")]
    [InlineData("RCPT", "552 mailbox full", "refused mailboxFull")]
    [InlineData("RCPT", "450 4.2.0 greylisted", "later mailboxBusy")]
    [InlineData("RCPT", "450 mailbox busy", "later mailboxBusy")]
    [InlineData("RCPT", "451 4.7.1 greylisted, try again", "later mailboxBusy")]
    [InlineData("RCPT", "452 4.2.2 mailbox full", "later mailboxBusy")]
    [InlineData("RCPT", "452 4.3.1 disk full", "down quota")]
    [InlineData("RCPT", "451 4.3.0 local error", "down busy")]
    [InlineData("RCPT", "421 4.7.0 too many", "down busy")]
    [InlineData("RCPT", "550 5.7.1 Unable to relay", "down relay")]
    [InlineData("RCPT", "554 5.7.1 <x@y>: Relay access denied", "down relay")]
    [InlineData("RCPT", "550 relaying denied", "down relay")]
    [InlineData("RCPT", "550 5.7.1 blocked by rules", "down policy")]
    [InlineData("RCPT", "550 5.1.8 sender's domain", "down sender")]
    [InlineData("RCPT", "530 sign in first", "down signIn")]
    [InlineData("DATA", "554 no valid recipients", "down policy")]
    [InlineData("DATA", "451 4.3.0 later", "down busy")]
    [InlineData("content", "550 5.7.1 looks like spam", "down policy")]
    [InlineData("content", "554 refused", "down policy")]
    [InlineData("content", "550 5.1.1 no such user", "refused recipientRefused")]
    [InlineData("content", "552 5.2.2 mailbox full", "refused mailboxFull")]
    [InlineData("content", "552 5.3.4 too big", "down size")]
    [InlineData("content", "552 5.2.3 too long", "down size")]
    [InlineData("content", "552 over quota", "down quota")]
    [InlineData("content", "451 4.7.0 too fast", "down throttled")]
    [InlineData("content", "450 later", "down busy")]
    [InlineData("greeting", Misbehaving.HangsUp, "down unreachable")]
    [InlineData("EHLO", Misbehaving.HangsUp, "down unreachable")]
    [InlineData("MAIL", Misbehaving.HangsUp, "down unreachable")]
    [InlineData("content", Misbehaving.HangsUp, "down unreachable")]
    [InlineData("greeting", Misbehaving.Hangs, "down timeout")]
    [InlineData("MAIL", Misbehaving.Hangs, "down timeout")]
    [InlineData("DATA", Misbehaving.Hangs, "down timeout")]
    [InlineData("content", Misbehaving.Hangs, "down timeout")]
    public async Task Only_what_is_about_this_recipient_is_held_against_it(string command, string answer, string expected)
    {
        await using var server = new Misbehaving();
        server.Answers[command] = answer;
        await using var mailer = Mailer(server.Port, TimeSpan.FromSeconds(answer == Misbehaving.Hangs ? 0.3 : 30));

        Assert.Equal(expected, Said(await mailer.SendAsync(Sample, CancellationToken.None)));
        Assert.Empty(server.Emails);

        server.Answers.Clear();
        Assert.IsType<MailResult.Taken>(await mailer.SendAsync(Sample, CancellationToken.None));
        Assert.Single(server.Emails);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable_and_so_is_a_name_that_is_none()
    {
        await using var mailer = Mailer(MailServer.FreePort());
        Assert.Equal("down unreachable", Said(await mailer.SendAsync(Sample, CancellationToken.None)));
        await using var unknown = new SmtpMailer(Settings(25) with { Host = "mail.invalid" }, TimeProvider.System);
        Assert.Equal("down unreachable", Said(await unknown.SendAsync(Sample, CancellationToken.None)));
    }

    [Theory]
    [InlineData(SmtpTls.StartTls, true, "down certificate")]
    [InlineData(SmtpTls.StartTls, false, "down noTls")]
    [InlineData(SmtpTls.Implicit, true, "down certificate")]
    [InlineData(SmtpTls.Implicit, false, "down noTls")]
    public async Task No_sign_in_and_no_email_leaves_before_a_TLS_that_is_trusted(SmtpTls tls, bool offered, string expected)
    {
        await using var server = new Misbehaving { TlsFromTheStart = offered && tls is SmtpTls.Implicit };
        server.Capabilities.Add("AUTH PLAIN LOGIN");
        if (offered && tls is SmtpTls.StartTls)
            server.Capabilities.Add("STARTTLS");
        var settings = Settings(server.Port) with { Tls = tls, SignIn = new SmtpSignIn.Password("user", "secret") };
        await using var mailer = new SmtpMailer(settings, TimeProvider.System);

        Assert.Equal(expected, Said(await mailer.SendAsync(Sample, CancellationToken.None)));
        Assert.Empty(server.Emails);
        Assert.Equal("", server.Said("AUTH"));
        Assert.Equal("", server.Said("MAIL"));
    }

    [Theory]
    [InlineData("AUTH PLAIN LOGIN", "AUTH PLAIN AHVzZXIAc2VjcmV0")]
    [InlineData("AUTH LOGIN", "AUTH LOGIN")]
    public async Task It_signs_in_by_what_the_server_offers(string offered, string said)
    {
        await using var server = new Misbehaving();
        server.Capabilities.Add(offered);
        await using var mailer = new SmtpMailer(
            Settings(server.Port) with { SignIn = new SmtpSignIn.Password("user", "secret") }, TimeProvider.System);

        Assert.IsType<MailResult.Taken>(await mailer.SendAsync(Sample, CancellationToken.None));
        Assert.StartsWith(said, server.Said("AUTH"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_signs_in_with_its_own_token()
    {
        await using var server = new Misbehaving();
        server.Capabilities.Add("AUTH XOAUTH2");
        var signIn = new SmtpSignIn.Application("escalations@sandwell.example.org", new Token("the-token"));
        var settings = Settings(server.Port) with { SignIn = signIn };
        await using var mailer = new SmtpMailer(settings, TimeProvider.System);

        Assert.IsType<MailResult.Taken>(await mailer.SendAsync(Sample, CancellationToken.None));
        var said = Encoding.ASCII.GetString(Convert.FromBase64String(server.Said("AUTH XOAUTH2")["AUTH XOAUTH2 ".Length..]));
        Assert.Equal("user=escalations@sandwell.example.org\u0001auth=Bearer the-token\u0001\u0001", said);
    }

    [Theory]
    [InlineData("AUTH PLAIN", "535 5.7.8 wrong")]
    [InlineData("AUTH PLAIN", "454 4.7.0 later")]
    [InlineData("SIZE", null)]
    public async Task Without_the_sign_in_that_is_set_nothing_is_sent(string offered, string? answer)
    {
        await using var server = new Misbehaving();
        server.Capabilities.Add(offered);
        if (answer is not null)
            server.Answers["AUTH"] = answer;
        await using var mailer = new SmtpMailer(
            Settings(server.Port) with { SignIn = new SmtpSignIn.Password("user", "secret") }, TimeProvider.System);

        Assert.Equal("down signIn", Said(await mailer.SendAsync(Sample, CancellationToken.None)));
        Assert.Equal("", server.Said("MAIL"));
    }

    [Fact]
    public async Task A_token_that_cannot_be_had_is_a_sign_in_that_fails()
    {
        await using var server = new Misbehaving();
        server.Capabilities.Add("AUTH XOAUTH2");
        var settings = Settings(server.Port) with { SignIn = new SmtpSignIn.Application("a@example.org", new Token(null)) };
        await using var mailer = new SmtpMailer(settings, TimeProvider.System);
        Assert.Equal("down signIn", Said(await mailer.SendAsync(Sample, CancellationToken.None)));
    }

    [Fact]
    public async Task One_connection_carries_several_emails_and_one_that_the_server_ended_is_made_anew()
    {
        await using var server = new Misbehaving();
        await using var mailer = Mailer(server.Port);
        for (var i = 0; i < 5; i++)
            Assert.IsType<MailResult.Taken>(await mailer.SendAsync(Sample, CancellationToken.None));
        Assert.Equal((1, 5), (server.Connections, server.Emails.Count));

        server.Answers["NOOP"] = Misbehaving.HangsUp;
        Assert.IsType<MailResult.Taken>(await mailer.SendAsync(Sample, CancellationToken.None));
        Assert.Equal((2, 6), (server.Connections, server.Emails.Count));
    }

    [Fact]
    public async Task It_calls_itself_as_it_is_set_to()
    {
        await using var server = new Misbehaving();
        await using var mailer = new SmtpMailer(Settings(server.Port) with { Helo = "escalation.example.org" }, TimeProvider.System);
        await mailer.SendAsync(Sample, CancellationToken.None);
        Assert.Equal("EHLO escalation.example.org", server.Said("EHLO"));
    }

    [Fact]
    public async Task SMTPUTF8_is_used_only_where_the_address_needs_it_and_a_server_without_it_is_held_against_nobody_else()
    {
        await using var server = new Misbehaving();
        await using var mailer = Mailer(server.Port);
        await mailer.SendAsync(Sample with { ToAddress = "zoe@schüle.example.org" }, CancellationToken.None);
        Assert.StartsWith("RCPT TO:<zoe@xn--schle-mva.example.org>", server.Said("RCPT"), StringComparison.Ordinal);
        Assert.DoesNotContain("SMTPUTF8", server.Said("MAIL"), StringComparison.Ordinal);
        Assert.Equal("refused addressNeedsUtf8", Said(
            await mailer.SendAsync(Sample with { ToAddress = "zoë@example.org" }, CancellationToken.None)));

        server.Capabilities.Add("SMTPUTF8");
        await using var other = Mailer(server.Port);
        Assert.IsType<MailResult.Taken>(await other.SendAsync(Sample with { ToAddress = "zoë@example.org" }, CancellationToken.None));
        Assert.Contains("SMTPUTF8", server.Said("MAIL"), StringComparison.Ordinal);
        Assert.Equal("RCPT TO:<zoë@example.org>", server.Said("RCPT"));
    }

    [Fact]
    public async Task A_check_signs_in_and_sends_nothing()
    {
        await using var server = new Misbehaving();
        server.Capabilities.Add("AUTH PLAIN");
        await using var mailer = new SmtpMailer(
            Settings(server.Port) with { SignIn = new SmtpSignIn.Password("user", "secret") }, TimeProvider.System);
        Assert.IsType<MailResult.Taken>(await mailer.CheckAsync(CancellationToken.None));
        server.Answers["NOOP"] = Misbehaving.HangsUp;
        server.Answers["AUTH"] = "535 no";
        Assert.Equal("down signIn", Said(await mailer.CheckAsync(CancellationToken.None)));
        Assert.Equal("", server.Said("MAIL"));
    }

    [Fact]
    public async Task A_host_that_stops_waits_for_no_mail_server()
    {
        await using var server = new Misbehaving();
        server.Answers["MAIL"] = Misbehaving.Hangs;
        await using var mailer = Mailer(server.Port);
        using var stopping = new CancellationTokenSource();
        var sending = mailer.SendAsync(Sample, stopping.Token);
        for (var limit = Waiting.Token; server.Said("MAIL").Length == 0; await Task.Yield())
            limit.ThrowIfCancellationRequested();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_server_that_is_down_for_a_day_stops_no_escalation_and_gets_everything_afterwards_once()
    {
        var port = MailServer.FreePort();
        await using var mailer = Mailer(port);
        await using var host = await InProcess.StartAsync(mailer);
        var reference = await host.OpenAsync("one");

        await host.Mover.MoveToAsync(InProcess.Start.AddHours(23), CancellationToken.None);
        Assert.Contains(
            (await host.Handler.ReadAsync(reference, CancellationToken.None))!.Sends.Values, s =>
                s is { Attempts: > 40, Error: "unreachable", Down: true });
        await host.Mover.MoveToAsync(InProcess.Start.AddDays(1), CancellationToken.None);

        var waiting = (await host.Handler.ReadAsync(reference, CancellationToken.None))!;
        var queued = waiting.Case.Notices.Where(n => n.Status == Notice.IsQueued).Select(n => n.Key).ToList();
        Assert.Equal("1", waiting.Case.Stage.Id);
        Assert.Contains(waiting.Case.Notices, n => n.Queued.Stage == "1" && n.Status == Notice.IsQueued);
        Assert.All(queued, key => Assert.Equal("unreachable", waiting.Sends[key].Error));
        Assert.Equal(queued.Count, (await host.Store.CountsAsync("sandwell", host.Clock.GetUtcNow(), CancellationToken.None)).Queued);

        await using var server = await MailServer.StartAsync(port);
        await host.Mover.MoveToAsync(InProcess.Start.AddDays(1).AddMinutes(31), CancellationToken.None);

        var after = await host.CaseAsync(reference);
        Assert.DoesNotContain(after.Notices, n => n.Status == Notice.IsQueued);
        var sent = after.Notices.Where(n => n.Status == Notice.IsSent).Select(n => n.Key).ToList();
        var ids = (await server.SourcesAsync()).Select(s => MessageId().Match(s).Groups[1].Value);
        Assert.Equal(sent.Select(key => $"<{EmailMessage.IdOf(key, "sandwell.example.org")}>").Order(), ids.Order());
    }

    private static string Decoded(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Said(MailResult result) => result switch
    {
        MailResult.TryLater later => $"later {later.Code}",
        MailResult.Down down => $"down {down.Fault}",
        MailResult.Refused refused => $"refused {refused.Code}",
        _ => "taken",
    };

    private static SmtpSettings Settings(int port) =>
        new("127.0.0.1", port, new MailboxAddress("Sandwell Escalations", "escalations@sandwell.example.org"));

    private static SmtpMailer Mailer(int port, TimeSpan? limit = null) =>
        new(Settings(port) with { Timeout = limit ?? TimeSpan.FromSeconds(30) }, TimeProvider.System);

    [GeneratedRegex("^Message-ID: (<[^>]+>)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MessageId();

    private sealed class Token(string? token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => token is null
            ? throw new Azure.Identity.AuthenticationFailedException("no token")
            : new AccessToken(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
