using System.Net;
using System.Net.Sockets;
using Escalation.Web.Site;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.SignIn;

/// <summary>Keys are not guessed, and whoever tries locks nobody else out.</summary>
public sealed class KeyLimitTests
{
    private const string Path = "/api/policies";

    [Fact]
    public async Task A_client_that_tried_too_many_wrong_keys_is_refused_and_not_looked_at_with_whatever_key()
    {
        await using var host = await TestHost.StartAsync(web => web.WrongKeysPerMinute = 3);
        var right = await Browser.KeyAsync(host, "manager");
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.With($"wrong-{i}").GetAsync(Path)).StatusCode);

        var refused = await host.With("wrong-4").GetJsonAsync(Path);
        Assert.Equal((HttpStatusCode.TooManyRequests, "tooMany"), (refused.Status, refused.Code));
        Assert.Equal("60", refused.Message.Headers.GetValues("Retry-After").Single());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.With(right).GetAsync(Path)).StatusCode);
        using var browser = new Browser(host);
        var page = await browser.SignInAsync(right);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.Contains("Wait a minute", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in")).StatusCode);
    }

    [Fact]
    public async Task Where_nobody_has_to_sign_in_no_key_is_looked_at()
    {
        await using var host = await TestHost.StartAsync(web => web.WrongKeysPerMinute = 3);
        for (var i = 0; i < 6; i++)
            foreach (var open in (string[])["/health/live", "/sign-in", "/r/no-such-link"])
                await host.With($"wrong-{i}").GetAsync(open);

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.With("wrong").GetAsync(Path)).StatusCode);
    }

    [Fact]
    public async Task Wrong_keys_at_the_sign_in_page_count_too()
    {
        await using var host = await TestHost.StartAsync(web => web.WrongKeysPerMinute = 3);
        using var browser = new Browser(host);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync($"wrong-{i}")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SignInAsync("wrong-4")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.With("wrong-5").GetAsync(Path)).StatusCode);
    }

    [Fact]
    public async Task Wrong_intake_keys_in_posted_forms_count_too()
    {
        await using var host = await TestHost.StartAsync(web => web.WrongKeysPerMinute = 3);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await PostedAsync($"wrong-{i}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostedAsync("wrong-4"));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.With("wrong-5").GetAsync(Path)).StatusCode);

        async Task<HttpStatusCode> PostedAsync(string key)
        {
            var form = new FormUrlEncodedContent([new("intakeKey", key), new("policy", "sandwell")]);
            return (await host.Nobody().PostAsync("/api/escalations", form)).StatusCode;
        }
    }

    [Fact]
    public async Task Whoever_is_in_already_and_a_key_that_was_right_from_there_go_on()
    {
        await using var host = await TestHost.StartAsync(web => web.WrongKeysPerMinute = 3);
        var right = await Browser.KeyAsync(host, "manager");
        using var browser = new Browser(host);
        await browser.SignInAsync(right);
        for (var i = 0; i < 5; i++)
            await host.With($"wrong-{i}").GetAsync(Path);

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(HttpStatusCode.OK, (await host.With(right).GetAsync(Path)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await new Browser(host).SignInAsync(right)).StatusCode);
        await host.Keys.RevokeAsync("manager", CancellationToken.None);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.With(right).GetAsync(Path)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.With(right).GetAsync(Path)).StatusCode);
    }

    [Fact]
    public async Task A_program_that_repeats_one_wrong_key_counts_once()
    {
        await using var host = await TestHost.StartAsync(web => web.WrongKeysPerMinute = 3);
        for (var i = 0; i < 10; i++)
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                (await host.With("the-key-of-last-year").GetAsync(Path)).StatusCode
            );
        Assert.Equal(
            HttpStatusCode.OK,
            (await host.With(await Browser.KeyAsync(host, "manager")).GetAsync(Path)).StatusCode
        );
    }

    [Fact]
    public async Task A_stranger_s_tries_touch_nobody_at_another_address()
    {
        await using var host = await TestHost.StartAsync();
        var right = await Browser.KeyAsync(host, "manager");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= new WebOptions().WrongKeysPerMinute; i++)
            statuses.Add(await FromAsync(host, "127.0.0.2", $"wrong-{i}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.All(statuses.SkipLast(1), s => Assert.Equal(HttpStatusCode.Unauthorized, s));
        Assert.Equal(HttpStatusCode.TooManyRequests, await FromAsync(host, "127.0.0.2", right));
        Assert.Equal(HttpStatusCode.OK, await FromAsync(host, "127.0.0.3", right));
    }

    [Fact]
    public async Task Tries_from_the_addresses_of_one_IPv6_network_count_together_and_touch_no_other_network()
    {
        await using var host = await TestHost.StartAsync(web => web.WrongKeysPerMinute = 3);
        var right = await Browser.KeyAsync(host, "manager");
        var checks = host.Services.GetRequiredService<KeyChecks>();
        for (var i = 1; i <= 3; i++)
            Assert.IsType<KeyCheck.Unknown>(await checks.CheckAsync(From($"2001:db8:0:1::{i}"), $"wrong-{i}"));

        Assert.IsType<KeyCheck.TooMany>(await checks.CheckAsync(From("2001:db8:0:1:ffff::4"), right));
        Assert.IsType<KeyCheck.Stands>(await checks.CheckAsync(From("2001:db8:0:2::4"), right));

        static HttpContext From(string address) =>
            new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
    }

    [Fact]
    public async Task Thirty_one_people_sign_in_from_one_address_within_a_minute()
    {
        await using var host = await TestHost.StartAsync();
        for (var person = 1; person <= 31; person++)
        {
            using var browser = new Browser(host);
            Assert.Equal(
                HttpStatusCode.Redirect,
                (await browser.SignInAsync(await Browser.KeyAsync(host, $"person-{person}"))).StatusCode
            );
        }
    }

    [Fact]
    public async Task One_key_signs_in_so_often_a_minute_and_another_is_not_held_up()
    {
        await using var host = await TestHost.StartAsync(web => web.SignInsPerMinute = 2);
        var (one, other) = (await Browser.KeyAsync(host, "one"), await Browser.KeyAsync(host, "other"));
        using var browser = new Browser(host);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignInAsync(one)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignInAsync(one)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SignInAsync(one)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignInAsync(other)).StatusCode);
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public async Task A_key_that_somebody_chose_has_24_to_500_characters(int length, bool taken)
    {
        await using var host = await TestHost.StartAsync();
        var key = new AccessKey("chosen", Roles.Administrator, null, null, "Somebody");
        var add = host.Keys.AddAsync(key, new string('k', length), CancellationToken.None);
        if (taken)
            await add;
        else
            Assert.Contains(
                "24 to 500",
                (await Assert.ThrowsAsync<ArgumentException>(() => add)).Message,
                StringComparison.Ordinal
            );
    }

    /// <summary>Every address 127.x.y.z is this machine.</summary>
    private static async Task<HttpStatusCode> FromAsync(TestHost host, string address, string key)
    {
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
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
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Nobody().BaseAddress!, Path));
        request.Headers.Authorization = new("Bearer", key);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
