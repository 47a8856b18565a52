using System.Security.Claims;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Web.Tests.SignIn;

/// <summary>A session is the server's: it ends there, and nothing that the store holds makes a cookie.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 25, 8, 0, 0, TimeSpan.Zero));
    private TestHost _host = null!;
    private string _key = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(
            web => web.SignInsPerMinute = 1_000,
            services: s =>
                s.PostConfigure<CookieAuthenticationOptions>(KeySignIn.Scheme, cookie => cookie.TimeProvider = _time)
        );
        _key = await Browser.KeyAsync(_host, "manager");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Signing_out_ends_the_session_for_every_copy_of_its_cookie()
    {
        using var browser = new Browser(_host);
        var cookie = Browser.CookieOf(await browser.SignInAsync(_key));
        Assert.True(await Browser.IsTakenAsync(_host, cookie));

        await browser.SignOutAsync();
        Assert.False(await Browser.IsTakenAsync(_host, cookie));
        Assert.Empty(await SessionsAsync());
        await browser.SignOutAsync();
    }

    [Fact]
    public async Task Revoking_a_key_or_giving_it_another_text_ends_its_sessions_for_good()
    {
        using var browser = new Browser(_host);
        using var other = new Browser(_host);
        var cookie = Browser.CookieOf(await browser.SignInAsync(_key));
        await other.SignInAsync(await Browser.KeyAsync(_host, "another"));

        await _host.Keys.RevokeAsync("manager", CancellationToken.None);
        Assert.False(await Browser.IsTakenAsync(_host, cookie));
        Assert.True(await other.IsSignedInAsync());
        await Browser.KeyAsync(_host, "manager");
        Assert.False(await Browser.IsTakenAsync(_host, cookie));

        cookie = Browser.CookieOf(await browser.SignInAsync(_key));
        var key = new AccessKey("manager", Roles.BusinessManager, "sandwell", null, "Mel Manager");
        await _host.Keys.AddAsync(key, "another-access-key-of-the-manager", CancellationToken.None);
        await Browser.KeyAsync(_host, "manager");
        Assert.False(await Browser.IsTakenAsync(_host, cookie));
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task A_session_ends_ten_hours_after_it_was_last_used()
    {
        using var browser = new Browser(_host);
        await browser.SignInAsync(_key);
        _time.Advance(TimeSpan.FromHours(10));
        Assert.True(await browser.IsSignedInAsync());

        using var idle = new Browser(_host);
        await idle.SignInAsync(_key);
        _time.Advance(TimeSpan.FromHours(10) + TimeSpan.FromSeconds(1));
        Assert.False(await idle.IsSignedInAsync());
    }

    [Fact]
    public async Task A_session_ends_twelve_hours_after_it_began_however_much_it_is_used()
    {
        using var browser = new Browser(_host);
        var cookie = Browser.CookieOf(await browser.SignInAsync(_key));
        for (var hour = 0; hour < 12; hour++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            Assert.True(await browser.IsSignedInAsync(), $"{hour + 1} hours");
        }
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await Browser.IsTakenAsync(_host, cookie));
    }

    [Fact]
    public async Task Signing_in_begins_a_session_of_its_own_and_ends_the_one_before()
    {
        using var browser = new Browser(_host);
        var first = Browser.CookieOf(await browser.SignInAsync(_key));
        _time.Advance(TimeSpan.FromHours(9));
        var second = Browser.CookieOf(await browser.SignInAsync(_key));

        Assert.False(await Browser.IsTakenAsync(_host, first));
        Assert.Single(await SessionsAsync());
        _time.Advance(TimeSpan.FromHours(9));
        Assert.True(await Browser.IsTakenAsync(_host, second));
    }

    [Fact]
    public async Task What_the_store_holds_of_a_session_makes_no_cookie_even_with_the_cookie_keys()
    {
        using var browser = new Browser(_host);
        var cookie = Browser.CookieOf(await browser.SignInAsync(_key)).Split('=')[1];
        var (format, record) = (Format(), Assert.Single(await SessionsAsync()));
        var id = Assert.Single(format.Unprotect(cookie)!.Principal.Claims);
        Assert.StartsWith("manager/", id.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(id.Value.Split('/')[1], record.Id + record.Body, StringComparison.Ordinal);
        Assert.True(await Browser.IsTakenAsync(_host, Cookie(id.Value)));
        Assert.False(await Browser.IsTakenAsync(_host, Cookie(record.Id)));

        string Cookie(string value)
        {
            var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(id.Type, value)], KeySignIn.Scheme));
            var times = new AuthenticationProperties
            {
                IssuedUtc = _time.GetUtcNow(),
                ExpiresUtc = _time.GetUtcNow().AddHours(1),
            };
            return $"{KeySignIn.CookieName}={format.Protect(new AuthenticationTicket(principal, times, KeySignIn.Scheme))}";
        }
    }

    [Fact]
    public async Task A_key_has_200_sessions_at_most_and_those_that_ran_out_are_cleared_away()
    {
        for (var i = 0; i < 205; i++)
        {
            using var browser = new Browser(_host);
            await browser.SignInAsync(_key);
        }
        Assert.Equal(200, (await SessionsAsync()).Count);

        _time.Advance(TimeSpan.FromHours(10) + TimeSpan.FromSeconds(1));
        using var last = new Browser(_host);
        await last.SignInAsync(_key);
        Assert.Single(await SessionsAsync());
    }

    [Fact]
    public async Task Where_too_many_share_a_key_the_session_that_was_longest_unused_ends_whenever_it_began()
    {
        using var working = new Browser(_host);
        await working.SignInAsync(_key);
        _time.Advance(TimeSpan.FromHours(1));
        using var idle = new Browser(_host);
        var unused = Browser.CookieOf(await idle.SignInAsync(_key));
        _time.Advance(TimeSpan.FromHours(5));
        var before = (await SessionsAsync()).Select(r => r.Id).ToList();
        using var later = new Browser(_host);
        await later.SignInAsync(_key);
        var body = (await SessionsAsync()).Single(r => !before.Contains(r.Id)).Body;
        for (var i = 0; i < 197; i++)
            await _host.Store.WriteAsync("session", $"manager/another-{i}", body, 0, CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(await working.IsSignedInAsync());

        using var last = new Browser(_host);
        await last.SignInAsync(_key);

        Assert.Equal(200, (await SessionsAsync()).Count);
        Assert.True(await working.IsSignedInAsync());
        Assert.False(await Browser.IsTakenAsync(_host, unused));
    }

    private ISecureDataFormat<AuthenticationTicket> Format() =>
        _host
            .Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(KeySignIn.Scheme)
            .TicketDataFormat;

    private Task<IReadOnlyList<StoredRecord>> SessionsAsync() =>
        _host.Store.ListAsync("session", "", CancellationToken.None);
}
