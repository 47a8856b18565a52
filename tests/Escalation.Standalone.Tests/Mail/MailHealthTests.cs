using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Standalone.Health;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Smtp;
using Escalation.Standalone.Tests.Host;
using Escalation.Testing.GovUkNotify;
using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>What the health page says of sending email, whichever way it goes out.</summary>
public sealed class MailHealthTests
{
    private static readonly HostSettings Settings = new()
    {
        SecretsKey = new SecretsKeySource(null, "unused"),
        Smtp = new SmtpSettings("mail.example.org", 587, new MailboxAddress("", "escalations@example.org")),
        Notify = new NotifySettings { Key = NotifyStub.Key, Template = new Guid(NotifyStub.Template) },
    };

    [Fact]
    public async Task An_outage_is_said_as_long_as_it_lasts()
    {
        await using var host = await InProcess.StartAsync(new Hangs());
        await using var smtp = new SmtpMailer(Settings.Smtp!, host.Time);
        using var notify = new NotifyMailer(Settings.Notify!, NullLogger<NotifyMailer>.Instance);
        var state = host.Get<MailState>();
        foreach (var mailer in (IMailer[])[smtp, notify])
        {
            var health = new MailHealth(mailer, state, Settings);
            Assert.Equal(HealthState.Well, (await LineAsync(health)).State);

            await state.TellAsync(new MailResult.Down(MailFaults.SignIn), CancellationToken.None);
            Assert.Equal(HealthWords.Mail(state.Outage!, ""), await LineAsync(health));

            await state.TellAsync(new MailResult.Taken(null), CancellationToken.None);
            Assert.Equal(HealthState.Well, (await LineAsync(health)).State);
        }
    }

    private static Task<HealthLine> LineAsync(MailHealth health) =>
        health.LineAsync(InProcess.Start, CancellationToken.None);
}
