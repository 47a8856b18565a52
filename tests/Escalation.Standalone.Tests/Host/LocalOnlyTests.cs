using System.Net;
using Escalation.Standalone.Settings;
using Microsoft.AspNetCore.Http;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Who counts as sitting at this machine: whoever comes from it, by nobody else, under its own name.</summary>
public sealed class LocalOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.7", false)]
    [InlineData("10.0.0.5", false)]
    [InlineData("::ffff:192.0.2.7", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData(null, false)]
    public async Task It_is_whoever_comes_from_an_address_of_the_machine_itself(string? address, bool isHere) =>
        Assert.Equal(isHere, await IsLetInAsync(c => c.Connection.RemoteIpAddress = Parsed(address)));

    [Theory]
    [InlineData("HTTP/1.1", true)]
    [InlineData("HTTP/2", true)]
    [InlineData("HTTP/1.0", false)]
    public async Task It_is_nobody_whose_HTTP_is_a_proxy_s(string protocol, bool isHere) =>
        Assert.Equal(isHere, await IsLetInAsync(c => c.Request.Protocol = protocol));

    [Theory]
    [InlineData("X-Forwarded-For", false)]
    [InlineData("x-forwarded-prefix", false)]
    [InlineData("X-Original-Proto", false)]
    [InlineData("Forwarded", false)]
    [InlineData("via", false)]
    [InlineData("X-Real-Ip", false)]
    [InlineData("Accept", true)]
    [InlineData("X-Requested-With", true)]
    public async Task It_is_nobody_for_whom_a_proxy_speaks(string header, bool isHere) =>
        Assert.Equal(isHere, await IsLetInAsync(c => c.Request.Headers[header] = "192.0.2.7"));

    [Theory]
    [InlineData("localhost:5080", true)]
    [InlineData("LocalHost", true)]
    [InlineData("127.0.0.1:5080", true)]
    [InlineData("[::1]:5080", true)]
    [InlineData("localhost.example.org", false)]
    [InlineData("192.0.2.7:5080", false)]
    [InlineData("[2001:db8::1]:5080", false)]
    [InlineData("escalation.example.org", false)]
    [InlineData("", false)]
    public async Task It_is_nobody_who_comes_under_another_name(string host, bool isHere) =>
        Assert.Equal(isHere, await IsLetInAsync(c => c.Request.Host = new HostString(host)));

    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("HTTP://LOCALHOST:5080", true)]
    [InlineData("https://localhost:5080", false)]
    [InlineData("http://localhost", false)]
    [InlineData("http://localhost:50801", false)]
    [InlineData("http://localhost:5080.example.org", false)]
    [InlineData("http://127.0.0.1:5080", false)]
    [InlineData("https://elsewhere.example.org", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData("http://localhost:5080|http://localhost:5080", false)]
    public async Task It_is_no_page_of_another_site(string origin, bool isHere) =>
        Assert.Equal(isHere, await IsLetInAsync(c => c.Request.Headers.Origin = origin.Split('|')));

    [Fact]
    public async Task Nothing_else_is_asked_of_who_sits_here() => Assert.True(await IsLetInAsync(_ => { }));

    /// <summary>Whether a request of who sits at the machine is let through, changed like this.</summary>
    private static async Task<bool> IsLetInAsync(Action<HttpContext> change)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Request.Protocol = "HTTP/1.1";
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("localhost", 5080);
        change(context);
        var letIn = false;
        await new LocalOnlyFilter().InvokeAsync(
            new DefaultEndpointFilterInvocationContext(context),
            _ =>
            {
                letIn = true;
                return ValueTask.FromResult<object?>(null);
            }
        );
        return letIn;
    }

    private static IPAddress? Parsed(string? address) => address is null ? null : IPAddress.Parse(address);
}
