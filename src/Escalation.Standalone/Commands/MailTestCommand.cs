using System.CommandLine;
using Escalation.Core.Directory;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Smtp;
using Escalation.Web.Emails;
using Escalation.Web.Forms;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;
using Escalation.Web.Site;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Escalation.Standalone.Commands;

/// <summary><c>mail test</c>: with the settings of this machine, whether a host runs or not.</summary>
internal sealed class MailTestCommand : DetailedCommand
{
    private readonly Argument<string> _address = new("ADDRESS") { Description = "Whom to send it to" };

    public MailTestCommand()
        : base(
            "test",
            "Send a test email, and a test message to the second channel, with the settings of this machine",
            "Ends with 0 when both were taken; else with 1, and says why not. A host may be running."
        )
    {
        Add(_address);
        SetAction(TestAsync);
    }

    private async Task TestAsync(ParseResult parsed, CancellationToken cancel)
    {
        var address = TypedText.Trim(parsed.GetRequiredValue(_address));
        if (!EmailAddress.IsUsable(address))
            throw new HostFault($"'{address}' is not an email address.");
        var configuration = new ConfigurationManager();
        HostSettings.Sources(configuration);
        var settings = HostSettings.Read(configuration);
        var web = new OptionsWrapper<WebOptions>(new WebOptions { PublicUrl = settings.PublicUrl! });
        using var channel = new SecondChannel(settings.SecondChannel, web, NullLogger<SecondChannel>.Instance);
        var result = await TestAsync(settings, channel, address, cancel);
        if (!result.Worked)
            throw new HostFault(string.Join(' ', result.Sentences));
        foreach (var sentence in result.Sentences)
            await parsed.InvocationConfiguration.Output.WriteLineAsync(sentence);
    }

    private static async Task<MailTestResult> TestAsync(
        HostSettings settings,
        SecondChannel channel,
        string address,
        CancellationToken cancel
    )
    {
        if (settings.Notify is { } notify)
        {
            using var byNotify = new NotifyMailer(notify, NullLogger<NotifyMailer>.Instance);
            return await new MailTest(byNotify, channel).RunAsync(address, cancel);
        }
        if (settings.Smtp is not { } smtp)
            throw new HostFault("No mail server is set: set ESCALATION_SMTP__HOST or ESCALATION_NOTIFY__KEY.");
        await using var bySmtp = new SmtpMailer(smtp, TimeProvider.System);
        return await new MailTest(bySmtp, channel).RunAsync(address, cancel);
    }
}
