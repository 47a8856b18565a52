using System.Net;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Reports;

/// <summary>The analysis of a quarter and of any days, as a page, as a file and for a program.</summary>
public sealed class ReportPeriodPageTests : IAsyncLifetime
{
    private const string Sandwell = "?partnership=sandwell";
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
    public async Task A_quarter_is_set_beside_the_quarter_before_and_the_same_quarter_of_the_year_before()
    {
        await OpenAsync("2025-08-01", 3);
        await OpenAsync("2026-06-30", 1);
        await OpenAsync("2026-07-01", 2);
        _host.Clock.AdjustTime(new DateTimeOffset(2026, 9, 25, 10, 0, 0, TimeSpan.Zero));

        var page = await _manager.PageAsync($"/reports/annual{Sandwell}&year=2026&quarter=2");

        Assert.Equal("Analysis quarter 2 of 2026 to 2027 - Escalation", page.Document.Title);
        Assert.Contains(
            "Escalations raised from Wednesday 1 July 2026 to Wednesday 30 September 2026.",
            page.Main,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "2 escalations were raised, 1 more than the quarter before (1).",
            page.Main,
            StringComparison.Ordinal
        );
        Assert.Contains("This quarter has not ended", page.Main, StringComparison.Ordinal);
        Assert.Equal(["Escalations raised", "2", "1", "1 more"], page.Table("The quarter and the quarter before")[1]);
        Assert.Equal(
            ["Escalations raised", "2", "3", "1 fewer"],
            page.Table("The quarter and the same quarter of the year before")[1]
        );
        Assert.Equal(
            $"/reports/annual{Sandwell}&year=2026&quarter=1",
            page.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")
        );
        Assert.Contains(
            $"/reports/annual{Sandwell}&year=2026",
            page.Document.QuerySelectorAll("main a").Select(a => a.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task Any_days_are_set_beside_as_many_days_before()
    {
        await OpenAsync("2026-05-10", 1);
        await OpenAsync("2026-05-11", 1);
        await OpenAsync("2026-05-20", 1);
        await OpenAsync("2026-05-21", 1);

        var page = await _manager.PageAsync(
            $"/reports/annual{Sandwell}&from.day=11&from.month=5&from.year=2026&to.day=20&to.month=5&to.year=2026"
        );

        Assert.Equal("Analysis 11 May 2026 to 20 May 2026 - Escalation", page.Document.Title);
        Assert.Contains(
            "2 escalations were raised, 1 more than the period before (1).",
            page.Main,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["Figure", "11 May 2026 to 20 May 2026", "1 May 2026 to 10 May 2026", "Difference"],
            page.Table("The period and the period before")[0]
        );
        var next = await _manager.PageAsync(page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal("Analysis 21 May 2026 to 30 May 2026 - Escalation", next.Document.Title);
    }

    [Fact]
    public async Task A_year_leads_to_those_of_its_quarters_that_have_begun()
    {
        var page = await _manager.PageAsync($"/reports/annual{Sandwell}&year=2026");

        Assert.Equal(
            [1, 2],
            page.Document.QuerySelectorAll("main a[href*='quarter=']")
                .Select(a =>
                    int.Parse(a.GetAttribute("href")![^1..], System.Globalization.CultureInfo.InvariantCulture)
                )
        );
    }

    [Theory]
    [InlineData("&year=2026", "annual-analysis-2026.csv")]
    [InlineData("&year=2026&quarter=2", "analysis-2026-quarter-2.csv")]
    [InlineData("&from=2026-05-11&to=2026-05-20", "analysis-2026-05-11-to-2026-05-20.csv")]
    public async Task The_file_is_named_by_its_period_and_holds_its_cases_alone(string asked, string name)
    {
        await OpenAsync("2026-05-15", 1);
        await OpenAsync("2026-08-15", 1);

        var page = await _manager.PageAsync($"/reports/annual{Sandwell}{asked}");
        var file = await _manager.PageAsync(page.Document.QuerySelector("main a[href*='.csv']")!.GetAttribute("href")!);

        Assert.Equal(name, file.Message.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Contains(
            $"cases,all,raised,{(name.StartsWith("annual", StringComparison.Ordinal) ? 2 : 1)}",
            file.Html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_program_reads_the_same_cases_by_year_quarter_and_days()
    {
        await OpenAsync("2026-05-15", 1);
        await OpenAsync("2026-08-15", 2);

        foreach (
            var (asked, year, quarter, raised) in new[]
            {
                ("year=2026", "2026", null, "3"),
                ("year=2026&quarter=1", "2026", "1", "1"),
                ("year=2026&quarter=2", "2026", "2", "2"),
                ("from=2026-05-15&to=2026-05-15", null, null, "1"),
                ("from=2026-05-16&to=2026-08-14", null, null, "0"),
            }
        )
        {
            var analysis = (await _staff.GetJsonAsync($"/api/reports/annual{Sandwell}&{asked}")).Json;
            Assert.Equal(
                (year, quarter, raised),
                (
                    analysis["year"]?.ToString(),
                    analysis["quarter"]?.ToString(),
                    analysis["cases"]!["raised"]!.ToString()
                )
            );
        }
    }

    [Theory]
    [InlineData("year=2026&from=2026-05-01&to=2026-05-31", "year", "Give a financial year or dates, not both")]
    [InlineData(
        "quarter=1&from=2026-05-01&to=2026-05-31",
        "quarter",
        "Give a quarter with its financial year, or dates, not both"
    )]
    [InlineData("quarter=1", "year", "Select the financial year of the quarter")]
    [InlineData("year=2026&quarter=0", "quarter", "The quarter must be a number from 1 to 4; 1 is April to June")]
    [InlineData("year=2026&quarter=5", "quarter", "The quarter must be a number from 1 to 4; 1 is April to June")]
    [InlineData("year=2026&quarter=x", "quarter", "The quarter must be a number from 1 to 4; 1 is April to June")]
    [InlineData("from=2026-05-31&to=2026-05-01", "to", "Last day must be the same as or after the first day")]
    [InlineData("from=2026-05-31", "to", "Enter the last day")]
    [InlineData("to=2026-05-31", "from", "Enter the first day")]
    [InlineData("from=2026-02-30&to=2026-05-01", "from", "First day must be a real date")]
    [InlineData("from=2026-02-01&to=1%2F5%2F2026", "to", "Last day must be a date like 2026-12-29")]
    [InlineData("from=1999-12-31&to=2026-05-01", "from", "First day must be in a year from 2000 to 2100")]
    [InlineData("from=2026-05-01&to=2101-01-01", "to", "Last day must be in a year from 2000 to 2100")]
    public async Task A_question_that_is_no_period_is_refused_at_its_field(string asked, string field, string message)
    {
        var page = await _manager.PageAsync($"/reports/annual{Sandwell}&{asked}");
        var program = await _staff.GetJsonAsync($"/api/reports/annual{Sandwell}&{asked}");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal([($"#{field}", message)], page.Errors);
        Assert.NotNull(page.Document.QuerySelector($"#{field}"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (program.Status, program.Code));
        Assert.Equal($"{message}.", program.Json["errors"]![field]![0]!.ToString());
    }

    [Fact]
    public async Task Who_asks_for_days_without_a_partnership_is_asked_for_it_in_the_form_of_days()
    {
        var page = await _staff.PageAsync("/reports/annual?partnership=&from=2026-05-01&to=2026-05-31");

        Assert.Equal([("#days-partnership", "Select a partnership")], page.Errors);
        Assert.NotNull(page.Document.QuerySelector("#days-partnership"));
        Assert.Equal("5", page.Document.QuerySelector("#to-month")!.GetAttribute("value"));
    }

    private async Task OpenAsync(string day, int cases)
    {
        _host.Clock.AdjustTime(
            new DateTimeOffset(
                DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                new TimeOnly(10, 0),
                TimeSpan.Zero
            )
        );
        for (var i = 0; i < cases; i++)
            await _staff.OpenAsync();
    }
}
