using System.Net;
using System.Net.Http.Headers;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.SignIn;

/// <summary>Signing in to the pages with a key, on a host that offers it, and forms from other sites.</summary>
public sealed class KeySignInTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private string _address = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _address = _host.Nobody().BaseAddress!.ToString().TrimEnd('/');
        await _host.Keys.AddAsync(
            new AccessKey("manager", Roles.BusinessManager, "sandwell", null, "Mel Manager"),
            "the-access-key-of-a-manager",
            CancellationToken.None
        );
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_page_asked_for_without_signing_in_leads_to_the_form_and_back()
    {
        using var browser = Browser();
        var page = await browser.GetAsync("/?a=b");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal("/sign-in?to=%2F%3Fa%3Db", page.Headers.Location!.ToString());
        var signed = await SignInAsync(browser, "the-access-key-of-a-manager", "/?a=b");
        Assert.Equal("/?a=b", signed.Headers.Location!.ToString());
        Assert.Equal("/tracker", (await browser.GetAsync("/?a=b")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_cookie_holds_no_key_and_no_script_reads_it()
    {
        using var browser = Browser();
        var cookie = Assert.Single(
            (await SignInAsync(browser, "the-access-key-of-a-manager")).Headers.GetValues("Set-Cookie"),
            c => c.StartsWith($"{KeySignIn.CookieName}=", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("the-access-key-of-a-manager", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_though_a_session_s_cookie_comes_with_it()
    {
        using var browser = Browser();
        await SignInAsync(browser, "the-access-key-of-a-manager");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/policies")).StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/policies");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "a-key-that-is-none-of-anybody");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("another-key", HttpStatusCode.Unauthorized)]
    public async Task A_key_that_is_none_signs_nobody_in(string key, HttpStatusCode status)
    {
        using var browser = Browser();
        var answer = await SignInAsync(browser, key);
        Assert.Equal(status, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("Error: Sign in", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intake_key_signs_nobody_in()
    {
        await _host.Keys.AddAsync(
            new AccessKey("form", Roles.Intake, null, null, "A form"),
            "the-access-key-of-a-form",
            CancellationToken.None
        );
        using var browser = Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await SignInAsync(browser, "the-access-key-of-a-form")).StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example.org/")]
    [InlineData("//elsewhere.example.org/")]
    [InlineData("/\\elsewhere.example.org/")]
    [InlineData("tracker")]
    public async Task Signing_in_never_leads_to_another_site(string to)
    {
        using var browser = Browser();
        Assert.Equal("/", (await SignInAsync(browser, "the-access-key-of-a-manager", to)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_revoked_key_ends_its_sessions()
    {
        using var browser = Browser();
        await SignInAsync(browser, "the-access-key-of-a-manager");
        await _host.Keys.RevokeAsync("manager", CancellationToken.None);
        Assert.StartsWith(
            "/sign-in",
            (await browser.GetAsync("/")).Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_with_another_text_ends_its_sessions()
    {
        using var browser = Browser();
        await SignInAsync(browser, "the-access-key-of-a-manager");
        await _host.Keys.AddAsync(
            new AccessKey("manager", Roles.BusinessManager, "sandwell", null, "Mel Manager"),
            "the-second-access-key-of-a-manager",
            CancellationToken.None
        );
        Assert.StartsWith(
            "/sign-in",
            (await browser.GetAsync("/")).Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_back()
    {
        using var browser = Browser();
        await SignInAsync(browser, "the-access-key-of-a-manager");
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(browser, "/sign-out", [])).StatusCode);
        Assert.StartsWith(
            "/sign-in",
            (await browser.GetAsync("/")).Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example.org")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "a browser that says nothing of where a form stood")]
    public async Task A_form_of_another_site_is_refused_with_the_cookie(string header, string value)
    {
        using var browser = Browser();
        await SignInAsync(browser, "the-access-key-of-a-manager");
        var move = new HttpRequestMessage(HttpMethod.Post, "/api/escalations")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        };
        move.Headers.Add(header, value);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(move)).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Origin", null)]
    public async Task A_form_of_ours_is_let_through_with_the_cookie(string header, string? value)
    {
        using var browser = Browser();
        await SignInAsync(browser, "the-access-key-of-a-manager");
        var move = new HttpRequestMessage(HttpMethod.Post, "/api/escalations")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        };
        move.Headers.Add(header, value ?? _address);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(move)).StatusCode);
    }

    [Fact]
    public async Task The_stylesheet_is_kept_for_good_under_its_hash_and_holds_no_font_and_no_crown()
    {
        using var browser = Browser();
        var page = await browser.GetStringAsync("/sign-in");
        var address = page[(page.IndexOf("stylesheet\" href=\"", StringComparison.Ordinal) + 18)..].Split('"')[0];
        var styles = await browser.GetAsync(address);
        Assert.Equal("text/css", styles.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", styles.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var text = await styles.Content.ReadAsStringAsync();
        Assert.Contains(".govuk-button", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@font-face", text, StringComparison.Ordinal);
        Assert.DoesNotContain("GDS", text, StringComparison.Ordinal);
        Assert.DoesNotContain("crest", text, StringComparison.Ordinal);
        Assert.True(
            (await browser.GetAsync(address.Replace("/assets/", "/assets/0", StringComparison.Ordinal)))
                .Headers
                .CacheControl!
                .NoStore
        );
    }

    private Task<HttpResponseMessage> SignInAsync(HttpClient browser, string key, string to = "/") =>
        PostAsync(browser, "/sign-in", new() { ["key"] = key, ["to"] = to });

    private async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, Dictionary<string, string> form)
    {
        var post = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        post.Headers.Add("Origin", _address);
        return await browser.SendAsync(post);
    }

    private HttpClient Browser() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(_address),
        };
}
