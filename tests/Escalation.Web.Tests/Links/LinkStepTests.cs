using System.Net;
using Escalation.Core.Storage;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>The steps of a link's outcome form in one browser: each is a page that can be reloaded and gone back to.</summary>
public sealed class LinkStepTests : IAsyncLifetime
{
    private World _world = null!;
    private LinkSite _site = null!;
    private CaseDocument _document = null!;
    private string _token = null!;

    public async Task InitializeAsync()
    {
        (_world, _site, _document) = await StartAsync();
        _token = _world.Token(_document, Raiser);
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task The_check_page_is_led_to_and_can_be_loaded_again_and_again()
    {
        await TypeAsync();
        for (var loads = 0; loads < 3; loads++)
        {
            var check = await _site.GetAsync(_token + "?step=check");
            Assert.Equal((HttpStatusCode.OK, "Check your answers"), (check.Status, check.Heading));
            Assert.Contains("We agreed.", check.Text, StringComparison.Ordinal);
        }
        Assert.Equal(_document.Version, (await _world.ReadAsync(_document.Case.Reference)).Version);
    }

    [Fact]
    public async Task Back_from_the_check_page_finds_the_form_as_it_was_typed_and_says_so()
    {
        await TypeAsync(("actions[0].what", "Visit"), ("actions[0].agency", World.Receiving));
        var form = await _site.GetAsync(_token);
        var typed = form.Form("check");
        Assert.Equal(
            ("resolved", "We agreed.", "Visit", World.Receiving, "Rosa Raiser"),
            (typed["outcome"], typed["summary"], typed["actions[0].what"], typed["actions[0].agency"], typed["name"])
        );
        Assert.Contains("What you typed here before is still in the form.", form.Text, StringComparison.Ordinal);

        var anew = await _site.GetAsync(_token + "?step=new");
        Assert.Equal("", anew.Form("check")["summary"]);
        Assert.DoesNotContain("What you typed here before", anew.Text, StringComparison.Ordinal);
        Assert.NotEqual(typed["id"], anew.Form("check")["id"]);
    }

    [Fact]
    public async Task What_is_wrong_is_a_page_of_its_own_that_says_so_each_time()
    {
        var sent = await SendAsync(With(Resolved, ("step", "check"), ("summary", "")));
        Assert.StartsWith("?step=check&draft=", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        for (var loads = 0; loads < 2; loads++)
        {
            var form = await _site.GetAsync(_token + "?step=check");
            Assert.Equal(HttpStatusCode.BadRequest, form.Status);
            Assert.Contains("Enter a summary of the discussion", form.Text, StringComparison.Ordinal);
            Assert.Equal("phone", form.Form("check")["method"]);
        }
    }

    [Fact]
    public async Task What_was_recorded_is_kept_no_longer()
    {
        await TypeAsync();
        var check = await _site.GetAsync(_token + "?step=check");
        Assert.Equal("Outcome recorded", (await _site.PostAsync(_token, check.Form("record"))).Heading);
        var after = await _site.GetAsync(_token);
        Assert.DoesNotContain("We agreed.", after.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("What you typed here before", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_recorded_is_a_page_that_can_be_loaded_again_by_who_recorded_it_alone()
    {
        await TypeAsync();
        var form = (await _site.GetAsync(_token + "?step=check")).Form("record");
        var sent = await _site.SendAsync(HttpMethod.Post, _token, new FormUrlEncodedContent(form));
        Assert.Equal($"?recorded={form["id"]}", sent.Headers.Location!.OriginalString);
        for (var loads = 0; loads < 2; loads++)
            Assert.Equal("Outcome recorded", (await _site.GetAsync($"{_token}?recorded={form["id"]}")).Heading);

        var other = await _site.GetAsync($"{_world.Token(_document, Receiver)}?recorded={form["id"]}");
        Assert.NotEqual("Outcome recorded", other.Heading);
        Assert.NotEqual("Outcome recorded", (await _site.GetAsync($"{_token}?recorded=another")).Heading);
    }

    [Fact]
    public async Task A_check_page_loaded_after_the_stage_closed_says_that_it_would_be_a_late_answer()
    {
        await TypeAsync();
        _world.Now = World.At("2026-12-31T10:00:00Z");
        await _world.Handler.AdvanceAsync(_document.Case.Reference, null, _world.Now, CancellationToken.None);
        var check = await _site.GetAsync(_token + "?step=check");
        Assert.Contains(
            "The stage has closed: this will be recorded as a late answer",
            check.Text,
            StringComparison.Ordinal
        );
        Assert.Equal("Recorded as a late answer", (await _site.PostAsync(_token, check.Form("record"))).Heading);
    }

    [Fact]
    public async Task Another_browser_with_the_same_link_sees_nothing_of_what_was_typed()
    {
        await TypeAsync();
        await using var other = await LinkSite.StartAsync(_world);
        Assert.Equal("", (await other.GetAsync(_token + "?step=check")).Form("check")["summary"]);
    }

    [Fact]
    public async Task Another_link_in_the_same_browser_has_a_form_of_its_own()
    {
        await TypeAsync();
        var receiver = _world.Token(_document, Receiver);
        Assert.Equal("", (await _site.GetAsync(receiver)).Form("check")["summary"]);
    }

    [Fact]
    public async Task Two_windows_of_one_link_keep_a_form_each()
    {
        var (one, two) = ((await _site.GetAsync(_token)).Form("check"), (await _site.GetAsync(_token)).Form("check"));
        await _site.PostAsync(_token, [.. one.Where(f => f.Key != "summary"), new("summary", "In the first window")]);
        await _site.PostAsync(_token, [.. two.Where(f => f.Key != "summary"), new("summary", "In the second window")]);
        var first = await _site.GetAsync($"{_token}?step=check&draft={one["id"]}");
        Assert.Contains("In the first window", first.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("In the second window", first.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_without_cookies_is_shown_each_step_at_once_and_records_all_the_same()
    {
        var check = await Shown.OfAsync(await SendAsync(With(Resolved, ("step", "check"), ("id", "bare"))));
        Assert.Equal((HttpStatusCode.OK, "Check your answers"), (check.Status, check.Heading));
        var recorded = await _site.PostAsync(_token, check.Form("record"));
        Assert.Equal("Outcome recorded", recorded.Heading);
    }

    [Fact]
    public async Task Asking_for_more_actions_keeps_what_was_typed_and_shows_three_more()
    {
        await _site.GetAsync(_token);
        var more = await _site.PostAsync(_token, With(Resolved, ("step", "more"), ("id", "more")));
        Assert.Equal(6, more.Page.QuerySelectorAll("textarea[name$='.what']").Length);
        Assert.Equal("We agreed.", more.Form("check")["summary"]);
    }

    /// <summary>Opens the link and sends its form, as far as the check page.</summary>
    private async Task TypeAsync(params (string, string)[] more)
    {
        var form = (await _site.GetAsync(_token)).Form("check");
        foreach (var (name, value) in With(Resolved, more))
            form[name] = value;
        var sent = await _site.SendAsync(HttpMethod.Post, _token, new FormUrlEncodedContent(form));
        Assert.Equal(
            (HttpStatusCode.SeeOther, $"?step=check&draft={form["id"]}"),
            (sent.StatusCode, sent.Headers.Location!.OriginalString)
        );
    }

    private async Task<HttpResponseMessage> SendAsync((string, string)[] form)
    {
        if (form.All(f => f.Item1 != "id"))
            await _site.GetAsync(_token);
        return await _site.SendAsync(
            HttpMethod.Post,
            _token,
            new FormUrlEncodedContent(form.Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2)))
        );
    }
}
