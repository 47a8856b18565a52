using System.Net;
using System.Text.RegularExpressions;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Every kind of answer tells the browser what it must not do with it, and over TLS to stay with TLS.</summary>
public sealed partial class AnswerHeaderTests(AnswerHeaderTests.Hosts hosts) : IClassFixture<AnswerHeaderTests.Hosts>
{
    private const string Stylesheet = "the page's stylesheet";

    public static TheoryData<string, string, string, int> Answers { get; } =
        new()
        {
            { "nobody", "GET", "/health/live", 200 },
            { "nobody", "HEAD", "/health/live", 200 },
            { "nobody", "DELETE", "/health/live", 405 },
            { "nobody", "GET", "/health/ready", 503 },
            { "nobody", "GET", "/sign-in", 200 },
            { "nobody", "GET", Stylesheet, 200 },
            { "nobody", "GET", "/tracker", 302 },
            { "nobody", "GET", "/nothing/here", 404 },
            { "nobody", "GET", "/r/never-a-link", 404 },
            { "nobody", "GET", "/api/escalations", 401 },
            { "nobody", "POST", "/api/calendar/refresh", 401 },
            { "intake", "GET", "/api/escalations", 403 },
            { "intake", "POST", "/api/escalations", 413 },
            { "staff", "GET", "/api/escalations", 200 },
            { "staff", "GET", "/api/escalations/SAN-0000-0000", 404 },
            { "staff", "GET", "/api/outbox", 404 },
            { "staff", "GET", "/tracker", 200 },
            { "staff", "GET", "/openapi.json", 200 },
            { "staff", "POST", "/api/calendar/refresh", 400 },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task It_is_framed_nowhere_runs_nothing_and_is_kept_nowhere(
        string who,
        string method,
        string path,
        int status
    )
    {
        using var answer = await AskAsync(hosts.Secure, who, method, path, "https");

        Assert.Equal(status, (int)answer.StatusCode);
        var policy = Only(answer, "Content-Security-Policy")!;
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(
            ("nosniff", "DENY", "same-origin", "same-origin", "camera=(), geolocation=(), microphone=()"),
            (
                Only(answer, "X-Content-Type-Options"),
                Only(answer, "X-Frame-Options"),
                Only(answer, "Cross-Origin-Resource-Policy"),
                Only(answer, "Cross-Origin-Opener-Policy"),
                Only(answer, "Permissions-Policy")
            )
        );
        Assert.Equal(path != Stylesheet, Only(answer, "Cache-Control") == "no-store");
        Assert.Contains(Only(answer, "Referrer-Policy"), new[] { "no-referrer", "same-origin" });
        Assert.Null(Only(answer, "Server"));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task It_binds_the_browser_to_TLS_where_the_public_address_has_it_and_it_came_by_it(
        string who,
        string method,
        string path,
        int status
    )
    {
        foreach (
            var (host, proto, expected) in new[]
            {
                (hosts.Secure, "https", "max-age=31536000"),
                (hosts.Secure, "http", null),
                (hosts.Secure, null, null),
                (hosts.Plain, "https", null),
            }
        )
        {
            using var answer = await AskAsync(host, who, method, path, proto);
            Assert.Equal((status, expected), ((int)answer.StatusCode, Only(answer, "Strict-Transport-Security")));
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(
        ServedHost host,
        string who,
        string method,
        string path,
        string? proto
    )
    {
        using var client = host.Client(
            who switch
            {
                "staff" => ServedHost.StaffKey,
                "intake" => ServedHost.IntakeKey,
                _ => null,
            }
        );
        if (path == Stylesheet)
            path = Link().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (proto is not null)
            request.Headers.Add("X-Forwarded-Proto", proto);
        if (method == "POST")
            request.Content = new StringContent(
                path == "/api/escalations" ? new string(' ', 300_000) : "{}",
                null,
                "application/json"
            );
        return await client.SendAsync(request);
    }

    private static string? Only(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) ? Assert.Single(values) : null;

    [GeneratedRegex("rel=\"stylesheet\" href=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    /// <summary>One whose public address has TLS and one whose has none, behind a proxy that is believed.</summary>
    public sealed class Hosts : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        internal ServedHost Secure { get; private set; } = null!;
        internal ServedHost Plain { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Secure = await StartAsync("secure", "https://escalation.example.org");
            Plain = await StartAsync("plain", "http://escalation.example.org");
        }

        public async Task DisposeAsync()
        {
            await Secure.DisposeAsync();
            await Plain.DisposeAsync();
            _folder.Dispose();
        }

        private Task<ServedHost> StartAsync(string data, string publicUrl) =>
            ServedHost.StartAsync(
                _folder[data],
                ServedHost.Settings(_folder.Path) with
                {
                    PublicUrl = publicUrl,
                    Proxies = [IPNetwork.Parse("127.0.0.0/8")],
                }
            );
    }
}
