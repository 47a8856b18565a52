using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Policies;

public sealed class SimulatorTests : IAsyncLifetime
{
    private const string Table = "Every stage if nobody answers";
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AsAsync(Roles.BusinessManager, "sefton");
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("sandwell", "2026-12-23", "10am", "2026-12-23T10:00:00Z", "")]
    [InlineData("sandwell", "2026-12-23", "10:00", "2026-12-23T10:00:00Z", "2026-12-29 2026-12-30")]
    [InlineData("sandwell", "2026-09-25", "4pm", "2026-09-25T15:00:00Z", "")]
    [InlineData("surrey-adults", "2026-03-27", "4:30pm", "2026-03-27T16:30:00Z", "2026-04-02")]
    [InlineData("sefton", "2026-04-30", "9am", "2026-04-30T08:00:00Z", "")]
    [InlineData("suffolk", "2026-10-10", "midday", "2026-10-10T11:00:00Z", "2026-10-14")]
    [InlineData("berkshire-west", "2026-09-25", "11.00", "2026-09-25T10:00:00Z", "")]
    [InlineData("surrey-adults-risk", "2026-09-25", "11:00am", "2026-09-25T10:00:00Z", "")]
    public async Task The_dates_are_those_of_the_API(
        string policy,
        string date,
        string time,
        string instant,
        string holidays
    )
    {
        var extra = holidays.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var sentExtra = string.Concat(extra.Select((h, i) => "&" + Sent($"holiday-{i + 1}", h)));
        var page = await _staff.PageAsync(
            $"/policies/{policy}/simulator?{Sent("raised", date)}&time={Uri.EscapeDataString(time)}{sentExtra}"
        );
        var api = await _staff.GetJsonAsync(
            $"/api/policies/{policy}/timeline?raised={instant}{string.Concat(extra.Select(h => "&holiday=" + h))}"
        );

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var expected = api.Json["stages"]!
            .AsArray()
            .Select(s =>
                (
                    s!["name"]!.ToString(),
                    Words(s["opens"]!.ToString()),
                    Due(s["deadline"]!.ToString()),
                    s["limit"]!.ToString()
                )
            );
        Assert.Equal(expected, page.Table(Table).Skip(1).Select(r => (r[0], r[1], r[2], r[3])));
        var data = page
            .Document.QuerySelectorAll("main a")
            .Single(a => a.GetAttribute("href")!.StartsWith("/api/", StringComparison.Ordinal))
            .GetAttribute("href")!;
        Assert.Equal(api.Text, (await _staff.GetJsonAsync(data)).Text);
    }

    [Fact]
    public async Task Days_on_the_grid_say_what_they_are_without_their_colour()
    {
        var page = await _staff.PageAsync(
            "/policies/sandwell/simulator?raised=2026-12-23&time=10am&holiday=2026-12-29"
        );
        var grid = page
            .Document.QuerySelectorAll(".esc-month")
            .First(m => m.QuerySelector("caption")!.TextContent == "December 2026");
        string Day(int day) =>
            PageAnswer.Words(
                grid.QuerySelectorAll(".esc-day")
                    .Single(d => d.FirstChild!.TextContent == day.ToString(CultureInfo.InvariantCulture))
            );

        Assert.Equal("23▶: raised at 10am", Day(23));
        Assert.Equal("24I!: Informal discussion ends at 10am", Day(24));
        Assert.Equal("25BH: Christmas Day (bank holiday)", Day(25));
        Assert.Equal("26×: Saturday", Day(26));
        Assert.Equal("29?: what if this were a bank holiday", Day(29));
        Assert.Equal("301: Stage 1 is open", Day(30));
        Assert.Contains(
            "Tuesday 29 December 2026: what if this were a bank holiday",
            page.Main,
            StringComparison.Ordinal
        );
        Assert.Contains("The extra days move 4 deadlines.", page.Main, StringComparison.Ordinal);
        Assert.Equal("the same", page.Table(Table)[1][4]);
        Assert.Equal("Thursday 31 December 2026 at 5pm", page.Table(Table)[2][4]);
    }

    [Fact]
    public async Task Every_stage_is_explained()
    {
        var page = await _staff.PageAsync("/policies/sefton/simulator?raised=2026-04-30&time=9am");
        var why = page
            .Document.QuerySelectorAll("main details")
            .Where(d => d.QuerySelector(".govuk-summary-list") is not null)
            .ToList();

        Assert.Equal(4, why.Count);
        Assert.Contains("Early May bank holiday", PageAnswer.Words(why[0]), StringComparison.Ordinal);
        Assert.Contains("2 working days in all", PageAnswer.Words(why[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opened_without_a_question_it_begins_now()
    {
        var page = await _staff.PageAsync("/policies/sandwell/simulator");

        Assert.Contains("Raised on Friday 25 September 2026 at 11am", page.Main, StringComparison.Ordinal);
        Assert.Equal(
            ["25", "9", "2026", "11am"],
            page.Document.QuerySelectorAll("#raised, #raised-month, #raised-year, #time")
                .Cast<IHtmlInputElement>()
                .Select(i => i.Value)
        );
    }

    [Theory]
    [InlineData(
        "raised.day=31&raised.month=2&raised.year=2026&time=10am",
        "#raised",
        "The date on which the concern is raised must be a real date"
    )]
    [InlineData(
        "raised.day=&raised.month=&raised.year=&time=10am",
        "#raised",
        "Enter the date on which the concern is raised"
    )]
    [InlineData(
        "raised.day=1&raised.month=2&raised.year=1999&time=10am",
        "#raised",
        "The date on which the concern is raised must be in a year from 2000 to 2100"
    )]
    [InlineData("raised=2026-12-23&time=", "#time", "Enter the time at which the concern is raised")]
    [InlineData("raised=2026-12-23&time=10", "#time", "Enter a time, such as 10am, 4:30pm or 16:30")]
    [InlineData("raised=2026-12-23&time=<script>", "#time", "Enter a time, such as 10am, 4:30pm or 16:30")]
    [InlineData(
        "raised=2026-12-23&time=10am&holiday-1=&holiday-2.day=x&holiday-2.month=&holiday-2.year=",
        "#holiday-2",
        "Extra day 2 must be a real date"
    )]
    [InlineData(
        "raised=2026-12-23&time=10am&holiday-1=2026-12-29&holiday-2=9999-01-01",
        "#holiday-2",
        "Extra day 2 must be in a year from 2000 to 2101"
    )]
    public async Task What_cannot_be_read_is_asked_for_again_with_what_was_typed(
        string query,
        string href,
        string message
    )
    {
        var page = await _staff.PageAsync("/policies/sandwell/simulator?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal([(href, message)], page.Errors);
        Assert.NotNull(page.Document.QuerySelector(href));
        Assert.StartsWith("Error: ", page.Document.Title, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(".esc-month"));
        Assert.DoesNotContain("<script", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_day_is_added_without_losing_or_checking_what_was_typed()
    {
        var page = await _staff.PageAsync(
            "/policies/sandwell/simulator?raised=2026-12-23&time=10am&holiday-1.day=99&holiday-1.month=9"
                + "&holiday-1.year=2026&holiday-2.day=&holiday-2.month=&holiday-2.year=&more=1"
        );

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.Errors);
        Assert.Equal("99", ((IHtmlInputElement)page.Document.QuerySelector("#holiday-1")!).Value);
        Assert.NotNull(page.Document.QuerySelector("#holiday-3"));
        Assert.Null(page.Document.QuerySelector("#holiday-4"));
    }

    [Fact]
    public async Task No_more_days_are_offered_than_the_API_takes()
    {
        var days = string.Concat(Enumerable.Range(1, 60).Select(i => $"&holiday-{i}=2026-12-29"));
        var page = await _staff.PageAsync($"/policies/sandwell/simulator?raised=2026-12-23&time=10am{days}&more=1");

        Assert.Null(page.Document.QuerySelector("#holiday-51"));
        Assert.Null(page.Document.QuerySelector("button[name=more]"));
    }

    [Fact]
    public async Task An_extra_day_that_is_off_anyway_says_why_and_moves_nothing()
    {
        var page = await _staff.PageAsync(
            "/policies/sandwell/simulator?raised=2026-12-23&time=10am&holiday=2026-12-25&holiday=2026-12-26"
        );

        Assert.Contains(
            "Friday 25 December 2026 is not worked anyway: Christmas Day (bank holiday).",
            page.Main,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Saturday 26 December 2026 is not worked anyway: Saturday.",
            page.Main,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Without the extra days", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closure_of_the_partnership_counts_and_is_marked()
    {
        await StoredCalendar.AmendAsync(
            _host.Store,
            "sandwell",
            new Amendment(new DateOnly(2026, 12, 30), "Office move", false, "key:x", DateTimeOffset.UnixEpoch),
            CancellationToken.None
        );
        var page = await _staff.PageAsync("/policies/sandwell/simulator?raised=2026-12-23&time=10am");
        Assert.Contains("Wednesday 30 December 2026: Office move", page.Main, StringComparison.Ordinal);
        Assert.Contains("30C: Office move", page.Main, StringComparison.Ordinal);
    }

    private static string Sent(string name, string date)
    {
        var parts = date.Split('-');
        return $"{name}.day={parts[2]}&{name}.month={parts[1]}&{name}.year={parts[0]}";
    }

    /// <summary>A deadline, and that it is on a day on which nobody works.</summary>
    private static string Due(string instant) =>
        Words(instant)
        + (Local(instant).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? ", a day on which nobody works" : "");

    private static DateTimeOffset Local(string instant) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), London);

    private static string Words(string instant)
    {
        var local = Local(instant);
        return UkDates.Moment(DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
    }
}
