using System.Net;
using Escalation.Standalone.Health;
using Escalation.Standalone.Settings;
using Escalation.Web.Health;

namespace Escalation.Standalone.Tests.Proxies;

public sealed class ProxyHealthTests
{
    [Theory]
    [InlineData("https://escalation.example.org", "http://127.0.0.1:5080", HealthState.Look)]
    [InlineData("https://escalation.example.org", "https://0.0.0.0:443", HealthState.Well)]
    [InlineData("http://escalation.example.org", "http://0.0.0.0:80", HealthState.Well)]
    [InlineData(null, "http://127.0.0.1:5080", HealthState.Well)]
    public void An_https_address_of_a_host_without_TLS_needs_a_configured_proxy(
        string? publicUrl,
        string url,
        HealthState state
    )
    {
        var settings = new HostSettings { PublicUrl = publicUrl, SecretsKey = new SecretsKeySource(null, "/nowhere") };

        Assert.Equal(state, ProxyHealth.Line([url], settings).State);
        var configured = settings with { Proxies = [IPNetwork.Parse("10.0.0.0/24")] };
        Assert.Equal("Believed: 10.0.0.0/24", ProxyHealth.Line([url], configured).Figure);
    }
}
