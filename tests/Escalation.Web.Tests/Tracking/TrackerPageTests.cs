using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Tracking;

/// <summary>The tracker as a page. It is Friday 25 September 2026, 11am in London.</summary>
public sealed class TrackerPageTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_case_is_a_row_with_its_stage_agencies_deadline_and_time_left()
    {
        var reference = await _staff.OpenCaseAsync("sandwell");
        var page = await _staff.SeeAsync("/tracker");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var row = Seen.Plain(page.One(".esc-cases tbody tr"));
        foreach (
            var words in new[]
            {
                reference,
                "Raised Friday 25 September 2026",
                "Informal discussion",
                "The practitioners",
                "Escalation policy: resolution of professional disagreements",
                "Sandwell Children's Safeguarding Partnership",
                "The school → to The trust",
                "Saturday 26 September 2026 at 11am (target)",
                "1 day left",
            }
        )
            Assert.Contains(words, row, StringComparison.Ordinal);
        Assert.Equal($"/cases/{reference}", page.One(".esc-cases tbody a").GetAttribute("href"));
    }

    [Fact]
    public async Task Cases_stand_in_groups_by_urgency_with_their_counts()
    {
        await _staff.OpenCaseAsync("sandwell");
        await _staff.OpenCaseAsync("sefton");
        await _staff.OpenCaseAsync("sefton", "2026-09-24T10:00:00Z");
        _host.Clock.SetUtcNow(new DateTimeOffset(2026, 9, 28, 9, 0, 0, TimeSpan.Zero));
        var hold = await _staff.OpenCaseAsync("suffolk");
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await _staff.PostAsync(
                    $"/api/escalations/{hold}/hold",
                    new JsonObject
                    {
                        ["id"] = "h",
                        ["stage"] = "1",
                        ["by"] = Sample.By("school"),
                        ["askedBy"] = "Sam",
                        ["reason"] = "To meet",
                        ["managerConsulted"] = true,
                    }
                )
            ).Status
        );
        await _staff.OpenCaseAsync("surrey-adults-risk");
        var page = await _staff.SeeAsync("/tracker");
        Assert.Equal(
            ["Overdue 1 case", "Due today 1 case", "Due this week 1 case", "Later 1 case", "On hold 1 case"],
            page.All("h2.esc-group")
        );
        Assert.Equal(["Overdue: past target", "On hold"], page.All(".govuk-tag").Where(t => t.StartsWith('O')));
        Assert.Contains("The school with The trust and The police", page.Text, StringComparison.Ordinal);
        Assert.Contains("Review on Monday 5 October 2026", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_attention_is_said_in_words()
    {
        var body = Sample.Opening("berkshire-west");
        body["imminentRisk"] = true;
        body["receivedBy"] = new JsonObject { ["agency"] = "other", ["agencyName"] = "A <b>clinic</b>" };
        var reference = (await _staff.PostAsync("/api/escalations", body))["reference"]!;
        var page = await _staff.SeeAsync("/tracker");
        Assert.Contains("Urgent: imminent risk", page.All(".govuk-tag"));
        Assert.Contains("an agency that is not in the directory", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("clinic", page.Source, StringComparison.Ordinal);
        var handler = _host.Services.GetRequiredService<CaseHandler>();
        var key = (await handler.ReadAsync(reference, default))!.Case.Notices[0].Key;
        await handler.RecordAttemptsAsync(
            reference,
            [new Attempt(key, null, "refused", Final: true)],
            _host.Clock.GetUtcNow(),
            default
        );
        page = await _staff.SeeAsync("/tracker");
        Assert.Contains("1 email failed", page.All(".govuk-tag"));
        Assert.Contains(
            "could not be delivered",
            Seen.Plain(page.One(".govuk-warning-text")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?partnership=sandwell", true)]
    [InlineData("?partnership=sefton", false)]
    public async Task Emails_that_failed_are_warned_of_where_their_partnership_is_asked_for(string query, bool warned)
    {
        await _staff.OpenCaseAsync("sefton");
        var reference = await _staff.OpenCaseAsync("sandwell");
        var handler = _host.Services.GetRequiredService<CaseHandler>();
        var key = (await handler.ReadAsync(reference, default))!.Case.Notices[0].Key;
        await handler.RecordAttemptsAsync(
            reference,
            [new Attempt(key, null, "refused", Final: true)],
            _host.Clock.GetUtcNow(),
            default
        );
        var page = await _staff.SeeAsync("/tracker" + query);
        Assert.Equal(
            warned,
            page.All(".govuk-warning-text").Any(w => w.Contains("could not be delivered", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_stage_without_anybody_of_its_tier_says_so()
    {
        var body = Sample.Opening();
        body["receivedBy"] = "trust";
        await _staff.PostAsync("/api/escalations", body);
        Assert.Contains("Nobody to tell at this tier", (await _staff.SeeAsync("/tracker")).All(".govuk-tag"));
        await _staff.OpenCaseAsync("sefton");
        Assert.DoesNotContain(
            "Nobody to tell at this tier",
            (await _staff.SeeAsync("/tracker?partnership=sefton")).All(".govuk-tag")
        );
    }

    [Theory]
    [InlineData("partnership=sandwell", 1, "Sandwell Children's Safeguarding Partnership")]
    [InlineData("partnership=suffolk", 0, "Suffolk Safeguarding Partnership")]
    [InlineData("status=onHold", 0, "On hold")]
    [InlineData("status=all&stage=informal", 1, "Open and ended|Informal discussion")]
    [InlineData("partnership=sandwell&agency=trust", 1, "Sandwell Children's Safeguarding Partnership|With The trust")]
    [InlineData("agency=police", 0, "With police")]
    [InlineData("overdue=true", 0, "Overdue only")]
    [InlineData("q=oak-17", 1, "“oak-17”")]
    [InlineData("q=san-", 1, "“san-”")]
    [InlineData(
        "from.day=25&from.month=9&from.year=2026&to=2026-09-25",
        1,
        "Raised from Friday 25 September 2026|Raised to Friday 25 September 2026"
    )]
    [InlineData("to.day=24&to.month=9&to.year=2026", 0, "Raised to Thursday 24 September 2026")]
    [InlineData("due=2026-09-26", 1, "Due on Saturday 26 September 2026")]
    [InlineData("due=2026-09-25", 0, "Due on Friday 25 September 2026")]
    [InlineData("sort=raised", 1, "")]
    public async Task A_filter_keeps_what_it_names_and_can_be_taken_off(string query, int count, string chosen)
    {
        await _staff.OpenCaseAsync("sandwell");
        var page = await _staff.SeeAsync("/tracker?" + query);
        Assert.Equal(count, page.Html.QuerySelectorAll(".esc-cases tbody tr").Length);
        Assert.Equal(chosen.Split('|', StringSplitOptions.RemoveEmptyEntries), page.All(".esc-chosen li > span"));
        foreach (var remove in page.Html.QuerySelectorAll(".esc-chosen a"))
            Assert.Equal(HttpStatusCode.OK, (await _staff.SeeAsync(remove.GetAttribute("href")!)).Status);
        if (count == 0)
            Assert.Contains("No case is like this", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status=nonsuch", "Select a status", "#status")]
    [InlineData("sort=nonsuch", "Select an order", "#sort")]
    [InlineData("overdue=maybe", "Overdue only", "#overdue")]
    [InlineData("from.day=31&from.month=2&from.year=2026", "Raised from must be a real date", "#from")]
    [InlineData("to=x", "Raised to must be a real date", "#to")]
    [InlineData("due=x", "must be a real date", null)]
    [InlineData("cursor=x", "first page", null)]
    public async Task A_question_that_is_none_gets_the_form_again_with_what_was_asked(
        string query,
        string error,
        string? href
    )
    {
        var page = await _staff.SeeAsync("/tracker?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(error, Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.StartsWith("Error: ", page.Html.Title, StringComparison.Ordinal);
        Assert.Equal(href, page.Html.QuerySelector(".govuk-error-summary__list a")?.GetAttribute("href"));
        if (href is not null)
            Assert.NotNull(page.Html.QuerySelector(href));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_lead_back_to_the_first()
    {
        for (var i = 0; i < 51; i++)
            await _staff.OpenCaseAsync("sandwell");
        var first = await _staff.SeeAsync("/tracker?partnership=sandwell");
        Assert.Equal("Due this week 50 cases on this page", Assert.Single(first.All("h2.esc-group")));
        var next = await _staff.SeeAsync(first.One("a[rel=next]").GetAttribute("href")!);
        Assert.Equal("Due this week 1 case on this page", Assert.Single(next.All("h2.esc-group")));
        Assert.Empty(next.Html.QuerySelectorAll("a[rel=next]"));
        Assert.Equal("/tracker?partnership=sandwell", next.One(".govuk-pagination__prev a").GetAttribute("href"));
    }

    [Fact]
    public async Task The_file_answers_the_same_question()
    {
        await _staff.OpenCaseAsync("sandwell");
        await _staff.OpenCaseAsync("sefton");
        var page = await _staff.SeeAsync("/tracker?partnership=sefton&sort=raised");
        var link = page
            .Html.QuerySelectorAll("a")
            .First(a => a.TextContent.Contains("CSV", StringComparison.Ordinal))
            .GetAttribute("href")!;
        var csv = await _staff.GetAsync(link);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", csv.Content.Headers.ContentDisposition!.DispositionType);
        var lines = (await csv.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("SEF-", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_tracker_says_what_would_stand_there()
    {
        var page = await _staff.SeeAsync("/tracker");
        Assert.Contains("No case is open.", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll(".esc-cases"));
        var practitioner = await _host.AsAsync(Roles.Practitioner, "sandwell", "police");
        await _staff.OpenCaseAsync("sandwell");
        Assert.Contains(
            "Your agency has no open case.",
            (await practitioner.SeeAsync("/tracker")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Each_sees_only_its_own()
    {
        var reference = await _staff.OpenCaseAsync("sandwell");
        Assert.DoesNotContain(
            reference,
            (await (await _host.AsAsync(Roles.BusinessManager, "sefton")).SeeAsync("/tracker")).Source,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            reference,
            (await (await _host.AsAsync(Roles.Practitioner, "sandwell", "police")).SeeAsync("/tracker")).Source,
            StringComparison.Ordinal
        );
        Assert.Contains(
            reference,
            (await (await _host.AsAsync(Roles.Practitioner, "sandwell", "trust")).SeeAsync("/tracker")).Source,
            StringComparison.Ordinal
        );
        var manager = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        Assert.Contains(reference, (await manager.SeeAsync("/tracker")).Source, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.SeeAsync("/tracker?partnership=sefton")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.SeeAsync("/tracker/calendar?partnership=sefton")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _host.IntakeAsync()).SeeAsync("/tracker")).Status);
        foreach (var path in new[] { "/tracker", "/tracker.csv", "/tracker/calendar" })
            Assert.StartsWith(
                "/sign-in",
                (await NotFollowing().GetAsync(path)).Headers.Location!.ToString(),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task No_page_of_the_tracker_holds_personal_data()
    {
        await _staff.OpenCaseAsync("sandwell");
        foreach (var path in new[] { "/tracker", "/tracker.csv", "/tracker/calendar" })
        {
            var source = (await _staff.SeeAsync(path)).Source;
            foreach (
                var words in new[]
                {
                    "Alex Example",
                    "2000-03-04",
                    "Some Street",
                    "A concern",
                    "Some details",
                    "Robin Raiser",
                    "robin@",
                }
            )
                Assert.DoesNotContain(words, source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_asked_is_shown_as_text()
    {
        var page = await _staff.SeeAsync(
            "/tracker?q="
                + Uri.EscapeDataString("<script>alert(1)</script>\u202Eabc")
                + "&stage="
                + Uri.EscapeDataString("\"><img src=x>")
        );
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.Html.QuerySelectorAll("script, img"));
        Assert.Contains("<script>alert(1)</script>", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agencys_name_with_markup_is_text()
    {
        await StoredDirectory.WriteAsync(
            _host.Store,
            "sandwell",
            new Agency { Id = "odd", Name = "<i>Odd</i> \u05D0\u05D1 " + new string('x', 150) },
            0,
            default
        );
        _host.Services.GetRequiredService<RuleBook>().Refresh();
        var body = Sample.Opening();
        body["receivedBy"] = "odd";
        await _staff.PostAsync("/api/escalations", body);
        var page = await _staff.SeeAsync("/tracker");
        Assert.Empty(page.Html.QuerySelectorAll("i"));
        Assert.Contains("<i>Odd</i>", page.One(".esc-cases bdi:last-of-type").TextContent, StringComparison.Ordinal);
    }

    private HttpClient NotFollowing() =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Nobody().BaseAddress };
}
