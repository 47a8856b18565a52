using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Proxies;

/// <summary>The host behind a real reverse proxy, with TLS, as people and strangers reach it.</summary>
public sealed partial class ProxyTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = ProxyServer.FreePort();
    private HostProcess _host = null!;
    private ProxyServer? _proxy;

    private string Address => $"https://127.0.0.1:{_port}";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task A_person_signs_in_works_and_signs_out_over_TLS(string kind)
    {
        await StartAsync(kind);
        using var browser = From("127.0.0.9");
        var asked = await browser.GetAsync("/tracker?status=all");
        Assert.Equal("/sign-in?to=%2Ftracker%3Fstatus%3Dall", asked.Headers.Location!.OriginalString);
        Assert.Equal("max-age=31536000", asked.Headers.GetValues("Strict-Transport-Security").Single());

        var signedIn = await SignInAsync(browser, HostProcess.StaffKey, "/tracker?status=all");
        Assert.Equal("/tracker?status=all", signedIn.Headers.Location!.OriginalString);
        var cookie = signedIn
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("escalation=", StringComparison.Ordinal));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/tracker")).StatusCode);
        var page = await browser.GetStringAsync("/tracker");
        var styles = Stylesheet().Match(page).Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(styles)).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(browser, "/sign-out", [])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/tracker")).StatusCode);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task An_emailed_link_leads_through_the_proxy_and_records_the_outcome(string kind)
    {
        await StartAsync(kind);
        var reference = (await _host.PostAsync("/api/escalations", Openings.Sandwell))
            .GetProperty("reference")
            .GetString();
        var links = (await _host.GetAsync("/api/outbox"))
            .EnumerateArray()
            .SelectMany(e => e.GetProperty("links").EnumerateArray());
        var link = links.Last().GetString()!;
        Assert.StartsWith($"{Address}/r/", link, StringComparison.Ordinal);

        using var browser = From("127.0.0.9");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(link)).StatusCode);
        var today = TimeZoneInfo.ConvertTime(
            DateTimeOffset.UtcNow,
            TimeZoneInfo.FindSystemTimeZoneById("Europe/London")
        );
        var recorded = await PostAsync(
            browser,
            new Uri(link).PathAndQuery,
            new()
            {
                ["step"] = "record",
                ["outcome"] = "resolved",
                ["method"] = "phone",
                ["discussedOn"] = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["summary"] = "We agreed.",
                ["name"] = "Sam Teacher",
                ["role"] = "Teacher",
                ["recordKeeper"] = "oak-primary",
            }
        );
        Assert.Equal(HttpStatusCode.SeeOther, recorded.StatusCode);
        var receipt = await browser.GetAsync(link + recorded.Headers.Location);
        Assert.Contains("Outcome recorded", await receipt.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var after = await _host.GetAsync($"/api/escalations/{reference}/status");
        Assert.Equal("awaitingConfirmation", after.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task A_stranger_s_wrong_keys_and_links_stop_the_stranger_and_nobody_else_whatever_address_is_claimed(
        string kind
    )
    {
        await StartAsync(kind);
        using var stranger = From("127.0.0.2");
        using var person = From("127.0.0.3");
        for (var i = 0; i < 30; i++)
        {
            stranger.DefaultRequestHeaders.Remove("X-Forwarded-For");
            stranger.DefaultRequestHeaders.Add("X-Forwarded-For", $"192.0.2.{i}");
            Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(stranger, $"wrong-{i}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/r/wrong-{i}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignInAsync(stranger, "wrong-31")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.GetAsync("/r/wrong-31")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(person, HostProcess.StaffKey)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync("/r/wrong")).StatusCode);
        Assert.DoesNotContain("not in ESCALATION_PROXIES", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thirty_one_people_sign_in_from_one_address_at_nine()
    {
        await StartAsync("nginx");
        for (var person = 0; person < 31; person++)
        {
            using var browser = From("127.0.0.4");
            Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(browser, HostProcess.StaffKey)).StatusCode);
        }
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("nginx-plain")]
    [InlineData("caddy")]
    public async Task The_demo_s_clock_and_outbox_are_not_there_through_a_proxy(string kind)
    {
        await StartAsync(kind, "--clock", "2026-12-23T10:00:00Z");
        using var browser = From("127.0.0.1");
        browser.DefaultRequestHeaders.Authorization = new("Bearer", HostProcess.StaffKey);
        foreach (var path in (string[])["/outbox", "/api/outbox", "/api/clock"])
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
        var moved = await browser.PostAsync("/api/clock", new StringContent("""{"to":"nextWake"}"""));
        Assert.Equal(HttpStatusCode.NotFound, moved.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/escalations")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _host.Client.GetAsync("/api/clock")).StatusCode);
    }

    [Fact]
    public async Task Under_a_path_of_another_site_nothing_is_answered()
    {
        await StartAsync("nginx-path");
        using var browser = From("127.0.0.9");
        foreach (
            var path in (string[])
                ["/escalation/", "/escalation/sign-in", "/escalation/r/token", "/escalation/health/live"]
        )
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_proxy_that_is_not_configured_is_not_believed_and_the_log_says_so_once()
    {
        await StartAsync("nginx", [("ESCALATION_PROXIES", "10.0.0.0/8")]);
        using var stranger = From("127.0.0.2");
        for (var i = 0; i < 31; i++)
            await SignInAsync(stranger, $"wrong-{i}");

        using var person = From("127.0.0.3");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignInAsync(person, HostProcess.StaffKey)).StatusCode);
        Assert.Single(
            _host.Output.Split('\n'),
            line => line.Contains("not in ESCALATION_PROXIES", StringComparison.Ordinal)
        );
    }

    private Task StartAsync(string kind, params string[] args) =>
        StartAsync(kind, [("ESCALATION_PROXIES", "127.0.0.1")], args);

    private async Task StartAsync(string kind, (string, string)[] environment, params string[] args)
    {
        _host = await HostProcess.StartAsync(
            _folder.Path,
            ["--demo", .. args],
            [("ESCALATION_PUBLICURL", Address), .. environment]
        );
        _proxy = await ProxyServer.StartAsync(kind, _port, _host.Client.BaseAddress!.Authority);
    }

    /// <summary>A browser at an address of its own: every 127.x.y.z is this machine.</summary>
    private HttpClient From(string address) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                CookieContainer = new CookieContainer(),
                SslOptions =
                {
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                        certificate!.Subject == "CN=127.0.0.1",
                },
                ConnectCallback = async (context, cancel) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
                    {
                        NoDelay = true,
                    };
                    socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                    await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = new Uri(Address),
        };

    private Task<HttpResponseMessage> SignInAsync(HttpClient browser, string key, string to = "/") =>
        PostAsync(browser, "/sign-in", new() { ["key"] = key, ["to"] = to });

    private async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, Dictionary<string, string> form)
    {
        var post = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        post.Headers.Add("Origin", Address);
        return await browser.SendAsync(post);
    }

    [GeneratedRegex("rel=\"stylesheet\" href=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stylesheet();
}
