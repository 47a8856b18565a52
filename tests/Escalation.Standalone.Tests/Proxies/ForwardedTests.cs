using Escalation.Standalone.Settings;
using Escalation.Standalone.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Escalation.Standalone.Tests.Proxies;

/// <summary>Whose word on the client's address and scheme is taken, by the setting.</summary>
public sealed class ForwardedTests
{
    private const string NotBelieved = "127.0.0.1 http localhost";

    [Theory]
    [InlineData(null, "192.0.2.7", "https", NotBelieved)]
    [InlineData("", "192.0.2.7", "https", NotBelieved)]
    [InlineData("10.0.0.0/8", "192.0.2.7", "https", NotBelieved)]
    [InlineData("::1", "192.0.2.7", "https", NotBelieved)]
    [InlineData("127.0.0.2", "192.0.2.7", "https", NotBelieved)]
    [InlineData("192.0.2.7", "192.0.2.7", "https", NotBelieved)]
    [InlineData("127.0.0.1", "192.0.2.7", "https", "192.0.2.7 https localhost")]
    [InlineData("127.0.0.0/8", "192.0.2.7", "https", "192.0.2.7 https localhost")]
    [InlineData("10.0.0.0/8, 127.0.0.1", "192.0.2.7", "https", "192.0.2.7 https localhost")]
    [InlineData("127.0.0.1", "192.0.2.7", null, "192.0.2.7 http localhost")]
    [InlineData("127.0.0.1", null, null, "127.0.0.1 http localhost")]
    [InlineData("127.0.0.1", "2001:db8::7", "https", "2001:db8::7 https localhost")]
    [InlineData("127.0.0.1", "203.0.113.9, 192.0.2.7", "https, https", "192.0.2.7 https localhost")]
    [InlineData("127.0.0.1,192.0.2.0/24", "203.0.113.9, 192.0.2.7", "https, https", "203.0.113.9 https localhost")]
    public async Task A_configured_proxy_is_believed_up_to_the_first_that_is_none_and_nobody_else_is(
        string? proxies,
        string? forwardedFor,
        string? proto,
        string seen
    )
    {
        var (answers, warnings) = await AskAsync(proxies, forwardedFor, proto);

        Assert.Equal([seen, seen, seen], answers);
        Assert.Equal(seen == NotBelieved && forwardedFor is not null ? 1 : 0, warnings);
    }

    [Fact]
    public async Task Without_the_header_nobody_is_warned()
    {
        var (answers, warnings) = await AskAsync(null, null, "https");

        Assert.Equal([NotBelieved, NotBelieved, NotBelieved], answers);
        Assert.Equal(0, warnings);
    }

    /// <summary>Asks three times. Who asked, by which scheme and for which host, as the host takes it; and how often it warned.</summary>
    private static async Task<(IReadOnlyList<string> Answers, int Warnings)> AskAsync(
        string? proxies,
        string? forwardedFor,
        string? proto
    )
    {
        var log = new FakeLogCollector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(log));
        await using var app = builder.Build();
        app.UseProxies(Configured.Read(("Proxies", proxies)));
        app.MapGet(
            "/",
            (HttpContext context) =>
                $"{context.Connection.RemoteIpAddress} {context.Request.Scheme} {context.Request.Host.Host}"
        );
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Host = "localhost";
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "elsewhere.example.org");
        if (forwardedFor is not null)
            client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        if (proto is not null)
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", proto);

        var answers = new List<string>();
        for (var i = 0; i < 3; i++)
            answers.Add(await client.GetStringAsync("/"));
        return (answers, log.GetSnapshot().Count(line => line.Level == LogLevel.Warning));
    }
}
