using System.Net.Sockets;
using System.Text;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Tests;

/// <summary>Anybody can be refused as often as they like: the log says so by kind, once and then once a minute with a count.</summary>
public sealed class RefusalLogTests : IAsyncLifetime
{
    private const int Times = 25;
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(o => o.RateLimits = false);

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    /// <summary>The lines that a host writes with the settings that it comes with: the framework's only where they warn.</summary>
    private IEnumerable<string> Lines =>
        _host
            .Log.GetSnapshot()
            .Where(l =>
                l.Level >= LogLevel.Warning || l.Category?.StartsWith("Microsoft", StringComparison.Ordinal) != true
            )
            .Select(l => l.Message);

    [Theory]
    [InlineData("GET", "/api/escalations", "Refused GET /api/escalations: 401 unauthorised, asked by nobody")]
    [InlineData("GET", "/no/such/page", "Refused GET (no such route): 404 notFound, asked by nobody")]
    [InlineData("DELETE", "/health/live", "Refused DELETE (no such route): 405 invalid, asked by nobody")]
    [InlineData("GET", "/r/a-secret-token-that-is-none", "Refused GET /r/{token}: 404 page, asked by nobody")]
    [InlineData("POST", "/r/a-secret-token-that-is-none", "Refused POST /r/{token}: 404 page, asked by nobody")]
    public async Task A_stranger_who_is_refused_again_and_again_costs_one_line_and_one_a_minute(
        string method,
        string path,
        string line
    )
    {
        for (var i = 0; i < Times; i++)
            await SendAsync(_host.Nobody(), method, path, i);
        Assert.Equal([line], Lines);
        _host.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal([line], Lines);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([line, $"{line}; {Times - 1} more within a minute"], Lines);

        // Going on, it is counted; after a minute of peace it is said at once again.
        await SendAsync(_host.Nobody(), method, path, 0);
        Assert.Equal(2, Lines.Count());
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal($"{line}; 1 more within a minute", Lines.Last());
        _host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(3, Lines.Count());
        await SendAsync(_host.Nobody(), method, path, 0);
        Assert.Equal(line, Lines.Last());
        Assert.DoesNotContain(Lines, l => l.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_keys_bad_bodies_and_what_is_not_allowed_are_kinds_of_their_own_whatever_they_hold()
    {
        using var manager = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        for (var i = 0; i < Times; i++)
        {
            using var wrong = _host.With($"a-wrong-access-key-of-somebody-{i}");
            await wrong.GetJsonAsync("/api/escalations");
            await manager.PostTextAsync("/api/escalations", $"{{ \"secret-{i}\": ");
            await manager.PostTextAsync("/api/escalations", $"secret {i}", type: "text/secret");
            await manager.PostTextAsync("/api/escalations", new string('x', 300_000));
            await manager.GetJsonAsync($"/api/escalations?partnership=secret-{i}");
            await manager.GetJsonAsync($"/api/escalations/SAN-0000-{i:D4}");
            await manager.GetJsonAsync($"/api/escalations?cursor=secret{i}");
        }
        Assert.Equal(
            [
                "Refused GET /api/escalations/{reference}: 404 notFound, asked by BusinessManager",
                "Refused GET /api/escalations: 400 invalid, asked by BusinessManager",
                "Refused GET /api/escalations: 401 unauthorised, asked by nobody",
                "Refused GET /api/escalations: 403 forbidden, asked by BusinessManager",
                "Refused POST (no such route): 415 invalid, asked by nobody",
                "Refused POST /api/escalations: 400 invalid, asked by BusinessManager",
                "Refused POST /api/escalations: 413 tooLarge, asked by BusinessManager",
            ],
            Lines.Order(StringComparer.Ordinal)
        );
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(14, Lines.Count());
        Assert.DoesNotContain(Lines, l => l.Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines, l => l.Contains("SAN-0000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_that_are_none_and_callers_that_leave_write_no_lines_of_their_own()
    {
        string[] texts =
        [
            "GARBAGE\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET http://\0 HTTP/1.1\r\n\r\n",
            $"GET /{new string('a', 20_000)} HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
            "POST /r/some-token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nhalf",
            "GET /tracker HTTP/1.1\r\nHost: a\r\nCookie: escalation=CfDJ8notAcookieofours\r\n\r\n",
            "GET /health/live HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: not-an-address\r\nX-Forwarded-Proto: a,b,c\r\n\r\n",
        ];
        foreach (var text in texts)
            for (var i = 0; i < Times; i++)
                await SendRawAsync(text);
        await SendAsync(_host.Nobody(), "GET", "/health/live", 0);
        Assert.InRange(Lines.Count(), 0, texts.Length);
        Assert.DoesNotContain(Lines, l => l.Contains("some-token", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines, l => l.Contains("CfDJ8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_fails_is_told_with_its_reason_once_and_then_by_count()
    {
        FlakyStore store = null!;
        await using var host = await TestHost.StartAsync(wrap: inner => store = new FlakyStore(StoreParts.Of(inner)));
        using var staff = await host.AdministratorAsync();
        store.IsDown = true;
        for (var i = 0; i < Times; i++)
            Assert.Equal(503, (int)(await staff.GetJsonAsync("/api/escalations/SAN-7K3M-Q9XA")).Status);
        var told = host.Log.GetSnapshot().Where(l => l.Level == LogLevel.Error).ToList();
        Assert.Equal("The store is out of reach.", Assert.Single(told).Exception?.Message);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains(
            host.Log.GetSnapshot(),
            l =>
                l.Message.EndsWith(
                    $" as before (TimeoutException), {Times - 1} times in a minute",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task What_was_counted_when_the_host_ends_is_said()
    {
        var host = await TestHost.StartAsync();
        var log = host.Log;
        for (var i = 0; i < 3; i++)
            await SendAsync(host.Nobody(), "GET", "/no/such/page", i);
        await host.DisposeAsync();
        Assert.Contains(
            log.GetSnapshot(),
            l => l.Message.EndsWith("asked by nobody; 2 more within a minute", StringComparison.Ordinal)
        );
    }

    private static async Task SendAsync(HttpClient client, string method, string path, int i)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Secret", $"secret-{i}");
        using var answer = await client.SendAsync(request);
        client.Dispose();
    }

    private async Task SendRawAsync(string text)
    {
        using var client = new TcpClient { LingerState = new LingerOption(true, 0) };
        var address = _host.Nobody().BaseAddress!;
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        try
        {
            await client.GetStream().ReadExactlyAsync(new byte[1], soon.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Half a request gets no answer: the caller leaves.
        }
    }
}
