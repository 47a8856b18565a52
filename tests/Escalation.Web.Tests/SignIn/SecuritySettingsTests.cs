using System.Net;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.SignIn;

/// <summary>Settings of the surface that nobody sees until they are gone.</summary>
public sealed class SecuritySettingsTests
{
    [Theory]
    [InlineData("https://escalation.example.org", true)]
    [InlineData("http://escalation.example.org", false)]
    public async Task The_cookie_is_secure_where_the_public_address_is_even_if_a_proxy_ends_TLS(
        string publicUrl,
        bool secure
    )
    {
        await using var host = await TestHost.StartAsync(web => web.PublicUrl = publicUrl);
        using var browser = new Browser(host);
        var cookie = (await browser.SignInAsync(await Browser.KeyAsync(host, "manager")))
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith($"{KeySignIn.CookieName}=", StringComparison.Ordinal));

        Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/tracker", "same-origin")]
    [InlineData("/sign-in", "same-origin")]
    [InlineData("/health/live", "no-referrer")]
    [InlineData("/api/policies", "no-referrer")]
    [InlineData("/nowhere", "no-referrer")]
    public async Task No_page_tells_another_site_where_a_reader_came_from(string path, string policy)
    {
        await using var host = await TestHost.StartAsync();
        using var browser = new Browser(host);
        await browser.SignInAsync(await Browser.KeyAsync(host, "manager"));

        Assert.Equal(policy, (await browser.GetAsync(path)).Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_answers_HEAD_as_it_answers_GET_and_without_a_body(string path)
    {
        await using var host = await TestHost.StartAsync();
        var head = await host.Nobody().SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("", await head.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await host.Nobody().GetAsync(path)).StatusCode);
    }
}
