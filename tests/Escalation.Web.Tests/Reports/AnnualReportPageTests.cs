using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Reports;

public sealed class AnnualReportPageTests : IAsyncLifetime
{
    private const string This = "/reports/annual?partnership=sandwell&year=2026",
        Measures = "The year and the year before",
        Agencies = "Escalations by agency";
    private TestHost _host = null!;
    private HttpClient _staff = null!,
        _manager = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AdministratorAsync();
        _manager = await _host.AsAsync(Roles.BusinessManager, "sandwell");
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_year_without_a_case_says_so_and_draws_nothing()
    {
        var page = await _manager.PageAsync(This);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("No escalations were raised; none the year before.", page.Main, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("svg"));
        Assert.Empty(page.Document.QuerySelectorAll("main table"));
        Assert.Null(page.Document.QuerySelector(".govuk-warning-text"));
    }

    [Fact]
    public async Task How_long_half_of_those_that_ended_took_and_how_long_the_longest_is_told()
    {
        // Raised on Friday 25 September; ended after 1, 2 and 5 working days.
        var ends = new[] { "2026-09-28T10:00:00Z", "2026-09-29T10:00:00Z", "2026-10-02T10:00:00Z" };
        var cases = new List<string>();
        foreach (var _ in ends)
            cases.Add(await _host.OpenCaseAsync("sandwell"));
        foreach (var (reference, end) in cases.Zip(ends))
        {
            await _host.UntilAsync(reference, end);
            await _host.DoAsync(reference, Testing.Cases.Commands.Withdraw("school"));
        }

        Assert.Contains(
            "Half of those that ended took 2 working days or fewer; the longest took 5 working days.",
            (await _manager.PageAsync(This)).Main,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_case_is_told_in_the_singular_with_a_caution_about_small_numbers()
    {
        await _staff.OpenAsync();

        var page = await _manager.PageAsync(This);

        Assert.Contains("1 escalation was raised; none the year before.", page.Main, StringComparison.Ordinal);
        Assert.Contains("None has ended. 1 is still open.", page.Main, StringComparison.Ordinal);
        Assert.Contains(
            "smaller than 5",
            PageAnswer.Words(page.Document.QuerySelector(".govuk-warning-text")!),
            StringComparison.Ordinal
        );
        Assert.Contains("nothing to compare with", page.Main, StringComparison.Ordinal);
        Assert.Equal(["Escalations raised", "1", "–", "no cases that year"], page.Table(Measures)[1]);
        Assert.Contains("This year has not ended", page.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task Numbers_below_5_are_warned_of_and_5_is_not(int cases, bool warned)
    {
        for (var i = 0; i < cases; i++)
            await _staff.OpenAsync();

        var page = await _manager.PageAsync(This);

        Assert.Equal(warned, page.Document.QuerySelector(".govuk-warning-text") is not null);
    }

    [Fact]
    public async Task Two_years_are_set_side_by_side_with_the_difference_in_words()
    {
        _host.Clock.AdjustTime(new DateTimeOffset(2025, 9, 26, 10, 0, 0, TimeSpan.Zero));
        for (var i = 0; i < 3; i++)
            await _staff.OpenAsync();
        _host.Clock.AdjustTime(new DateTimeOffset(2026, 9, 25, 10, 0, 0, TimeSpan.Zero));
        await _staff.OpenAsync();
        await ResolveAsync(await _staff.OpenAsync());

        var page = await _manager.PageAsync(This);

        Assert.Contains(
            "2 escalations were raised, 1 fewer than the year before (3).",
            page.Main,
            StringComparison.Ordinal
        );
        Assert.Contains("1 has ended: 1 resolved by agreement. 1 is still open.", page.Main, StringComparison.Ordinal);
        Assert.Contains("The one that ended took 0 working days.", page.Main, StringComparison.Ordinal);
        Assert.Contains("1 outcome named lessons.", page.Main, StringComparison.Ordinal);
        Assert.Contains(page.Table(Measures), r => r.SequenceEqual(["Escalations raised", "2", "3", "1 fewer"]));
        Assert.Contains(page.Table(Measures), r => r.SequenceEqual(["Ended", "1", "0", "1 more"]));
        Assert.Contains(
            page.Table(Agencies + ", the year before in brackets"),
            r => r.SequenceEqual(["The school", "2 (3)", "0 (0)"])
        );
        Assert.Contains(
            page.Table("Escalations by how they ended"),
            r => r.SequenceEqual(["Resolved", "1", "0", "1 more"])
        );

        var before = await _manager.PageAsync(page.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Contains("3 escalations were raised; none the year before.", before.Main, StringComparison.Ordinal);
        Assert.Equal(
            "/reports/annual?partnership=sandwell&year=2026",
            before.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")
        );
        Assert.Null(page.Document.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task The_figures_are_those_of_the_API()
    {
        for (var i = 0; i < 4; i++)
            await _staff.OpenAsync();
        await ResolveAsync(await _staff.OpenAsync());
        await MissAllAsync(await _staff.OpenAsync());

        var page = await _manager.PageAsync(This);
        var api = await _staff.GetJsonAsync("/api" + This);

        string Figure(string name) => page.Table(Measures).Single(r => r[0] == name)[1];
        Assert.Equal(api.Json["cases"]!["raised"]!.ToString(), Figure("Escalations raised"));
        Assert.Equal(api.Json["cases"]!["missedDeadlines"]!.ToString(), Figure("Deadlines missed"));
        Assert.Equal(api.Json["cases"]!["reminders"]!.ToString(), Figure("Reminders that fell due"));
        var stages = page.Table(
                "Stages reached, in time or late: Escalation policy: resolution of professional disagreements"
            )
            .Skip(1)
            .ToList();
        foreach (var (stage, row) in api.Json["policies"]![0]!["stages"]!.AsArray().Zip(stages))
            Assert.Equal(
                new[] { "name", "opened", "skipped", "furthest", "inTime", "late", "withdrawn", "open" }.Select(m =>
                    stage![m]!.ToString()
                ),
                row
            );
    }

    [Fact]
    public async Task No_person_no_reference_and_no_free_text_is_in_the_report()
    {
        var path = await _staff.OpenAsync();
        await ResolveAsync(path);

        var page = await _manager.PageAsync(This);

        foreach (
            var secret in new[]
            {
                path.Split('/')[^1],
                "Alex Example",
                "Robin Raiser",
                "OAK-17",
                "Some details",
                "We spoke",
                "LESSON-TEXT",
                "Sam Speaker",
                "Some Street",
            }
        )
            Assert.DoesNotContain(secret, page.Main, StringComparison.Ordinal);
        Assert.Equal("Annual analysis 2026 to 2027 - Escalation", page.Document.Title);
    }

    [Fact]
    public async Task Every_chart_has_a_name_a_description_a_table_and_fills_that_are_there()
    {
        await _staff.OpenAsync();
        await ResolveAsync(await _staff.OpenAsync());
        await MissAllAsync(await _staff.OpenAsync());

        var page = await _manager.PageAsync(This);

        var charts = page.Document.QuerySelectorAll("svg[role=img]");
        Assert.True(charts.Length >= 6);
        foreach (var chart in charts)
        {
            Assert.All(
                chart.GetAttribute("aria-labelledby")!.Split(' '),
                id => Assert.NotEmpty(chart.QuerySelector("#" + id)!.TextContent)
            );
            Assert.NotNull(chart.Closest("section")!.QuerySelector("table"));
            foreach (
                Match paint in Regex.Matches(
                    chart.OuterHtml,
                    @"url\(#([^)]+)\)",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
            )
                Assert.NotNull(chart.QuerySelector("#" + paint.Groups[1].Value));
        }
        var ids = page.Document.QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.DoesNotContain("style=", page.Html, StringComparison.Ordinal);
        Assert.Contains("url(#agencies-hatched)", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agencys_name_is_shown_as_text_whatever_it_holds()
    {
        var name = "<script>alert(1)</script> مدرسة 🏫 " + new string('x', 9_000);
        var (agency, version) = (
            await StoredDirectory.ReadAsync(_host.Store, "sandwell", "school", CancellationToken.None)
        )!.Value;
        await StoredDirectory.WriteAsync(
            _host.Store,
            "sandwell",
            agency with
            {
                Name = name,
            },
            version,
            CancellationToken.None
        );
        await _staff.OpenAsync();

        var page = await _manager.PageAsync(This);

        Assert.Empty(page.Document.QuerySelectorAll("script"));
        Assert.Contains(page.Table(Agencies), r => r[0] == name);
    }

    [Fact]
    public async Task Hundreds_of_cases_are_counted()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 250).Select(i => _staff.OpenAsync(i % 2 == 0 ? "suffolk" : "suffolk-mash"))
        );

        var page = await _staff.PageAsync("/reports/annual?partnership=suffolk&year=2026");

        Assert.Contains("250 escalations were raised; none the year before.", page.Main, StringComparison.Ordinal);
        Assert.Equal(
            2,
            page.Document.QuerySelectorAll("section h3")
                .Count(h =>
                    h.TextContent
                        is "Multi-Agency Escalation Process"
                            or "Disagreement with a MASH contact or referral outcome"
                )
        );
        Assert.Contains("125", page.Table("Stages reached, in time or late: Multi-Agency Escalation Process")[1]);
    }

    [Fact]
    public async Task A_procedure_where_nobody_receives_counts_who_took_part()
    {
        await _staff.OpenAsync("surrey-adults-risk");
        var page = await _staff.PageAsync("/reports/annual?partnership=surrey-adults&year=2026");
        Assert.Contains(page.Table(Agencies), r => r.SequenceEqual(["The police", "0", "0", "1"]));
        Assert.Contains("No escalation was raised under this procedure.", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_has_the_figures_and_the_lessons_only_where_they_are_asked_for()
    {
        await ResolveAsync(await _staff.OpenAsync());
        var page = await _manager.PageAsync(This);
        var links = page
            .Document.QuerySelectorAll("main a[href*='.csv']")
            .Select(a => a.GetAttribute("href")!)
            .ToList();

        var (plain, withLessons) = (await _manager.PageAsync(links[0]), await _manager.PageAsync(links[1]));

        Assert.Equal("text/csv", plain.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal("annual-analysis-2026.csv", plain.Message.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Contains("agencies,school,raised,1", plain.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("LESSON-TEXT", plain.Html, StringComparison.Ordinal);
        Assert.Contains("'=LESSON-TEXT", withLessons.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2000", true)]
    [InlineData("2100", true)]
    [InlineData("1999", false)]
    [InlineData("2101", false)]
    [InlineData("0", false)]
    [InlineData("9999", false)]
    [InlineData("", false)]
    public async Task A_program_is_answered_for_years_from_2000_to_2100(string year, bool answered)
    {
        var answer = await _staff.GetJsonAsync($"/api/reports/annual?partnership=sandwell&year={year}");
        Assert.Equal(answered ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
    }

    [Theory]
    [InlineData(
        "/reports/annual?partnership=sandwell",
        "#year",
        "Select a financial year; it begins in a year from 2000 to 2100"
    )]
    [InlineData(
        "/reports/annual?partnership=sandwell&year=x",
        "#year",
        "Select a financial year; it begins in a year from 2000 to 2100"
    )]
    [InlineData(
        "/reports/annual?partnership=sandwell&year=1999",
        "#year",
        "Select a financial year; it begins in a year from 2000 to 2100"
    )]
    [InlineData("/reports/annual?year=2026", "#partnership", "Select a partnership")]
    [InlineData("/reports/annual.csv?partnership=&year=2026", "#partnership", "Select a partnership")]
    public async Task What_is_missing_is_asked_for(string path, string href, string message)
    {
        var page = await _staff.PageAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal([(href, message)], page.Errors);
        Assert.NotNull(page.Document.QuerySelector(href));
    }

    [Theory]
    [InlineData("/reports/annual?partnership=sandwell&year=2026")]
    [InlineData("/reports/annual.csv?partnership=sandwell&year=2026")]
    public async Task Only_those_who_run_the_partnership_see_it(string path)
    {
        Assert.Equal(HttpStatusCode.OK, (await _manager.PageAsync(path)).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await (await _host.AsAsync(Roles.BusinessManager, "sefton")).PageAsync(path)).Status
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await (await _host.AsAsync(Roles.Practitioner, "sandwell", "school")).PageAsync(path)).Status
        );
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = _host.Nobody().BaseAddress,
        };
        Assert.StartsWith(
            "/sign-in",
            (await browser.GetAsync(path)).Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_choice_of_reports_offers_what_the_caller_may_open()
    {
        _host.Clock.AdjustTime(new DateTimeOffset(2024, 9, 25, 10, 0, 0, TimeSpan.Zero));
        await _staff.OpenAsync();
        _host.Clock.AdjustTime(new DateTimeOffset(2026, 9, 25, 10, 0, 0, TimeSpan.Zero));

        var (all, own, none) = (
            await _staff.PageAsync("/reports"),
            await _manager.PageAsync("/reports"),
            await (await _host.AsAsync(Roles.Practitioner, "sandwell", "school")).PageAsync("/reports")
        );

        Assert.Equal(6, all.Document.QuerySelectorAll("#partnership option").Length);
        Assert.Equal(
            ["2026 to 2027", "2025 to 2026", "2024 to 2025"],
            all.Document.QuerySelectorAll("#year option").Select(o => o.TextContent)
        );
        Assert.Null(own.Document.QuerySelector("#partnership"));
        Assert.Null(none.Document.QuerySelector("form[action='/reports/annual']"));
        Assert.Equal(
            ["/reports/summary-log?partnership=sandwell"],
            none.Document.QuerySelectorAll("main a").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal(
            ["/reports/annual?partnership=sandwell&year=2026", "/reports/summary-log?partnership=sandwell"],
            own.Document.QuerySelectorAll("main a").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal(HttpStatusCode.OK, (await _manager.PageAsync("/reports/annual?year=2024")).Status);
    }

    [Fact]
    public async Task A_year_that_has_not_begun_says_so() =>
        Assert.Contains(
            "This year has not begun.",
            (await _manager.PageAsync("/reports/annual?year=2030")).Main,
            StringComparison.Ordinal
        );

    private async Task ResolveAsync(string path)
    {
        var outcome = Sample.Outcome("informal", "resolved");
        outcome["lessons"] = "=LESSON-TEXT";
        outcome["actions"] = new JsonArray(
            new JsonObject
            {
                ["what"] = "Visit",
                ["byWhom"] = "Sam",
                ["agency"] = "school",
                ["due"] = "2026-10-05",
            }
        );
        Assert.Equal(HttpStatusCode.OK, (await _staff.PostAsync(path + "/outcomes", outcome)).Status);
    }

    /// <summary>A day at a time: nobody sends the emails here, so their wakes stay.</summary>
    private async Task MissAllAsync(string path)
    {
        var handler = _host.Services.GetRequiredService<CaseHandler>();
        for (var day = 1; day <= 40; day++)
            await handler.AdvanceAsync(
                path.Split('/')[^1],
                null,
                _host.Clock.GetUtcNow().AddDays(day),
                CancellationToken.None
            );
    }
}
