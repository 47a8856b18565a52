using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Standalone.Smtp;
using Escalation.Standalone.Tests.Host;
using MimeKit;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>What a mail server as councils run it answers, and what that comes to.</summary>
public sealed class PostfixTests
{
    private static readonly Email Sample = SampleEmail.Sample with { ToAddress = "rosa@example.org" };

    [PostfixFact]
    public async Task A_mailbox_gets_its_email_and_one_that_is_none_alone_is_held_against_its_recipient()
    {
        await using var postfix = await Postfix.StartAsync(MailServer.FreePort());
        await using var mailer = Mailer(postfix.Port);
        Assert.IsType<MailResult.Taken>(await SendAsync(Sample));
        Assert.Contains(
            "Subject: SAN-7K3M-Q9XA stage 1",
            Assert.Single(await postfix.MailboxAsync("rosa", 1)),
            StringComparison.Ordinal
        );

        Assert.Equal(
            new MailResult.Refused("recipientRefused"),
            await SendAsync(Sample with { ToAddress = "nobody@example.org" })
        );
        Assert.Equal(
            new MailResult.Down(MailFaults.Relay),
            await SendAsync(Sample with { ToAddress = "somebody@elsewhere.example.net" })
        );
        Assert.Equal(
            new MailResult.Down(MailFaults.Size),
            await SendAsync(Sample with { Text = new string('x', 150_000) })
        );
        await using var blocked = Mailer(postfix.Port, "blocked@example.org");
        Assert.Equal(new MailResult.Down(MailFaults.Policy), await blocked.SendAsync(Sample, CancellationToken.None));
        await using var secured = new SmtpMailer(
            Settings(postfix.Port) with
            {
                Tls = SmtpTls.StartTls,
            },
            TimeProvider.System
        );
        Assert.Equal(new MailResult.Down(MailFaults.NoTls), await secured.SendAsync(Sample, CancellationToken.None));

        // After all that the connection still carries what can be sent.
        Assert.IsType<MailResult.Taken>(await SendAsync(Sample with { ToAddress = "robin@example.org" }));
        Assert.Single(await postfix.MailboxAsync("robin", 1));

        Task<MailResult> SendAsync(Email email) => mailer.SendAsync(email, CancellationToken.None);
    }

    [PostfixFact]
    public async Task Stopped_for_a_day_it_gets_everything_once_after_it_is_started_again()
    {
        await using var postfix = await Postfix.StartAsync(MailServer.FreePort());
        await using var toRosa = new ToOneMailbox(Mailer(postfix.Port));
        await using var host = await InProcess.StartAsync(toRosa);
        postfix.Stop();
        var reference = await host.OpenAsync("one");
        await host.Mover.MoveToAsync(InProcess.Start.AddDays(1), CancellationToken.None);
        var waiting = (await host.CaseAsync(reference)).Notices;
        Assert.Contains(waiting, n => n.Status == NoticeState.Queued);
        Assert.DoesNotContain(waiting, n => n.Status is NoticeState.Sent or NoticeState.Failed);

        await postfix.StartAsync();
        await host.Mover.MoveToAsync(InProcess.Start.AddDays(1).AddMinutes(16), CancellationToken.None);

        var sent = (await host.CaseAsync(reference))
            .Notices.Where(n => n.Status == NoticeState.Sent)
            .Select(n => n.Key)
            .ToList();
        Assert.All(
            (await host.CaseAsync(reference)).Notices,
            n => Assert.Contains(n.Status, new[] { NoticeState.Sent, NoticeState.Superseded })
        );
        var ids = (await postfix.MailboxAsync("rosa", sent.Count)).Select(text =>
            MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))).MessageId
        );
        Assert.Equal(sent.Select(key => EmailMessage.IdOf(key, "example.org")).Order(), ids.Order());
    }

    private static SmtpSettings Settings(int port, string from = "escalations@example.org") =>
        SampleEmail.SettingsOf(port, from);

    private static SmtpMailer Mailer(int port, string from = "escalations@example.org") =>
        new(Settings(port, from), TimeProvider.System);

    /// <summary>Everybody's email goes to the one mailbox there is.</summary>
    private sealed class ToOneMailbox(SmtpMailer mailer) : IMailer, IAsyncDisposable
    {
        public Task<MailResult> SendAsync(Email email, CancellationToken cancel) =>
            mailer.SendAsync(email with { ToAddress = "rosa@example.org" }, cancel);

        public ValueTask DisposeAsync() => mailer.DisposeAsync();
    }
}
