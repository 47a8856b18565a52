using System.Net.Sockets;
using System.Text;

namespace Escalation.Standalone.Tests.Host;

/// <summary>
/// The demo's clock and outbox are for who sits at the machine, not for who comes through a proxy, nor for another site's page.
/// </summary>
public sealed class DemoDoorTests(DemoHost demo) : IClassFixture<DemoHost>
{
    [Theory]
    [InlineData("X-Forwarded-For: 192.0.2.7")]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: escalation.example.org")]
    [InlineData("Forwarded: for=192.0.2.7")]
    [InlineData("X-Original-For: 192.0.2.7")]
    [InlineData("Via: 1.1 caddy")]
    [InlineData("X-Real-IP: 192.0.2.7")]
    [InlineData("Origin: https://elsewhere.example.org")]
    [InlineData("Origin: http://127.0.0.1:1")]
    [InlineData("Origin: null")]
    public async Task What_came_through_a_proxy_or_from_another_site_s_page_is_not_answered(string header)
    {
        foreach (var request in (string[])["GET /outbox", "GET /api/outbox", "GET /api/clock", "POST /api/clock"])
            Assert.Equal(404, await AskAsync(request, demo.Authority, "1.1", header));
    }

    [Theory]
    [InlineData("escalation.example.org")]
    [InlineData("127.0.0.1.elsewhere.example.org:5080")]
    [InlineData("192.0.2.7")]
    public async Task Another_name_that_leads_here_is_not_answered(string host)
    {
        foreach (var request in (string[])["GET /outbox", "GET /api/outbox", "GET /api/clock", "POST /api/clock"])
            Assert.Equal(404, await AskAsync(request, host, "1.1"));
    }

    [Fact]
    public async Task A_proxy_that_says_nothing_of_itself_is_known_by_its_old_HTTP()
    {
        Assert.Equal(404, await AskAsync("GET /outbox", demo.Authority, "1.0"));
        Assert.Equal(404, await AskAsync("POST /api/clock", demo.Authority, "1.0"));
    }

    [Fact]
    public async Task Who_sits_at_the_machine_is_answered_under_each_of_its_own_names()
    {
        var port = demo.Authority.Split(':')[1];
        foreach (
            var host in (string[])
                [demo.Authority, $"localhost:{port}", $"LOCALHOST:{port}", $"[::1]:{port}", "localhost"]
        )
        {
            Assert.Equal(200, await AskAsync("GET /outbox", host, "1.1"));
            Assert.Equal(200, await AskAsync("POST /api/clock", host, "1.1", $"Origin: http://{host}"));
        }
    }

    /// <summary>As it is spelt: an HTTP client would tidy it.</summary>
    private async Task<int> AskAsync(string request, string host, string version, string? header = null)
    {
        var body = request.StartsWith("POST", StringComparison.Ordinal) ? """{"to":"nextWake"}""" : "";
        using var client = new TcpClient();
        await client.ConnectAsync(
            "127.0.0.1",
            int.Parse(demo.Authority.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)
        );
        string?[] head =
        [
            $"{request} HTTP/{version}",
            $"Host: {host}",
            header,
            $"Content-Length: {body.Length}",
            "Connection: close",
        ];
        var sent = $"{string.Join("\r\n", head.OfType<string>())}\r\n\r\n{body}";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));
        using var reader = new StreamReader(client.GetStream());
        return int.Parse(
            (await reader.ReadLineAsync())!.Split(' ')[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }
}
