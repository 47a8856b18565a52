using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing;
using Escalation.Testing.GovUkNotify;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>The host that sends by GOV.UK Notify, from its settings to what the case says became of an email.</summary>
public sealed class NotifyHostTests : IDisposable
{
    private const string Token = "0123456789-0123456789-0123456789";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static (string, string)[] Settings(NotifyStub notify) =>
        [
            ("ESCALATION_NOTIFY__KEY", NotifyStub.Key),
            ("ESCALATION_NOTIFY__TEMPLATE", NotifyStub.Template),
            ("ESCALATION_NOTIFY__URL", $"{notify.Url}"),
            ("ESCALATION_NOTIFY__CALLBACKTOKEN", Token),
            ("ESCALATION_PUBLICURL", "https://escalations.example.org"),
        ];

    [Fact]
    public async Task A_case_is_asked_by_notify_with_its_link_and_a_permanent_failure_is_asked_of_somebody_else()
    {
        await using var notify = await NotifyStub.StartAsync();
        await using var host = await HostProcess.StartAsync(_folder["data"], [], Settings(notify));
        await WriteDirectoryAsync(host);

        var reference = (await host.PostAsync("/api/escalations", Openings.Sandwell))
            .GetProperty("reference")
            .GetString()!;
        var asked = await EmailAsync(notify, e => e.To == "sam@oak-primary.example.org");
        Assert.StartsWith(reference, asked.Subject, StringComparison.Ordinal);
        Assert.Contains(
            asked.Text.Split('\n'),
            l => l.StartsWith("https://escalations.example.org/r/", StringComparison.Ordinal)
        );

        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(host, asked.Report("permanent-failure")));
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(host, asked.Report("permanent-failure")));
        await EmailAsync(notify, e => e.To == "lead@oak-primary.example.org");

        var notices = (await host.GetAsync($"/api/escalations/{reference}"))
            .GetProperty("notices")
            .EnumerateArray()
            .ToList();
        Assert.Equal(
            "failed",
            notices.Single(n => n.GetProperty("key").GetString() == asked.Reference).GetProperty("status").GetString()
        );
        Assert.Equal(notify.Emails.Count, notify.Emails.Select(e => e.Reference).Distinct().Count());
        var page = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/health"));
        Assert.Contains(
            $"Through GOV.UK Notify, template {NotifyStub.Template}. It carries the words",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("no calendar entry comes with an email", page, StringComparison.Ordinal);
        foreach (var secret in (string[])[NotifyStub.Secret, Token])
            Assert.DoesNotContain(secret, host.Output + page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_became_of_an_email_while_the_host_was_down_is_asked_at_its_start()
    {
        await using var notify = await NotifyStub.StartAsync();
        string reference;
        await using (var host = await HostProcess.StartAsync(_folder["data"], [], Settings(notify)))
        {
            await WriteDirectoryAsync(host);
            reference = (await host.PostAsync("/api/escalations", Openings.Sandwell))
                .GetProperty("reference")
                .GetString()!;
            await EmailAsync(notify, e => e.To == "sam@oak-primary.example.org");
        }
        notify.Emails.Single(e => e.To == "sam@oak-primary.example.org").Status = "permanent-failure";

        await using var again = await HostProcess.StartAsync(_folder["data"], [], Settings(notify));

        await EmailAsync(notify, e => e.To == "lead@oak-primary.example.org");
        var notices = (await again.GetAsync($"/api/escalations/{reference}")).GetProperty("notices").EnumerateArray();
        Assert.Contains(notices, n => n.GetProperty("status").GetString() == "failed");
    }

    [Fact]
    public async Task A_template_that_cannot_be_filled_is_known_at_the_start_in_the_log_in_readiness_and_on_the_health_page()
    {
        await using var notify = await NotifyStub.StartAsync();
        notify.TemplateBody = "Dear ((name)), ((text))";
        await using var host = await HostProcess.StartAsync(_folder["data"], [], Settings(notify));

        await host.SaysAsync("Email cannot be sent (template)");
        using var ready = await host.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        var page = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/health"));
        Assert.Contains("does not have the template, or cannot fill it (template)", page, StringComparison.Ordinal);

        notify.TemplateBody = "((text))";
        using var form = new FormUrlEncodedContent([new("address", "somebody@example.org")]);
        using var answer = await host.Client.PostAsync("/health/test", form);
        Assert.Contains("The email was taken", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("somebody@example.org", Assert.Single(notify.Emails).To);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task The_test_command_sends_one_email_or_says_in_words_why_not()
    {
        await using var notify = await NotifyStub.StartAsync();
        var (code, output, errors) = await HostProcess.RunAsync(
            ["mail", "test", "somebody@example.org"],
            Settings(notify)
        );
        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("The email was taken by the mail server.", output, StringComparison.Ordinal);
        Assert.Equal("somebody@example.org", Assert.Single(notify.Emails).To);

        notify.RefuseSending(400, "BadRequestError", "Can’t send to this recipient using a team-only API key");
        (code, output, errors) = await HostProcess.RunAsync(["mail", "test", "somebody@example.org"], Settings(notify));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(
            "because the mail service sends to its own team and guest list only (restricted). Take the service out of trial mode",
            errors,
            StringComparison.Ordinal
        );
    }

    private static async Task WriteDirectoryAsync(HostProcess host)
    {
        string[] partnership = ["businessManager"],
            agencies = ["lineManager", "safeguardingLead", "headOfService", "director"];
        foreach (
            var (agency, tiers) in new[]
            {
                ("oak-primary", agencies),
                ("sandwell-childrens-trust", agencies),
                ("sandwell", partnership),
            }
        )
        {
            var entry = new
            {
                id = agency,
                name = $"The {agency}",
                domains = new[] { $"{agency}.example.org" },
                contacts = new[]
                {
                    new
                    {
                        id = "lead",
                        name = "Lee Lead",
                        email = $"lead@{agency}.example.org",
                        tiers,
                    },
                },
            };
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/partnerships/sandwell/agencies/{agency}")
            {
                Content = new StringContent(JsonSerializer.Serialize(entry), Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
            using var answer = await host.Client.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    private static async Task<HttpStatusCode> ReportAsync(HostProcess host, string report)
    {
        using var client = new HttpClient { BaseAddress = host.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var content = new StringContent(report, Encoding.UTF8, "application/json");
        return (await client.PostAsync("/hooks/notify", content)).StatusCode;
    }

    /// <summary>The first such email, once Notify has it.</summary>
    private static Task<NotifyEmail> EmailAsync(NotifyStub notify, Func<NotifyEmail, bool> isIt) =>
        notify.TakesAsync(isIt).WaitAsync(Waiting.AtMost);
}
