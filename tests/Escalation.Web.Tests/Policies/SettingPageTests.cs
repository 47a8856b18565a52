using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Policies;

/// <summary>A business manager changes what the published text leaves to the partnership, with a reason: a new version results.</summary>
public sealed class SettingPageTests : IAsyncLifetime
{
    private const string Missed = "/policies/sandwell/settings/change?path=finalMissed",
        Days = "/policies/sandwell/settings/reading?id=days";
    private TestHost _host = null!;
    private HttpClient _manager = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _manager = await _host.AsAsync(Roles.BusinessManager, "sandwell");
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task The_page_lists_every_local_setting_and_reading_with_the_texts_words_beside_them()
    {
        var page = await _manager.PageAsync("/policies/sandwell/settings");
        var policy = PolicyCatalogue.BuiltIn.Find("sandwell")!;
        Assert.All(LocalSetting.Of(policy), s => Assert.Contains(s.Where, page.Main, StringComparison.Ordinal));
        Assert.Contains("The stages print days, Appendix 1 working days.", page.Main, StringComparison.Ordinal);
        Assert.Contains("Working days: so it is read here", page.Main, StringComparison.Ordinal);
        Assert.Equal(
            LocalSetting.Of(policy).Count(s => s.Values.Count > 0) + policy.Readings.Count,
            page.Document.QuerySelectorAll("a[href*='/settings/change'], a[href*='/settings/reading']").Length
        );
        Assert.NotNull(
            (await _manager.PageAsync("/policies/sandwell")).Document.QuerySelector(
                "a[href='/policies/sandwell/settings']"
            )
        );
    }

