using System.Text;
using Escalation.Core.Notices;
using Escalation.Standalone.Smtp;
using Escalation.Testing;
using MimeKit;
using static Escalation.Standalone.Tests.Mail.SampleEmail;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>What goes over the wire to a mail server that takes it.</summary>
public sealed class SmtpWireTests
{
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
        Assert.Equal(
            [Sample.Text, Sample.Html, Sample.Calendar!.Content],
            email.BodyParts.Cast<MimePart>().Select(Decoded)
        );
        Assert.Equal("REQUEST", email.BodyParts.Last().ContentType.Parameters["method"]);
        Assert.Equal(EmailMessage.IdOf(Sample.Key, "sandwell.example.org"), email.MessageId);
        Assert.Equal("\"Zoë Ågård\" <zoe@oak-primary.example.org>", Assert.Single(email.To).ToString());
        Assert.Equal(
            "\"Sandwell Escalations\" <escalations@sandwell.example.org>",
            Assert.Single(email.From).ToString()
        );
        Assert.Equal("manager@sandwell.example.org", Assert.Single(email.ReplyTo).ToString());
        Assert.Equal(Sample.Subject, email.Subject);
        Assert.Equal(
            ("auto-generated", "OOF, AutoReply"),
            (email.Headers["Auto-Submitted"], email.Headers["X-Auto-Response-Suppress"])
        );
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
    [InlineData("AUTH PLAIN LOGIN", "AUTH PLAIN AHVzZXIAc2VjcmV0")]
    [InlineData("AUTH LOGIN", "AUTH LOGIN")]
    public async Task It_signs_in_by_what_the_server_offers(string offered, string said)
    {
        await using var server = new Misbehaving();
        server.Capabilities.Add(offered);
        await using var mailer = new SmtpMailer(
            SettingsOf(server.Port) with
            {
                SignIn = new SmtpSignIn.Password("user", "secret"),
            },
            TimeProvider.System
        );

        Assert.IsType<MailResult.Taken>(await mailer.SendAsync(Sample, CancellationToken.None));
        Assert.StartsWith(said, server.Said("AUTH"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_signs_in_with_its_own_token()
    {
        await using var server = new Misbehaving();
        server.Capabilities.Add("AUTH XOAUTH2");
        var signIn = new SmtpSignIn.Application("escalations@sandwell.example.org", new FixedToken("the-token"));
        var settings = SettingsOf(server.Port) with { SignIn = signIn };
        await using var mailer = new SmtpMailer(settings, TimeProvider.System);

        Assert.IsType<MailResult.Taken>(await mailer.SendAsync(Sample, CancellationToken.None));
        var said = Encoding.ASCII.GetString(
            Convert.FromBase64String(server.Said("AUTH XOAUTH2")["AUTH XOAUTH2 ".Length..])
        );
        Assert.Equal("user=escalations@sandwell.example.org\u0001auth=Bearer the-token\u0001\u0001", said);
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
        await using var mailer = new SmtpMailer(
            SettingsOf(server.Port) with
            {
                Helo = "escalation.example.org",
            },
            TimeProvider.System
        );
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
        Assert.Equal(
            "refused addressNeedsUtf8",
            Said(await mailer.SendAsync(Sample with { ToAddress = "zoë@example.org" }, CancellationToken.None))
        );

        server.Capabilities.Add("SMTPUTF8");
        await using var other = Mailer(server.Port);
        Assert.IsType<MailResult.Taken>(
            await other.SendAsync(Sample with { ToAddress = "zoë@example.org" }, CancellationToken.None)
        );
        Assert.Contains("SMTPUTF8", server.Said("MAIL"), StringComparison.Ordinal);
        Assert.Equal("RCPT TO:<zoë@example.org>", server.Said("RCPT"));
    }

    [Fact]
    public async Task A_check_signs_in_and_sends_nothing()
    {
        await using var server = new Misbehaving();
        server.Capabilities.Add("AUTH PLAIN");
        await using var mailer = new SmtpMailer(
            SettingsOf(server.Port) with
            {
                SignIn = new SmtpSignIn.Password("user", "secret"),
            },
            TimeProvider.System
        );
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

    private static string Decoded(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
