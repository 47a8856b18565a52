using System.Net;
using System.Net.Http.Headers;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Reports;

public sealed class SummaryLogPageTests : IAsyncLifetime
{
    private const string Lines = "Escalations in the order they were raised";
    private TestHost _host = null!;
    private HttpClient _staff = null!,
        _school = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AdministratorAsync();
        _school = await _host.AsAsync(Roles.Practitioner, "sandwell", "school");
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task An_agencys_log_has_a_line_for_each_of_its_escalations_in_the_forms_columns()
    {
        var reference = (await _staff.OpenAsync()).Split('/')[^1];

        var page = await _school.PageAsync("/reports/summary-log");

        var line = page.Table(Lines)[1];
        Assert.Equal(
            [
                reference,
                "Friday 25 September 2026",
                "The school with The trust",
                "Alex Example born 4 March 2000, aged 26 then OAK-17",
                "A concern",
                "",
                "Some details",
                "",
                "Still open: Informal discussion",
            ],
            line
        );
        Assert.Contains("This log holds personal data.", page.Main, StringComparison.Ordinal);
        Assert.Equal("Escalation summary log - Escalation", page.Document.Title);
    }

    [Fact]
    public async Task A_practitioner_reads_its_own_agencys_log_only()
    {
        await _staff.OpenAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await _school.PageAsync("/reports/summary-log?agency=trust")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _school.PageAsync("/reports/summary-log?partnership=sefton")).Status
        );
        Assert.Null((await _school.PageAsync("/reports/summary-log")).Document.QuerySelector("#agency"));
        var police = await (await _host.AsAsync(Roles.Practitioner, "sandwell", "police")).PageAsync(
            "/reports/summary-log"
        );
        Assert.Contains("No escalation stands in this log.", police.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex Example", police.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_is_asked_for_the_partnership_and_then_offered_its_agencies()
    {
        await _staff.OpenAsync();

        var ask = await _staff.PageAsync("/reports/summary-log");
        var all = await _staff.PageAsync("/reports/summary-log?partnership=sandwell&agency=&year=2026");
        var one = await _staff.PageAsync("/reports/summary-log?partnership=sandwell&agency=police&year=2026");

        Assert.Equal(HttpStatusCode.OK, ask.Status);
        Assert.Empty(ask.Document.QuerySelectorAll("table"));
        Assert.Equal(
            ["All agencies", "The police", "The school", "The trust"],
            all.Document.QuerySelectorAll("#agency option").Select(o => o.TextContent)
        );
        Assert.Equal(2, all.Table(Lines).Count);
        Assert.Contains("No escalation stands in this log.", one.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("?year=2025", 1)]
    [InlineData("?year=2024", 0)]
    [InlineData("?year=all", 2)]
    [InlineData("?year=nonsense", 1)]
    public async Task A_year_at_a_time_is_shown_and_filed_the_present_one_first(string query, int lines)
    {
        _host.Clock.AdjustTime(new DateTimeOffset(2025, 9, 25, 10, 0, 0, TimeSpan.Zero));
        await _staff.OpenAsync();
        _host.Clock.AdjustTime(new DateTimeOffset(2026, 9, 25, 10, 0, 0, TimeSpan.Zero));
        await _staff.OpenAsync();

        var page = await _school.PageAsync("/reports/summary-log" + query);

        Assert.Equal(lines, page.Document.QuerySelectorAll("tbody tr").Length);
        var file = page.Document.QuerySelector("main a[href*='.csv']")?.GetAttribute("href");
        Assert.Equal(lines, file is null ? 0 : (await _school.PageAsync(file)).Html.TrimEnd().Split("\r\n").Length - 1);
    }

    [Fact]
    public async Task A_long_log_is_cut_on_the_page_and_whole_in_the_file()
    {
        await Task.WhenAll(Enumerable.Range(0, 203).Select(_ => _staff.OpenAsync()));

        var page = await _school.PageAsync("/reports/summary-log");
        var file = await _school.PageAsync(page.Document.QuerySelector("main a[href*='.csv']")!.GetAttribute("href")!);

        Assert.Equal(51, page.Table(Lines).Count);
        Assert.Contains("A part of the log is shown. The file has it all.", page.Main, StringComparison.Ordinal);
        Assert.Equal(204, file.Html.TrimEnd().Split("\r\n").Length);
        Assert.Equal("text/csv", file.Message.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_file_of_all_years_is_the_APIs()
    {
        await _staff.OpenAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            "/api/reports/summary-log?partnership=sandwell&agency=school"
        );
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));

        Assert.Equal(
            (await _staff.AnswerAsync(request)).Text,
            (await _staff.PageAsync("/reports/summary-log.csv?partnership=sandwell&agency=school&year=all")).Html
        );
    }

    [Fact]
    public async Task Typed_text_is_shown_as_text_whatever_it_holds()
    {
        var body = Sample.Opening();
        body["person"]!["name"] = "<img src=x onerror=alert(1)> \u202Eeman";
        body["concern"] = new string('w', 10_000);
        body["details"] = "</td></table><script>alert(1)</script> قلق 🙂\nsecond line";
        Assert.Equal(HttpStatusCode.Created, (await _staff.PostAsync("/api/escalations", body)).Status);

        var page = await _school.PageAsync("/reports/summary-log");

        Assert.Empty(page.Document.QuerySelectorAll("script, img"));
        Assert.Contains("</td></table><script>", page.Table(Lines)[1][6], StringComparison.Ordinal);
        Assert.All(page.Document.QuerySelectorAll("td .esc-typed"), d => Assert.Equal("auto", d.GetAttribute("dir")));
    }

    [Fact]
    public async Task A_marking_of_the_procedure_is_printed_on_the_log()
    {
        await _staff.OpenAsync("surrey-adults");
        var page = await _staff.PageAsync("/reports/summary-log?partnership=surrey-adults");
        Assert.Contains("Keep on the non-disclosure section of the case file.", page.Main, StringComparison.Ordinal);
    }
}
