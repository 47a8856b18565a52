using System.Text.RegularExpressions;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Standalone.Smtp;
using Escalation.Standalone.Tests.Host;
using static Escalation.Standalone.Tests.Mail.SampleEmail;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>What each refusal at each step comes to, and what a server that is not there does.</summary>
public sealed partial class SmtpRefusalTests
{
    [Theory]
    [InlineData("no address")]
    [InlineData("a@b@c")]
    [InlineData("Alex <alex@example.org>")]
    public async Task An_address_that_is_none_is_refused_for_good(string address)
    {
        await using var mailer = Mailer(1);
        Assert.Equal(
            new MailResult.Refused("badAddress"),
            await mailer.SendAsync(Sample with { ToAddress = address }, CancellationToken.None)
        );
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
    [InlineData("MAIL", "534 5.7.9 another way to sign in", "down signIn")]
    [InlineData("MAIL", "538 5.7.11 with TLS", "down signIn")]
    [InlineData("MAIL", "421 closing", "down busy")]
    [InlineData("MAIL", "500 what", "down notUnderstood")]
    [InlineData("MAIL", "504 what", "down notUnderstood")]
    [InlineData("MAIL", "452 disk full", "down quota")]
    [InlineData("MAIL", "552 over quota", "down quota")]
    [InlineData("MAIL", "451 4.7.28 too fast", "down throttled")]
    [InlineData("MAIL", "451 4.5.1 too many", "down throttled")]
    [InlineData("RCPT", "551 not here", "refused recipientRefused")]
    [InlineData("RCPT", "553 5.1.7 sender's address", "down sender")]
    [InlineData("RCPT", "450 4.1.8 sender's domain", "down sender")]
    [InlineData("RCPT", "452 too many", "down quota")]
    [InlineData("RCPT", "450 relay busy", "later mailboxBusy")]
    [InlineData("RCPT", "451 4.5.1 too many", "down throttled")]
    [InlineData("RCPT", "550 5.2.3 too long for it", "refused mailboxClosed")]
    [InlineData("RCPT", "550 5.3.4 too big", "down size")]
    [InlineData("RCPT", "500 what", "down notUnderstood")]
    [InlineData("content", "550 5.2.1 mailbox disabled", "refused mailboxClosed")]
    [InlineData("content", "550 5.1.7 sender's address", "down policy")]
    [InlineData("content", "450 4.2.2 mailbox full", "down busy")]
    [InlineData("content", "452 disk full", "down quota")]
    [InlineData("content", "421 closing", "down busy")]
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
    public async Task Only_what_is_about_this_recipient_is_held_against_it(
        string command,
        string answer,
        string expected
    )
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
        await using var unknown = new SmtpMailer(SettingsOf(25) with { Host = "mail.invalid" }, TimeProvider.System);
        Assert.Equal("down unreachable", Said(await unknown.SendAsync(Sample, CancellationToken.None)));
    }

    [Theory]
    [InlineData(SmtpTls.StartTls, true, "down certificate")]
    [InlineData(SmtpTls.StartTls, false, "down noTls")]
    [InlineData(SmtpTls.Implicit, true, "down certificate")]
    [InlineData(SmtpTls.Implicit, false, "down noTls")]
    public async Task No_sign_in_and_no_email_leaves_before_a_TLS_that_is_trusted(
        SmtpTls tls,
        bool offered,
        string expected
    )
    {
        await using var server = new Misbehaving { TlsFromTheStart = offered && tls is SmtpTls.Implicit };
        server.Capabilities.Add("AUTH PLAIN LOGIN");
        if (offered && tls is SmtpTls.StartTls)
            server.Capabilities.Add("STARTTLS");
        var settings = SettingsOf(server.Port) with { Tls = tls, SignIn = new SmtpSignIn.Password("user", "secret") };
        await using var mailer = new SmtpMailer(settings, TimeProvider.System);

        Assert.Equal(expected, Said(await mailer.SendAsync(Sample, CancellationToken.None)));
        Assert.Empty(server.Emails);
        Assert.Equal("", server.Said("AUTH"));
        Assert.Equal("", server.Said("MAIL"));
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
            SettingsOf(server.Port) with
            {
                SignIn = new SmtpSignIn.Password("user", "secret"),
            },
            TimeProvider.System
        );

        Assert.Equal("down signIn", Said(await mailer.SendAsync(Sample, CancellationToken.None)));
        Assert.Equal("", server.Said("MAIL"));
    }

    [Fact]
    public async Task A_token_that_cannot_be_had_is_a_sign_in_that_fails()
    {
        await using var server = new Misbehaving();
        server.Capabilities.Add("AUTH XOAUTH2");
        var settings = SettingsOf(server.Port) with
        {
            SignIn = new SmtpSignIn.Application("a@example.org", new FixedToken(null)),
        };
        await using var mailer = new SmtpMailer(settings, TimeProvider.System);
        Assert.Equal("down signIn", Said(await mailer.SendAsync(Sample, CancellationToken.None)));
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
            (await host.Handler.ReadAsync(reference, CancellationToken.None))!.Sends.Values,
            s => s is { Attempts: > 40, Error: "unreachable", Down: true }
        );
        await host.Mover.MoveToAsync(InProcess.Start.AddDays(1), CancellationToken.None);

        var waiting = (await host.Handler.ReadAsync(reference, CancellationToken.None))!;
        var queued = waiting.Case.Notices.Where(n => n.Status == NoticeState.Queued).Select(n => n.Key).ToList();
        Assert.Equal("1", waiting.Case.Stage.Id);
        Assert.Contains(waiting.Case.Notices, n => n.Queued.Stage == "1" && n.Status == NoticeState.Queued);
        Assert.All(queued, key => Assert.Equal("unreachable", waiting.Sends[key].Error));
        Assert.Equal(
            queued.Count,
            (await host.Store.CountsAsync("sandwell", host.Clock.GetUtcNow(), CancellationToken.None)).Queued
        );

        await using var server = await MailServer.StartAsync(port);
        await host.Mover.MoveToAsync(InProcess.Start.AddDays(1).AddMinutes(31), CancellationToken.None);

        var after = await host.CaseAsync(reference);
        Assert.DoesNotContain(after.Notices, n => n.Status == NoticeState.Queued);
        var sent = after.Notices.Where(n => n.Status == NoticeState.Sent).Select(n => n.Key).ToList();
        var ids = (await server.SourcesAsync()).Select(s => MessageId().Match(s).Groups[1].Value);
        Assert.Equal(sent.Select(key => $"<{EmailMessage.IdOf(key, "sandwell.example.org")}>").Order(), ids.Order());
    }

    [GeneratedRegex(
        "^Message-ID: (<[^>]+>)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex MessageId();
}
