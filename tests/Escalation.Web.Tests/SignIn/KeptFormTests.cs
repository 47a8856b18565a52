using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Links;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Web.Tests.SignIn;

/// <summary>A form that was sent after its session had ended is kept through signing in, and sent on by who sent it.</summary>
public sealed class KeptFormTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 25, 8, 0, 0, TimeSpan.Zero));
    private TestHost _host = null!;
    private string _key = null!;
    private string _notes = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(
            web => web.SignInsPerMinute = 1_000,
            services: s =>
                s.PostConfigure<CookieAuthenticationOptions>(KeySignIn.Scheme, cookie => cookie.TimeProvider = _time)
        );
        _key = await Browser.KeyAsync(_host, "manager");
        _notes = $"/cases/{await _host.OpenCaseAsync("sandwell")}/notes";
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task It_leads_to_signing_in_and_from_there_to_a_page_that_sends_it_on()
    {
        using var browser = new Browser(_host);
        var sent = await SendAfterTheSessionEndedAsync(browser);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var kept = $"/kept?to={Uri.EscapeDataString(_notes)}";
        Assert.Equal($"/sign-in?to={Uri.EscapeDataString(kept)}", sent.Headers.Location!.OriginalString);
        Assert.Empty(await NotesAsync());

        await browser.SignInAsync(_key);
        var page = await Shown.OfAsync(await browser.GetAsync(kept));
        Assert.Equal((HttpStatusCode.OK, "Nothing was recorded yet"), (page.Status, page.Heading));
        var form = page.Page.Forms.Single(f => f.GetAttribute("action") == kept);
        var values = form.QuerySelectorAll("input[type=hidden]")
            .ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value")!);
        var on = await browser.PostAsync(kept, values);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, _notes), (on.StatusCode, on.Headers.Location!.OriginalString));
        Assert.Equal("Nothing is kept", (await Shown.OfAsync(await browser.GetAsync(kept))).Heading);
        var recorded = await browser.PostAsync(_notes, values);
        Assert.Equal(HttpStatusCode.SeeOther, recorded.StatusCode);
        Assert.Equal(["A note of 200 words."], await NotesAsync());
        await browser.PostAsync(_notes, values);
        Assert.Single(await NotesAsync());
    }

    [Fact]
    public async Task Somebody_else_who_signs_in_in_the_same_browser_does_not_see_it()
    {
        using var browser = new Browser(_host);
        await SendAfterTheSessionEndedAsync(browser);
        await browser.SignInAsync(await Browser.KeyAsync(_host, "another"));
        var page = await Shown.OfAsync(await browser.GetAsync($"/kept?to={Uri.EscapeDataString(_notes)}"));
        Assert.Equal((HttpStatusCode.OK, "Nothing is kept"), (page.Status, page.Heading));
        Assert.DoesNotContain("A note of", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_signing_out_nobody_has_what_was_typed_though_with_the_same_key()
    {
        using var browser = new Browser(_host);
        await SendAfterTheSessionEndedAsync(browser);
        await browser.SignInAsync(_key);
        await browser.SignOutAsync();
        await browser.SignInAsync(_key);
        var page = await Shown.OfAsync(await browser.GetAsync($"/kept?to={Uri.EscapeDataString(_notes)}"));
        Assert.Equal("Nothing is kept", page.Heading);
    }

    [Fact]
    public async Task Of_somebody_who_was_never_signed_in_nothing_is_kept()
    {
        using var stranger = new Browser(_host);
        await stranger.GetAsync("/sign-in");
        var sent = await stranger.PostAsync(_notes, new() { ["text"] = "A note of a stranger." });
        Assert.Equal(HttpStatusCode.Unauthorized, sent.StatusCode);
        Assert.Contains("nothing was recorded", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await _host.Store.ListAsync("draft", "", CancellationToken.None));
    }

    [Fact]
    public async Task A_form_that_stands_on_another_site_is_not_kept()
    {
        using var browser = new Browser(_host);
        var sent = await SendAfterTheSessionEndedAsync(browser, "https://elsewhere.example.org");
        Assert.Equal(HttpStatusCode.Unauthorized, sent.StatusCode);
        Assert.Empty(await _host.Store.ListAsync("draft", "", CancellationToken.None));

        await browser.SignInAsync(_key);
        var page = await Shown.OfAsync(await browser.GetAsync($"/kept?to={Uri.EscapeDataString(_notes)}"));
        Assert.Equal("Nothing is kept", page.Heading);
    }

    [Theory]
    [InlineData("https://elsewhere.example.org/")]
    [InlineData("//elsewhere.example.org/")]
    [InlineData("/\\elsewhere.example.org/")]
    [InlineData(null)]
    public async Task A_page_elsewhere_is_never_sent_to(string? to)
    {
        using var browser = new Browser(_host);
        await browser.SignInAsync(_key);
        var page = await Shown.OfAsync(await browser.GetAsync($"/kept?to={Uri.EscapeDataString(to ?? "")}"));
        Assert.Equal("Nothing is kept", page.Heading);
        Assert.DoesNotContain("elsewhere", page.Html, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAfterTheSessionEndedAsync(Browser browser, string? origin = null)
    {
        await browser.SignInAsync(_key);
        var form = (await Shown.OfAsync(await browser.GetAsync(_notes))).Form("record");
        form["text"] = "A note of 200 words.";
        form["by.name"] = "Mel Manager";
        form["by.agency"] = "sandwell";
        _time.Advance(TimeSpan.FromHours(11));
        return await browser.PostAsync(_notes, form, origin);
    }

    private async Task<IReadOnlyList<string>> NotesAsync() =>
        [
            .. PlacedEvent
                .Of(await _host.ReadAsync(_notes.Split('/')[2]))
                .Where(e => e.Event is NoteAdded)
                .Select(e => e.Event.Words!.Text("text")!),
        ];
}