    [Fact]
    public async Task A_setting_is_changed_with_a_reason_and_new_cases_go_by_it_while_open_ones_keep_theirs()
    {
        var before = await _manager.OpenAsync();
        var form = await _manager.PageAsync(Missed);
        Assert.Equal("2", form.Document.QuerySelector("#values-everyWorkingDays")!.GetAttribute("value"));
        var answer = await SendAsync(
            Missed,
            ("seen", PolicyCatalogue.BuiltIn.Find("sandwell")!.Hash),
            ("values.everyWorkingDays", "3"),
            ("text", "Told again every 3 working days"),
            ("reason", "Decided by the board.\r\nOn 1 September.")
        );
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/policies/sandwell/settings?done=set"),
            (answer.Status, answer.Location)
        );
        var page = await _manager.PageAsync(answer.Location!);
        Assert.Contains("Version 1000 is stored.", page.Main, StringComparison.Ordinal);
        Assert.Contains("Decided by the board. On 1 September.", page.Main, StringComparison.Ordinal);
        var after = await _manager.OpenAsync();
        Assert.Equal(
            (PolicyCatalogue.BuiltIn.Find("sandwell")!.Version, 1000),
            (await VersionAsync(before), await VersionAsync(after))
        );
        var stored = Assert.Single((await PolicyRegister.ReadAsync(_host.Store, default)).Versions);
        Assert.Equal(1000, stored.Key.Version);
    }

    [Fact]
    public async Task What_a_missed_limit_does_is_chosen_in_words_and_stored()
    {
        const string path = "/policies/sandwell/settings/change?path=stages[1].limits[0].missed";
        var form = await _manager.PageAsync(path);
        Assert.Contains("The next stage opens by itself", form.Main, StringComparison.Ordinal);
        Assert.Equal(
            "escalate",
            form.Document.QuerySelector("input[name='values.does'][checked]")!.GetAttribute("value")
        );
        var answer = await SendAsync(
            path,
            ("seen", PolicyCatalogue.BuiltIn.Find("sandwell")!.Hash),
            ("values.does", "remind"),
            ("text", "A miss moves nothing: its people are told"),
            ("reason", "Decided by the board.")
        );
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Contains(
            "A miss moves nothing: its people are told. Local setting Decided by the board.",
            (await _manager.PageAsync("/policies/sandwell")).Main,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Another_reading_is_chosen_and_the_timeline_has_its_days()
    {
        var answer = await SendAsync(Days, ("choice", "calendarDays"), ("reason", "So our board reads it."));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Contains(
            "Every day: so it is read here",
            (await _manager.PageAsync("/policies/sandwell/settings")).Main,
            StringComparison.Ordinal
        );
        var timeline = await _manager.GetFromJsonAsync<System.Text.Json.Nodes.JsonNode>(
            "/api/policies/sandwell/timeline?raised=2026-09-25T15:00:00Z"
        );
        Assert.Equal("2026-10-02T16:00:00Z", (string?)timeline!["stages"]![2]!["deadline"]);
    }

    [Theory]
    [InlineData(Missed, "values.everyWorkingDays", "often", "#values-everyWorkingDays", "must be a whole number")]
    [InlineData(Missed, "values.everyWorkingDays", "99", "#values-everyWorkingDays", "must be 1 to 60")]
    [InlineData(Missed, "reason", "", "#reason", "Enter why it is set so")]
    [InlineData(Missed, "text", "", "#text", "Enter the rule in words")]
    [InlineData(Days, "choice", "months", "#choice", "must be one of workingDays, calendarDays")]
    public async Task What_cannot_stand_is_said_beside_its_field_and_nothing_is_stored(
        string path,
        string name,
        string value,
        string href,
        string words
    )
    {
        var typed = new Dictionary<string, string>
        {
            ["values.everyWorkingDays"] = "3",
            ["text"] = "So",
            ["choice"] = "calendarDays",
            ["reason"] = "Why",
            [name] = value,
        };
        var answer = await SendAsync(path, [.. typed.Select(t => (t.Key, t.Value))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var error = Assert.Single(answer.Page!.QuerySelectorAll(".govuk-error-summary__list a"));
        Assert.Equal(href, error.GetAttribute("href"));
        Assert.Contains(words, error.TextContent, StringComparison.Ordinal);
        Assert.Empty((await PolicyRegister.ReadAsync(_host.Store, default)).Versions);
    }

    [Fact]
    public async Task Of_two_changes_at_once_the_second_is_told_and_stores_nothing()
    {
        var seen = PolicyCatalogue.BuiltIn.Find("sandwell")!.Hash;
        var first = await SendAsync(Days, ("seen", seen), ("choice", "calendarDays"), ("reason", "One"));
        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        var second = await SendAsync(
            Missed,
            ("seen", seen),
            ("values.everyWorkingDays", "3"),
            ("text", "So"),
            ("reason", "Two")
        );
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.Status);
        Assert.Contains(
            "was changed meanwhile",
            second.Page!.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("2", second.Page.QuerySelector("#values-everyWorkingDays")!.GetAttribute("value"));
        Assert.Equal("Two", second.Page.QuerySelector("#reason")!.TextContent.Trim());
        Assert.Single((await PolicyRegister.ReadAsync(_host.Store, default)).Versions);
    }

    [Fact]
    public async Task Through_the_API_too()
    {
        var set = await _manager.PostAsJsonAsync(
            "/api/policies/sandwell/settings",
            new
            {
                path = "finalMissed",
                values = new { everyWorkingDays = 5 },
                text = "Every 5 working days",
                reason = "The board",
            }
        );
        Assert.Equal(HttpStatusCode.Created, set.StatusCode);
        var read = await _manager.PostAsJsonAsync(
            "/api/policies/sandwell/settings",
            new
            {
                reading = "days",
                choice = "calendarDays",
                reason = "The board",
            }
        );
        Assert.Equal(HttpStatusCode.Created, read.StatusCode);
        var faulty = await _manager.PostAsJsonAsync(
            "/api/policies/sandwell/settings",
            new
            {
                path = "nowhere",
                text = "So",
                reason = "Why",
            }
        );
        Assert.Equal(HttpStatusCode.BadRequest, faulty.StatusCode);
        Assert.Contains(
            "must be that of a local setting",
            await faulty.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [1000, 1001],
            (await PolicyRegister.ReadAsync(_host.Store, default)).Versions.Select(v => v.Key.Version).Order()
        );
    }

    [Fact]
    public async Task Only_those_who_run_the_partnership_change_it()
    {
        foreach (
            var client in new[]
            {
                await _host.AsAsync(Roles.BusinessManager, "suffolk"),
                await _host.AsAsync(Roles.Practitioner, "sandwell", "school"),
            }
        )
        {
            var list = await client.PageAsync("/policies/sandwell/settings");
            Assert.Equal(HttpStatusCode.OK, list.Status);
            Assert.Empty(list.Document.QuerySelectorAll("a[href*='/settings/change']"));
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PageAsync(Missed)).Status);
            var body = new
            {
                reading = "days",
                choice = "calendarDays",
                reason = "Why",
            };
            var sent = await client.PostAsJsonAsync("/api/policies/sandwell/settings", body);
            Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
        }
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _manager.PageAsync("/policies/sandwell/settings/change?path=x")).Status
        );
    }

    private async Task<int> VersionAsync(string path) =>
        (int)(await _manager.GetFromJsonAsync<System.Text.Json.Nodes.JsonNode>(path))!["policy"]!["version"]!;

    private async Task<(HttpStatusCode Status, string? Location, AngleSharp.Html.Dom.IHtmlDocument? Page)> SendAsync(
        string path,
        params (string Name, string Value)[] typed
    )
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = _manager.BaseAddress };
        client.DefaultRequestHeaders.Authorization = _manager.DefaultRequestHeaders.Authorization;
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var content = new FormUrlEncodedContent(typed.ToDictionary(t => t.Name, t => t.Value));
        using var response = await client.PostAsync(path, content);
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, response.Headers.Location?.ToString(), page);
    }
}
