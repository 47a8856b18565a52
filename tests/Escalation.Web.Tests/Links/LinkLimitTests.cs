using System.Net;
using Escalation.Web.Links;
using Escalation.Web.Site;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Tests.Links;

/// <summary>Whose bad links are counted together.</summary>
public sealed class LinkLimitTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData(null, null, true)]
    [InlineData(null, "192.0.2.1", false)]
    public void An_IPv4_address_is_one_client_however_written_and_of_IPv6_a_network_of_64_bits(
        string? one,
        string? other,
        bool isOneClient
    )
    {
        using var limits = new LinkLimits(
            Options.Create(new WebOptions()),
            Options.Create(new LinkOptions { BadPerAddress = 1 })
        );
        Assert.True(limits.AllowBad(Address(one)));
        Assert.Equal(!isOneClient, limits.AllowBad(Address(other)));
    }

    private static IPAddress? Address(string? text) => text is null ? null : IPAddress.Parse(text);
}
