using System.Text.RegularExpressions;
using Escalation.Functions.SignIn;
using Escalation.Functions.Tests.World;
using static Escalation.Functions.Tests.Triggers.Asking;

namespace Escalation.Functions.Tests.Triggers;

/// <summary>Every kind of answer tells the browser what it must not do with it, and on Azure to stay with TLS.</summary>
public sealed partial class AnswerHeaderTests(AnswerHeaderTests.Fronts fronts) : IClassFixture<AnswerHeaderTests.Fronts>
{
    private const string Stylesheet = "the page's stylesheet";

    public static TheoryData<string, string, string, int> Answers { get; } =
        new()
        {
            { "nobody", "GET", "/health/live", 200 },
            { "nobody", "HEAD", "/health/live", 200 },
            { "nobody", "DELETE", "/health/live", 405 },
            { "nobody", "GET", "/nothing/here", 404 },
            { "nobody", "GET", "/r/never-a-link", 404 },
            { "nobody", "POST", "/hooks/email-delivery", 404 },
            { "nobody", "GET", "/tracker", 302 },
            { "nobody", "GET", "/api/escalations", 401 },
            { "reader", "GET", "/tracker", 403 },
            { "staff", "GET", "/tracker", 200 },
            { "staff", "GET", Stylesheet, 200 },
            { "staff", "GET", "/api/escalations", 200 },
            { "staff", "GET", "/api/escalations/SAN-0000-0000", 404 },
            { "staff", "GET", "/health/ready", 200 },
            { "form", "POST", "/api/escalations", 413 },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task It_is_framed_nowhere_runs_nothing_and_binds_the_browser_to_TLS(
        string who,
        string method,
        string path,
        int status
    )
    {
        using var answer = await AskAsync(fronts.Azure, who, method, path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("max-age=31536000", Only(answer, "Strict-Transport-Security"));
        var policy = Only(answer, "Content-Security-Policy")!;
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
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
    }

    [Fact]
    public async Task On_one_s_own_machine_there_is_no_TLS_to_be_bound_to()
    {
        using var answer = await AskAsync(fronts.Here, "nobody", "GET", "/health/live");

        Assert.Null(Only(answer, "Strict-Transport-Security"));
    }

    private static async Task<HttpResponseMessage> AskAsync(Front front, string who, string method, string path)
    {
        using var client = front.Client(who == "form" ? Front.Key : null);
        if (who is "staff" or "reader")
            client.DefaultRequestHeaders.Add(
                "X-MS-CLIENT-PRINCIPAL",
                Principal(who == "staff" ? "Administrator" : "Reader")
            );
        if (path == Stylesheet)
            path = Link().Match(await client.GetStringAsync("/tracker")).Groups[1].Value;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = new StringContent(new string(' ', 300_000), null, "application/json");
        return await client.SendAsync(request);
    }

    private static string? Only(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) ? Assert.Single(values) : null;

    [GeneratedRegex("rel=\"stylesheet\" href=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    public sealed class Fronts : IAsyncLifetime
    {
        private readonly List<CaseWorld> _worlds = [];

        public Front Azure { get; private set; } = null!;

        /// <summary>In the Functions Core Tools.</summary>
        public Front Here { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Azure = await StartAsync(new Platform(OnAzure: true, ChecksPrincipals: true));
            Here = await StartAsync(new Platform(OnAzure: false, ChecksPrincipals: false));
        }

        public async Task DisposeAsync()
        {
            await Azure.DisposeAsync();
            await Here.DisposeAsync();
            foreach (var world in _worlds)
                await world.DisposeAsync();
        }

        private async Task<Front> StartAsync(Platform platform)
        {
            var world = await CaseWorld.AtAsync("2026-09-25 11:00", platform);
            _worlds.Add(world);
            return await Front.StartAsync(world);
        }
    }
}
