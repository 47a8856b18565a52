using System.Net;
using Escalation.Core.Cases;
using Escalation.Standalone.Smtp;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing.GovUkNotify;
using Escalation.Web.GovUkNotify;
using MimeKit;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>The ways that email can go out, and none: what the log, readiness and the health page say of each.</summary>
public sealed class WaysOutTests : IDisposable
{
    private const string NoMail = "No mail server is set: every notice waits with the code " + MailFaults.NotConfigured;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nothing", 503, "NO EMAIL IS SENT: no mail server is set", NoMail + ", and the host is not ready")]
    [InlineData("smtp", 200, "Emails go through 127.0.0.1:PORT", "Through 127.0.0.1:PORT. What is returned later")]
    [InlineData("notify", 200, "Emails go through GOV.UK Notify", "Through GOV.UK Notify, template ")]
    [InlineData(
        "demo",
        200,
        "Demonstration: no email is sent",
        "A demonstration: emails go to the outbox and to nobody"
    )]
    public async Task Each_is_said_and_without_any_the_host_is_not_ready(
        string way,
        int ready,
        string logged,
        string shown
    )
    {
        await using var server = new Misbehaving();
        await using var notify = await NotifyStub.StartAsync();
        var settings = ServedHost.Settings(_folder.Path);
        if (way == "smtp")
            settings = settings with
            {
                Smtp = new SmtpSettings("127.0.0.1", server.Port, new MailboxAddress("", "a@example.org")),
            };
        if (way == "notify")
            settings = settings with
            {
                Notify = new NotifySettings
                {
                    Key = NotifyStub.Key,
                    Template = new Guid(NotifyStub.Template),
                    Url = notify.Url,
                },
            };
        await using var host = await ServedHost.StartAsync(_folder["data"], settings, demo: way == "demo");
        using var client = host.Client(ServedHost.StaffKey);

        using var answer = await client.GetAsync("/health/ready");
        Assert.Equal(ready, (int)answer.StatusCode);
        Assert.Equal(
            way == "nothing",
            (await answer.Content.ReadAsStringAsync()).Contains(NoMail, StringComparison.Ordinal)
        );
        var said = Assert.Single(host.Log, IsOfEmail);
        Assert.StartsWith(
            logged.Replace("PORT", $"{server.Port}", StringComparison.Ordinal),
            said,
            StringComparison.Ordinal
        );
        Assert.Contains(
            shown.Replace("PORT", $"{server.Port}", StringComparison.Ordinal),
            WebUtility.HtmlDecode(await client.GetStringAsync("/health")),
            StringComparison.Ordinal
        );
    }

    /// <summary>The line of the start that says how email goes out.</summary>
    private static bool IsOfEmail(string line) =>
        line.StartsWith("NO EMAIL", StringComparison.Ordinal)
        || line.StartsWith("Emails go through", StringComparison.Ordinal)
        || line.StartsWith("Demonstration", StringComparison.Ordinal);
}
