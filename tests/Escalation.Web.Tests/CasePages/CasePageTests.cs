using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Api;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Links;

namespace Escalation.Web.Tests.CasePages;

/// <summary>The case page: what it shows, and to whom.</summary>
public sealed class CasePageTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert('x')</script><b>bold</b> \u202eRTL שלום 🎈";
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_head_says_where_the_case_stands_and_how_much_time_is_left()
    {
        var reference = await _host.OpenCaseAsync();
        var page = await (await CaseBrowser.ManagerAsync(_host, "sandwell")).OpenAsync($"/cases/{reference}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(reference, page.Heading);
        Assert.Equal("Open", Row(page, "Status"));
        Assert.Equal("Informal discussion: The practitioners", Row(page, "Stage"));
        Assert.Equal("Saturday 26 September 2026 at 11am (target): 1 day left", Row(page, "Answer by"));
        Assert.Equal("The schoolTheir case number: OAK-17", Row(page, "Raised by"));
        Assert.Contains("Alex Example", Row(page, "Child"), StringComparison.Ordinal);
        Assert.Equal(
            "/policies/sandwell",
            page.Page.QuerySelector("nav.esc-actions a[href^='/policies/']")!.GetAttribute("href")
        );
        Assert.NotNull(page.Page.QuerySelector("a[href='/tracker']"));
    }

    [Fact]
    public async Task The_title_and_every_address_hold_the_reference_and_nothing_personal()
    {
        var reference = await _host.OpenCaseAsync();
        var page = await (await CaseBrowser.ManagerAsync(_host, "sandwell")).OpenAsync($"/cases/{reference}");
        Assert.Equal($"{reference} - Escalation", page.Page.Title);
        foreach (
            var href in page
                .Page.QuerySelectorAll("a[href], form[action]")
                .Select(a => a.GetAttribute("href") ?? a.GetAttribute("action")!)
        )
        foreach (var secret in new[] { "Alex", "Example", "Robin", "robin", "%40", "@", "Street" })
            Assert.DoesNotContain(secret, href, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_sees_a_case_that_is_not_theirs()
    {
        var reference = await _host.OpenCaseAsync();
        foreach (
            var browser in new[]
            {
                await CaseBrowser.ManagerAsync(_host, "suffolk"),
                await CaseBrowser.PractitionerAsync(_host, "sandwell", "police"),
                await CaseBrowser.PractitionerAsync(_host, "suffolk", "school"),
            }
        )
        foreach (var path in new[] { "", "/record", "/proof", "/notes", "/outcomes" })
        {
            var page = await browser.OpenAsync($"/cases/{reference}{path}");
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            Assert.DoesNotContain("Alex", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_has_not_signed_in_is_led_to_sign_in()
    {
        var reference = await _host.OpenCaseAsync();
        using var nobody = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = _host.Nobody().BaseAddress,
        };
        var answer = await nobody.GetAsync($"/cases/{reference}");
        Assert.Equal(
            (HttpStatusCode.Redirect, $"/sign-in?to=%2Fcases%2F{reference}"),
            (answer.StatusCode, answer.Headers.Location!.ToString())
        );
    }

    [Fact]
    public async Task Typed_text_is_shown_as_text_whatever_it_holds()
    {
        var reference = await _host.OpenCaseAsync(
            "sandwell",
            body =>
            {
                body["details"] = Hostile;
                body["concern"] = new string('W', 9_000);
                body["person"]!["name"] = Hostile;
                body["raisedBy"]!["caseNumber"] = "<i>7</i>";
            }
        );
        var browser = await CaseBrowser.ManagerAsync(_host, "sandwell");
        await _host.DoAsync(
            reference,
            Commands.Note("school", Hostile) with
            {
                By = new Speaker("school", "<b>Sam</b>", "<i>Manager</i>"),
            }
        );
        foreach (var path in new[] { $"/cases/{reference}", $"/cases/{reference}/record" })
        {
            var page = await browser.OpenAsync(path);
            Assert.Empty(page.Page.QuerySelectorAll("script, .esc-typed b, i, [style], [onclick]"));
            Assert.Contains(page.Page.QuerySelectorAll(".esc-typed[dir=auto]"), e => e.TextContent == Hostile);
        }
        var shown = await browser.OpenAsync($"/cases/{reference}");
        Assert.Contains(shown.Page.QuerySelectorAll("bdi"), e => e.TextContent == "<b>Sam</b>, <i>Manager</i>");
    }

    [Fact]
    public async Task The_stages_are_drawn_described_and_in_a_table_with_why_each_date_is_what_it_is()
    {
        var reference = await _host.OpenCaseAsync("sefton");
        await _host.UntilAsync(reference, "2026-09-30T10:00:00Z");
        var page = await (await CaseBrowser.ManagerAsync(_host, "sefton")).OpenAsync($"/cases/{reference}");
        var svg = page.Page.QuerySelector("svg[role=img]")!;
        Assert.Equal("timeline-title timeline-desc", svg.GetAttribute("aria-labelledby"));
        Assert.Equal($"The stages of {reference} in time", svg.QuerySelector("title")!.TextContent);
        Assert.StartsWith(
            "Step 1: missed, deadline Tuesday 29 September 2026 at 5pm. "
                + "Step 2: open, deadline Thursday 1 October 2026 at 5pm. Step 3: planned",
            svg.QuerySelector("desc")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["missed", "open", "planned", "planned"],
            svg.QuerySelectorAll(".esc-timeline__bar").Select(b => b.ClassList[1].Split("--")[1])
        );
        Assert.Equal(
            ["✗ missed", "open", "planned", "planned"],
            svg.QuerySelectorAll(".esc-timeline__mark").Select(b => b.TextContent)
        );
        Assert.Contains("28 Sep", svg.QuerySelectorAll(".esc-timeline__date").Select(t => t.TextContent));
        var rows = page
            .Page.QuerySelectorAll("table")
            .First()
            .QuerySelectorAll("tbody tr")
            .Select(r => string.Join('|', r.Children.Select(c => c.TextContent.Trim())))
            .ToList();
        Assert.Equal(4, rows.Count);
        Assert.StartsWith(
            "Step 1The professionals|Missed|Friday 25 September 2026 at 11am|"
                + "Tuesday 29 September 2026 at 5pm (maximum)|It was escalated by itself when its deadline passed, by a local setting",
            rows[0],
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "|Monday 5 October 2026 at 5pm (maximum)|If nobody answers, it opens on Thursday 1 October 2026 at 5pm.",
            rows[2],
            StringComparison.Ordinal
        );
        Assert.Equal(
            4,
            page.Page.QuerySelectorAll("details").Count(d => d.QuerySelector("table.esc-month") is not null)
        );
    }

    [Fact]
    public async Task A_held_an_awaiting_an_urgent_and_a_legally_held_case_say_so()
    {
        var reference = await _host.OpenCaseAsync("suffolk");
        var browser = await CaseBrowser.ManagerAsync(_host, "suffolk");
        await _host.DoAsync(reference, Commands.Hold("school"));
        var held = await browser.OpenAsync($"/cases/{reference}");
        Assert.Equal("On hold", Row(held, "Status"));
        Assert.Contains("To be reviewed on Friday 2 October 2026.", held.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer by", held.Page.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        await _host.DoAsync(reference, Commands.LegalHold("suffolk", true));
        await _host.DoAsync(reference, Commands.Urgent("school"));
        var urgent = await browser.OpenAsync($"/cases/{reference}");
        Assert.Contains(
            "Imminent risk was reported. The agency that reported it was told: Do not wait for this process.",
            urgent.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("Legal hold.", urgent.Text, StringComparison.Ordinal);
        var policy = (
            await _host.Handler().RulesAsync((await _host.ReadAsync(reference)).Case, _host.Clock.GetUtcNow(), default)
        ).Policy;
        await _host.DoAsync(
            reference,
            Commands.Outcome(
                policy,
                (await _host.ReadAsync(reference)).Case,
                Outcomes.Resolved,
                "trust",
                new DateOnly(2026, 9, 25)
            ) with
            {
                RecordKeeper = "school",
            }
        );
        var awaiting = await browser.OpenAsync($"/cases/{reference}");
        Assert.Equal("Awaiting confirmation", Row(awaiting, "Status"));
        Assert.Contains(
            "An agreed outcome waits for confirmation by The school until",
            awaiting.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_other_agency_sees_nothing_of_a_stage_that_is_internal()
    {
        var reference = await _host.OpenCaseAsync("suffolk");
        await _host.UntilAsync(reference, "2026-09-30T17:00:00Z");
        await _host.DoAsync(reference, Commands.Note("school", "AMONG OURSELVES"));
        var own = await (await CaseBrowser.PractitionerAsync(_host, "suffolk", "school")).OpenAsync(
            $"/cases/{reference}?events=all"
        );
        var other = await (await CaseBrowser.PractitionerAsync(_host, "suffolk", "trust")).OpenAsync(
            $"/cases/{reference}?events=all"
        );
        Assert.Contains("AMONG OURSELVES", own.Html, StringComparison.Ordinal);
        Assert.Equal("Stage 2: Manager, or named or designated safeguarding lead", Row(own, "Stage"));
        Assert.Equal("With the agency that raised the concern", Row(other, "Stage"));
        Assert.DoesNotContain("AMONG OURSELVES", other.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Stage 2", other.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer by", other.Page.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        Assert.Matches(@"\d+ events are not shown", other.Text);
        Assert.DoesNotContain("Record an outcome", other.Text, StringComparison.Ordinal);
        Assert.Contains("Record an outcome", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Stage 2 opened",
            (
                await (await CaseBrowser.PractitionerAsync(_host, "suffolk", "trust")).OpenAsync(
                    $"/cases/{reference}/record"
                )
            ).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Events_are_listed_newest_first_or_oldest_first_with_a_number_to_link_to()
    {
        var reference = await _host.OpenCaseAsync();
        await _host.DoAsync(reference, Commands.Note("school", "First note"));
        var browser = await CaseBrowser.ManagerAsync(_host, "sandwell");
        var newest = await browser.OpenAsync($"/cases/{reference}");
        var first = newest.Page.QuerySelector(".esc-event")!;
        Assert.Contains("The school added a note.", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("First note", first.QuerySelector("dd.esc-typed")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("#" + first.Id, first.QuerySelector("a.esc-event__number")!.GetAttribute("href"));
        var link = newest.Page.QuerySelectorAll("#events ~ p a").First().GetAttribute("href")!;
        var oldest = await browser.OpenAsync(link);
        Assert.Equal("event-1", oldest.Page.QuerySelector(".esc-event")!.Id);
        Assert.DoesNotContain("was queued", oldest.Text, StringComparison.Ordinal);
        Assert.Contains(
            "was queued",
            (await browser.OpenAsync($"/cases/{reference}?events=all")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Emails_are_listed_with_what_became_of_them_and_a_failed_one_offers_to_send_again()
    {
        var reference = await _host.OpenCaseAsync();
        var key = (await _host.ReadAsync(reference)).Case.Notices[0].Key;
        var bounce = new Attempt(key, null, "bounced", Final: true);
        await _host.Handler().RecordAttemptsAsync(reference, [bounce], _host.Clock.GetUtcNow(), default);
        var page = await (await CaseBrowser.ManagerAsync(_host, "sandwell")).OpenAsync($"/cases/{reference}");
        var failed = page.Page.QuerySelectorAll(".esc-row--failed").Single();
        Assert.Contains("Failed", failed.TextContent, StringComparison.Ordinal);
        Assert.Contains("It did not arrive because it came back", failed.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector($"a[href='/cases/{reference}/send-again']"));
        Assert.DoesNotContain(
            "@",
            page.Page.QuerySelector("#notices ~ .esc-wide")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_possible_duplicate_is_flagged_to_the_manager_and_an_address_is_shown_to_managers_only()
    {
        await _host.OpenCaseAsync();
        _host.Clock.SetUtcNow(_host.Clock.GetUtcNow().AddHours(1));
        var second = await _host.OpenCaseAsync();
        var manager = await (await CaseBrowser.ManagerAsync(_host, "sandwell")).OpenAsync($"/cases/{second}");
        var practitioner = await (await CaseBrowser.PractitionerAsync(_host, "sandwell", "school")).OpenAsync(
            $"/cases/{second}"
        );
        Assert.Contains("Possible duplicate.", manager.Text, StringComparison.Ordinal);
        Assert.Contains("robin@school.example.org", manager.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@", practitioner.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agency_with_nobody_to_tell_is_named_with_where_the_email_went()
    {
        var reference = await _host.OpenCaseAsync(
            "sandwell",
            body => body["receivedBy"] = new JsonObject { ["agency"] = "other", ["agencyName"] = "A <new> agency" }
        );
        var page = await (await CaseBrowser.ManagerAsync(_host, "sandwell")).OpenAsync($"/cases/{reference}");
        Assert.Contains("A <new> agency has nobody to tell", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_retention_the_page_the_record_and_the_pack_stand_without_anything_personal()
    {
        var reference = await _host.OpenCaseAsync();
        await _host.DoAsync(reference, Commands.Withdraw("school"));
        _host.Clock.SetUtcNow(_host.Clock.GetUtcNow().AddYears(25));
        Assert.IsType<Handled.Done>(await _host.Handler().ForgetAsync(reference, _host.Clock.GetUtcNow(), default));
        var browser = await CaseBrowser.ManagerAsync(_host, "sandwell");
        foreach (var path in new[] { $"/cases/{reference}?events=all", $"/cases/{reference}/record" })
        {
            var page = await browser.OpenAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            foreach (var gone in new[] { "Alex", "Robin", "Rowan", "Some details", "No longer needed." })
                Assert.DoesNotContain(gone, page.Html, StringComparison.Ordinal);
        }
        var shown = await browser.OpenAsync($"/cases/{reference}");
        Assert.Contains("The chain of events still checks.", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing: this case cannot be changed now.", shown.Text, StringComparison.Ordinal);
        Assert.Null(shown.Page.QuerySelector("a[href$='words=yes']"));
    }

    [Fact]
    public async Task The_banner_after_an_action_is_derived_from_its_event_and_a_made_up_number_shows_none()
    {
        var reference = await _host.OpenCaseAsync();
        var browser = await CaseBrowser.ManagerAsync(_host, "sandwell");
        Assert.NotNull(
            (await browser.OpenAsync($"/cases/{reference}?recorded=1")).Page.QuerySelector(
                ".govuk-notification-banner--success"
            )
        );
        foreach (var none in new[] { "999", "-1", "x", "" })
            Assert.Null(
                (await browser.OpenAsync($"/cases/{reference}?recorded={none}")).Page.QuerySelector(
                    ".govuk-notification-banner--success"
                )
            );
    }

    [Fact]
    public async Task The_list_of_a_cases_emails_goes_on_after_the_one_that_its_cursor_names()
    {
        var reference = await _host.OpenCaseAsync();
        var all = (await _host.ReadAsync(reference)).Case.Notices.Count;
        Assert.InRange(all, 2, 50);
        var newest = Cursor.Of((int.MaxValue - (all - 1)).ToString("D10", CultureInfo.InvariantCulture));
        var browser = await CaseBrowser.ManagerAsync(_host, "sandwell");
        foreach (var (question, shown) in new[] { ("", all), ($"?cursor={newest}", all - 1) })
        {
            var page = await browser.OpenAsync($"/cases/{reference}/emails{question}");
            Assert.Equal(shown, page.Page.QuerySelectorAll("[aria-label=Emails] tbody tr").Length);
        }
    }

    [Fact]
    public async Task The_event_of_the_opening_does_not_say_again_what_the_concern_says()
    {
        var reference = await _host.OpenCaseAsync();
        var opened = PlacedEvent.Of(await _host.ReadAsync(reference)).Single(e => e.Event is CaseOpened).Number;
        var browser = await CaseBrowser.ManagerAsync(_host, "sandwell");
        var page = await browser.OpenAsync($"/cases/{reference}?order=oldest&events=all");
        Assert.Contains("Some details", page.Text, StringComparison.Ordinal);
        var shown = page.Page.QuerySelector($"#event-{opened}")!;
        Assert.DoesNotContain("Some details", shown.TextContent, StringComparison.Ordinal);
        Assert.Null(shown.QuerySelector(".esc-event__texts"));
    }

    private static string Row(Shown page, string key) =>
        string.Join(
            ' ',
            page.Page.QuerySelectorAll("dl .govuk-summary-list__row")
                .First(r => r.QuerySelector("dt")!.TextContent == key)
                .QuerySelector("dd")!
                .TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}
