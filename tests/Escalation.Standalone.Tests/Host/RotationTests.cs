using System.Net;
using System.Net.Http.Json;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>The host's secrets are renewed, lost and replaced by commands; what that does to links, people and forms.</summary>
public sealed class RotationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string KeyFile => _folder["secrets.key"];
    private (string, string)[] Environment => [("ESCALATION_SECRETS_KEY_FILE", KeyFile)];

    [Fact]
    public async Task A_backup_and_the_secrets_key_together_restore_an_installation_whose_links_still_work()
    {
        string link;
        await using (var host = await StartAsync(_folder["data"]))
        {
            link = await LinkAsync(host);
            Assert.Equal(0, (await RunAsync("backup", _folder["copy.db"], "--data", _folder["data"])).Code);
        }
        Directory.CreateDirectory(_folder["restored"]);
        File.Move(_folder["copy.db"], Path.Combine(_folder["restored"], StoreFile.Name));
        File.Move(KeyFile, _folder["kept.key"]);

        var (code, output, errors) = await RunAsync(
            "--urls",
            "http://127.0.0.1:0",
            "--data",
            _folder["restored"],
            "--demo"
        );
        Assert.Equal((1, ""), (code, output));
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"{KeyFile} does not exist. Put that key back", line, StringComparison.Ordinal);
        File.Move(_folder["kept.key"], KeyFile);
        await using var restored = await StartAsync(_folder["restored"]);
        Assert.Equal(HttpStatusCode.OK, (await restored.Client.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task After_a_rotation_of_the_secrets_key_links_still_work_and_of_cookies_everybody_signs_in_anew()
    {
        string link,
            cookie;
        await using (var host = await StartAsync(_folder["data"]))
        {
            link = await LinkAsync(host);
            cookie = await SignInAsync(host);
            Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(host, cookie));
        }
        const string kept =
            "SELECT kind, substr(body, 1, 7) FROM records WHERE kind IN ('cookieKey', 'secret') ORDER BY kind";
        var secrets = StoreFile.Query(Path.Combine(_folder["data"], StoreFile.Name), kept);
        Assert.Equal(["cookieKey|sealed:", "secret|sealed:", "secret|sealed:"], secrets);
        var rotated = await RunAsync("keys", "rotate", "secrets", "--data", _folder["data"]);
        Assert.Equal((0, ""), (rotated.Code, rotated.Errors));
        Assert.Contains($"of {KeyFile}: keep a copy", rotated.Output, StringComparison.Ordinal);
        await using (var host = await StartAsync(_folder["data"]))
        {
            Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync(link)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(host, cookie));
        }
        Assert.Equal(0, (await RunAsync("keys", "rotate", "cookies", "--data", _folder["data"])).Code);
        const string left = "SELECT kind FROM records WHERE kind IN ('cookieKey', 'session')";
        Assert.Empty(StoreFile.Query(Path.Combine(_folder["data"], StoreFile.Name), left));
        await using var last = await StartAsync(_folder["data"]);
        Assert.Equal(HttpStatusCode.Redirect, await WithCookieAsync(last, cookie));
        Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(last, await SignInAsync(last)));
    }

    [Fact]
    public async Task After_a_rotation_of_the_link_keys_links_of_emails_sent_before_still_work_and_new_ones_do()
    {
        string link;
        await using (var host = await StartAsync(_folder["data"]))
            link = await LinkAsync(host);
        Assert.Equal(0, (await RunAsync("keys", "rotate", "links", "--data", _folder["data"])).Code);

        await using var after = await StartAsync(_folder["data"]);
        Assert.Equal(HttpStatusCode.OK, (await after.Client.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await after.Client.GetAsync(await LinkAsync(after))).StatusCode);
    }

    [Fact]
    public async Task A_rotation_of_the_intake_secret_forgets_which_openings_are_repeats_and_an_unknown_kind_rotates_nothing()
    {
        await using (var host = await StartAsync(_folder["data"]))
        {
            Assert.Equal(HttpStatusCode.Created, await OpenAsync(host));
            Assert.Equal(HttpStatusCode.OK, await OpenAsync(host));
        }
        var unknown = await RunAsync("keys", "rotate", "locks", "--data", _folder["data"]);
        Assert.Equal(1, unknown.Code);
        Assert.Contains("links, cookies, intake or secrets", unknown.Errors, StringComparison.Ordinal);
        await using (var host = await StartAsync(_folder["data"]))
            Assert.Equal(HttpStatusCode.OK, await OpenAsync(host));
        Assert.Equal(0, (await RunAsync("keys", "rotate", "intake", "--data", _folder["data"])).Code);
        await using var last = await StartAsync(_folder["data"]);
        Assert.Equal(HttpStatusCode.Created, await OpenAsync(last));
    }

    [Fact]
    public async Task A_lost_secrets_key_costs_links_and_sessions_and_nothing_else()
    {
        string link,
            cookie,
            reference;
        await using (var host = await StartAsync(_folder["data"]))
        {
            (link, cookie) = (await LinkAsync(host), await SignInAsync(host));
            reference = (await host.PostAsync("/api/escalations", Openings.Sandwell))
                .GetProperty("reference")
                .GetString()!;
            var ended = (await host.PostAsync("/api/escalations", Openings.Of("Robin Fox"))).GetProperty("reference");
            await host.PostAsync(
                $"/api/escalations/{ended}/withdraw",
                new
                {
                    stage = "informal",
                    reason = "Settled.",
                    by = new { agency = "oak-primary", name = "Sam Teacher" },
                }
            );
        }
        var early = await RunAsync("keys", "replace-lost", "--data", _folder["data"]);
        Assert.Equal(1, early.Code);
        Assert.Contains("Nothing is lost", early.Errors, StringComparison.Ordinal);

        File.Delete(KeyFile);
        var replaced = await RunAsync("keys", "replace-lost", "--data", _folder["data"]);
        Assert.Equal((0, ""), (replaced.Code, replaced.Errors));
        Assert.Contains("of the 5 open escalations", replaced.Output, StringComparison.Ordinal);
        await using var after = await StartAsync(_folder["data"]);
        Assert.Equal(
            "open",
            (await after.GetAsync($"/api/escalations/{reference}/status")).GetProperty("status").GetString()
        );
        Assert.Equal(HttpStatusCode.Gone, (await after.Client.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await WithCookieAsync(after, cookie));
        Assert.Equal(HttpStatusCode.OK, (await after.Client.GetAsync(await LinkAsync(after))).StatusCode);
    }

    private Task<HostProcess> StartAsync(string data) => HostProcess.StartAsync(data, ["--demo"], Environment);

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] args) =>
        HostProcess.RunAsync(args, Environment);

    /// <summary>The path of a link in the email of a case that is opened for it.</summary>
    private static async Task<string> LinkAsync(HostProcess host)
    {
        await host.PostAsync("/api/escalations", Openings.Of(Guid.NewGuid().ToString("N")));
        var links = (await host.GetAsync("/api/outbox"))
            .EnumerateArray()
            .SelectMany(e => e.GetProperty("links").EnumerateArray());
        return new Uri(links.Last().GetString()!).PathAndQuery;
    }

    private static async Task<HttpStatusCode> OpenAsync(HostProcess host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/escalations")
        {
            Content = JsonContent.Create(Openings.Sandwell),
        };
        request.Headers.Add("Idempotency-Key", "form-1");
        return (await host.Client.SendAsync(request)).StatusCode;
    }

    private static async Task<string> SignInAsync(HostProcess host)
    {
        using var browser = Browser(host);
        var form = new FormUrlEncodedContent([new("key", HostProcess.StaffKey)]);
        var post = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = form };
        post.Headers.Add("Origin", host.Client.BaseAddress!.ToString().TrimEnd('/'));
        return (await browser.SendAsync(post))
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("escalation=", StringComparison.Ordinal))
            .Split(';')[0];
    }

    private static async Task<HttpStatusCode> WithCookieAsync(HostProcess host, string cookie)
    {
        using var browser = Browser(host);
        var get = new HttpRequestMessage(HttpMethod.Get, "/tracker");
        get.Headers.Add("Cookie", cookie);
        return (await browser.SendAsync(get)).StatusCode;
    }

    private static HttpClient Browser(HostProcess host) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = host.Client.BaseAddress,
        };
}
