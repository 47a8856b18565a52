using System.Text;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Web.Tests.Forms;

/// <summary>What is kept of a form that was filled in and not recorded: for whom, for how long, and what the store knows of it.</summary>
public sealed class DraftTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("escalation-drafts-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 9, 25, 8, 0, 0, TimeSpan.Zero));
    private readonly SqliteCaseStore _store;
    private readonly Drafts _drafts;

    public DraftTests()
    {
        _store = SqliteCaseStore.Open(_folder);
        _drafts = Over(_store);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_typed_is_there_again_for_the_same_browser_owner_and_form_only()
    {
        var browser = Browser();
        var typed = Typed("Rowan’s home was not safe.");
        Assert.True(await _drafts.SaveAsync(browser, "key:one", "/cases/A/outcomes", "1", typed));
        Assert.Equal(typed.Sent, (await _drafts.ReadAsync(browser, "key:one", "/cases/A/outcomes", "1"))!.Sent);

        Assert.Null(await _drafts.ReadAsync(browser, "key:two", "/cases/A/outcomes", "1"));
        Assert.Null(await _drafts.ReadAsync(browser, "key:one", "/cases/B/outcomes", "1"));
        Assert.Null(await _drafts.ReadAsync(Browser(), "key:one", "/cases/A/outcomes", "1"));
        Assert.Null(await _drafts.ReadAsync(new DefaultHttpContext(), "key:one", "/cases/A/outcomes", "1"));
    }

    [Fact]
    public async Task A_later_step_stands_in_place_of_the_one_before()
    {
        var browser = Browser();
        await _drafts.SaveAsync(browser, "key:one", "/form", "1", Typed("first"));
        await _drafts.SaveAsync(browser, "key:one", "/form", "1", Typed("second"));
        Assert.Equal("second", (await _drafts.ReadAsync(browser, "key:one", "/form", "1"))!["summary"]);
        Assert.Equal(2, (await RecordsAsync()).Count);
    }

    [Fact]
    public async Task The_same_form_in_two_windows_is_kept_for_each_and_without_a_window_the_later_is_shown()
    {
        var browser = Browser();
        await _drafts.SaveAsync(browser, "key:one", "/form", "1", Typed("first"));
        await _drafts.SaveAsync(browser, "key:one", "/form", "2", Typed("second"));
        Assert.Equal("first", (await _drafts.ReadAsync(browser, "key:one", "/form", "1"))!["summary"]);
        Assert.Equal("second", (await _drafts.ReadAsync(browser, "key:one", "/form", "2"))!["summary"]);
        Assert.Equal("second", (await _drafts.ReadAsync(browser, "key:one", "/form", null))!["summary"]);

        await _drafts.RemoveAsync(browser, "key:one", "/form", "1");
        Assert.Equal("second", (await _drafts.ReadAsync(browser, "key:one", "/form", null))!["summary"]);
        await _drafts.RemoveAsync(browser, "key:one", "/form", "2");
        Assert.Null(await _drafts.ReadAsync(browser, "key:one", "/form", null));
    }

    [Fact]
    public async Task The_store_holds_nothing_that_was_typed_nor_who_typed_it_nor_the_browsers_secret()
    {
        var browser = Browser();
        await _drafts.SaveAsync(browser, "key:one", "/cases/SDW-1/outcomes", "1", Typed("Rowan was hurt"));
        var records = await RecordsAsync();
        var cookie = browser.Request.Cookies[Drafts.CookieName]!;
        var stored = string.Concat(records.Select(r => r.Id + r.Body + Plain(r.Body)));
        foreach (var secret in new[] { "Rowan", "summary", "key:one", "SDW-1", cookie })
            Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_same_form_kept_twice_begins_with_other_bytes()
    {
        var (browser, beginnings) = (Browser(), new List<string>());
        for (var saves = 0; saves < 2; saves++)
        {
            Assert.True(await _drafts.SaveAsync(browser, "key:one", "/form", "1", Typed("typed")));
            beginnings.AddRange((await RecordsAsync()).Select(r => Plain(r.Body)[..12]));
        }
        Assert.Equal(4, beginnings.Distinct().Count());
    }

    [Fact]
    public async Task A_draft_is_gone_once_its_form_was_recorded_and_removing_it_again_does_nothing()
    {
        var browser = Browser();
        await _drafts.SaveAsync(browser, "key:one", "/form", "1", Typed("typed"));
        await _drafts.RemoveAsync(browser, "key:one", "/form", "1");
        await _drafts.RemoveAsync(browser, "key:one", "/form", "1");
        Assert.Null(await _drafts.ReadAsync(browser, "key:one", "/form", "1"));
        Assert.Empty(await RecordsAsync());
    }

    [Fact]
    public async Task A_draft_is_kept_for_twelve_hours_and_cleared_away_after_them()
    {
        var browser = Browser();
        await _drafts.SaveAsync(browser, "key:one", "/old", "1", Typed("old"));
        _clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await _drafts.ReadAsync(browser, "key:one", "/old", "1"));
        await _drafts.SaveAsync(browser, "key:two", "/new", "1", Typed("new"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _drafts.ReadAsync(browser, "key:one", "/old", "1"));

        await _drafts.ClearAsync(CancellationToken.None);
        Assert.Equal(2, (await RecordsAsync()).Count);
        Assert.NotNull(await _drafts.ReadAsync(browser, "key:two", "/new", "1"));
    }

    [Fact]
    public async Task Of_one_owner_the_fifty_latest_are_kept_and_of_another_all()
    {
        var browser = Browser();
        await _drafts.SaveAsync(browser, "link", "/other", "1", Typed("other"));
        for (var form = 0; form < 52; form++)
        {
            await _drafts.SaveAsync(browser, "key:one", $"/{form}", "1", Typed($"{form}"));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(102, (await RecordsAsync()).Count);
        Assert.Null(await _drafts.ReadAsync(browser, "key:one", "/1", "1"));
        Assert.Equal("2", (await _drafts.ReadAsync(browser, "key:one", "/2", "1"))!["summary"]);
        Assert.NotNull(await _drafts.ReadAsync(browser, "link", "/other", "1"));
    }

    [Fact]
    public async Task A_form_too_large_to_keep_is_not_kept_and_leaves_nothing()
    {
        var random = new Random(1);
        var large = new string([.. Enumerable.Range(0, 250_000).Select(_ => (char)random.Next(33, 1_000))]);
        Assert.False(await _drafts.SaveAsync(Browser(), "key:one", "/form", "1", Typed(large)));
        Assert.False(await _drafts.SaveAsync(new DefaultHttpContext(), "key:one", "/form", "1", Typed("no cookie")));
        Assert.Empty(await RecordsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("not base64 at all, and quite as long as one!")]
    public async Task A_cookie_that_is_none_of_ours_keeps_nothing_and_is_replaced(string cookie)
    {
        var browser = new DefaultHttpContext();
        browser.Request.Method = "GET";
        browser.Request.Headers.Cookie = $"{Drafts.CookieName}={cookie}";
        Assert.False(await _drafts.SaveAsync(browser, "key:one", "/form", "1", Typed("typed")));
        _drafts.Begin(browser);
        Assert.StartsWith($"{Drafts.CookieName}=", browser.Response.Headers.SetCookie[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_cookie_is_given_once_is_read_by_no_script_and_ends_with_the_browser()
    {
        var browser = new DefaultHttpContext();
        browser.Request.Method = "GET";
        _drafts.Begin(browser);
        var attributes = browser.Response.Headers.SetCookie[0]!.Split("; ")[1..];
        Assert.Equal(["httponly", "path=/", "samesite=lax", "secure"], attributes.Order(StringComparer.Ordinal));

        var again = Browser();
        _drafts.Begin(again);
        Assert.Equal(0, again.Response.Headers.SetCookie.Count);
        var head = new DefaultHttpContext();
        head.Request.Method = "HEAD";
        _drafts.Begin(head);
        Assert.Equal(0, head.Response.Headers.SetCookie.Count);
    }

    [Fact]
    public async Task A_draft_that_was_altered_where_it_is_stored_is_none()
    {
        var browser = Browser();
        await _drafts.SaveAsync(browser, "key:one", "/form", "1", Typed("typed"));
        foreach (var record in await RecordsAsync())
        {
            var at = record.Body.Length / 2;
            var other = record.Body[at] == 'A' ? 'B' : 'A';
            var altered = record.Body[..at] + other + record.Body[(at + 1)..];
            await _store.WriteAsync("draft", record.Id, altered, record.Version, CancellationToken.None);
        }
        Assert.Null(await _drafts.ReadAsync(browser, "key:one", "/form", "1"));
        Assert.Null(await _drafts.ReadAsync(browser, "key:one", "/form", null));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"until\":\"\\A")]
    [InlineData("")]
    public async Task A_draft_that_is_no_JSON_any_more_is_none_stops_no_other_and_is_cleared_away(string damaged)
    {
        var browser = Browser();
        await _drafts.SaveAsync(browser, "key:one", "/form", "1", Typed("typed"));
        foreach (var record in await RecordsAsync())
            await _store.WriteAsync("draft", record.Id, damaged, record.Version, CancellationToken.None);
        Assert.Null(await _drafts.ReadAsync(browser, "key:one", "/form", "1"));
        Assert.True(await _drafts.SaveAsync(browser, "key:one", "/form", "2", Typed("another")));
        Assert.NotNull(await _drafts.ReadAsync(browser, "key:one", "/form", "2"));
        await _drafts.ClearAsync(CancellationToken.None);
        Assert.NotNull(await _drafts.ReadAsync(browser, "key:one", "/form", "2"));
        Assert.DoesNotContain(await RecordsAsync(), r => r.Body == damaged);
    }

    [Fact]
    public async Task Where_the_store_fails_nothing_is_kept_and_what_was_recorded_is_no_error()
    {
        var broken = Over(new FlakyStore(StoreParts.Of(_store)) { IsDown = true });
        Assert.False(await broken.SaveAsync(Browser(), "key:one", "/form", "1", Typed("typed")));
        await broken.RemoveAsync(Browser(), "key:one", "/form", "1");
    }

    private Drafts Over(IRecords records) =>
        new(
            records,
            Options.Create(new WebOptions { PublicUrl = "https://example.org" }),
            NullLogger<Drafts>.Instance,
            _clock
        );

    private DefaultHttpContext Browser()
    {
        var first = new DefaultHttpContext();
        first.Request.Method = "GET";
        _drafts.Begin(first);
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Headers.Cookie = first.Response.Headers.SetCookie[0]!.Split(';')[0];
        return context;
    }

    private static FormValues Typed(string summary) =>
        new(new Dictionary<string, string> { ["summary"] = summary, ["step"] = "check" });

    private Task<IReadOnlyList<StoredRecord>> RecordsAsync() => _store.ListAsync("draft", "", CancellationToken.None);

    /// <summary>Its encrypted part, as bytes.</summary>
    private static string Plain(string body) =>
        Encoding.Latin1.GetString(Convert.FromBase64String(body.Split('"')[^2].Replace("\\u002B", "+")));
}
