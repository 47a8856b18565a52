using System.Net;
using System.Text.Json.Nodes;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>The host with a mail server that does not work: it says so everywhere, and goes on when it does.</summary>
public sealed class MailHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_that_lets_nobody_in_is_known_at_the_start_in_the_log_in_readiness_and_on_the_health_page()
    {
        await using var server = new Misbehaving();
        server.Answers["greeting"] = "554 5.7.1 no service for you";
        await using var host = await HostProcess.StartAsync(_folder["data"], [], server.Settings);

        await host.SaysAsync("Email cannot be sent (policy)");
        using var ready = await host.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        var problem = JsonNode.Parse(await ready.Content.ReadAsStringAsync())!;
        Assert.Contains(
            "because the mail server’s rules refuse what is sent (policy)",
            $"{problem["detail"]}",
            StringComparison.Ordinal
        );
        var page = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/health"));
        Assert.Contains("because the mail server’s rules refuse what is sent (policy)", page, StringComparison.Ordinal);

        // The test on the page finds that it works again.
        server.Answers.Clear();
        var told = WebUtility.HtmlDecode(await TestAsync(host, "somebody@example.org"));
        Assert.Contains("The email was taken by the mail server", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/ready")).StatusCode);
        await host.SaysAsync("Email goes out again");
        Assert.Contains("somebody@example.org", server.Said("RCPT"), StringComparison.Ordinal);
        Assert.Contains("Enter an email address", await TestAsync(host, "nobody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_test_command_sends_one_email_or_says_in_words_why_not()
    {
        await using var server = new Misbehaving();
        var (code, output, errors) = await HostProcess.RunAsync(
            ["mail", "test", "somebody@example.org"],
            server.Settings
        );
        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("The email was taken by the mail server.", output, StringComparison.Ordinal);
        Assert.Single(server.Emails);

        server.Answers["MAIL"] = "550 5.7.1 not you";
        (code, output, errors) = await HostProcess.RunAsync(["mail", "test", "somebody@example.org"], server.Settings);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(
            "because the mail server’s rules refuse what is sent (policy)",
            errors,
            StringComparison.Ordinal
        );

        Assert.Equal(
            "'somebody' is not an email address.",
            (await HostProcess.RunAsync(["mail", "test", "somebody"], server.Settings)).Errors.Trim()
        );
        Assert.Equal(
            "No mail server is set: set ESCALATION_SMTP__HOST or ESCALATION_NOTIFY__KEY.",
            (await HostProcess.RunAsync(["mail", "test", "a@example.org"])).Errors.Trim()
        );
    }

    private static async Task<string> TestAsync(HostProcess host, string address)
    {
        using var form = new FormUrlEncodedContent([new("address", address)]);
        using var answer = await host.Client.PostAsync("/health/test", form);
        return await answer.Content.ReadAsStringAsync();
    }
}
