using System.Net;
using System.Net.Http.Headers;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests;

public sealed class TrackerTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Theory]
    [InlineData(Roles.Administrator, "urgency")]
    [InlineData(Roles.Administrator, "raised")]
    [InlineData(Roles.Practitioner, "urgency")]
    [InlineData(Roles.Practitioner, "raised")]
    public async Task Pages_follow_each_other_to_the_end_and_have_every_case_once_in_the_order_of_the_whole_list(
        string role,
        string sort
    )
    {
        for (var i = 0; i < 5; i++)
        {
            await _staff.OpenAsync();
            _host.Clock.Advance(TimeSpan.FromHours(i == 1 ? 1 : 0));
        }
        var reader = role == Roles.Administrator ? _staff : await _host.AsAsync(role, "sandwell", "school");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await reader.GetJsonAsync(
                $"/api/escalations?limit=2&sort={sort}" + (cursor is null ? "" : "&cursor=" + cursor)
            );
            seen.AddRange(References(page));
            cursor = page["next"];
        } while (cursor is not null);
        Assert.Equal(5, seen.Count);
        Assert.Equal(References(await reader.GetJsonAsync($"/api/escalations?sort={sort}")), seen);
    }

    [Theory]
    [InlineData("partnership=sandwell", 1)]
    [InlineData("partnership=suffolk", 0)]
    [InlineData("status=onHold", 0)]
    [InlineData("status=all&stage=informal", 1)]
    [InlineData("agency=trust", 1)]
    [InlineData("agency=police", 0)]
    [InlineData("overdue=true", 0)]
    [InlineData("overdue=false", 1)]
    [InlineData("q=oak-17", 1)]
    [InlineData("q=SAN-", 1)]
    [InlineData("from=2026-09-25&to=2026-09-25", 1)]
    [InlineData("to=2026-09-24", 0)]
    [InlineData("from=2026-09-26", 0)]
    public async Task A_filter_keeps_what_it_names(string query, int count)
    {
        await _staff.OpenAsync();
        Assert.Equal(count, (await _staff.GetJsonAsync("/api/escalations?" + query)).Json["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("status=nonsuch", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("overdue=maybe", "overdue")]
    [InlineData("from=25/09/2026", "from")]
    [InlineData("from=1066-01-01", "from")]
    [InlineData("to=2200-01-01", "to")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("cursor=nonsense", "cursor")]
    public async Task A_question_that_is_none_is_invalid(string query, string field) =>
        Assert.NotNull((await _staff.GetJsonAsync("/api/escalations?" + query)).Error(field));

    [Theory]
    [InlineData("raised", "urgency")]
    [InlineData("urgency", "raised")]
    public async Task A_practitioners_cursor_of_another_order_is_invalid(string sort, string other)
    {
        await _staff.OpenAsync();
        await _staff.OpenAsync();
        var reader = await _host.AsAsync(Roles.Practitioner, "sandwell", "school");
        var cursor = (await reader.GetJsonAsync($"/api/escalations?limit=1&sort={sort}"))["next"];
        Assert.NotNull(cursor);
        var refused = await reader.GetJsonAsync($"/api/escalations?limit=1&sort={other}&cursor={cursor}");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.Error("cursor"));
    }

    [Fact]
    public async Task Another_partnership_is_forbidden_to_a_business_manager() =>
        Assert.Equal(
            "forbidden",
            (
                await (await _host.AsAsync(Roles.BusinessManager, "sefton")).GetJsonAsync(
                    "/api/escalations?partnership=sandwell"
                )
            ).Code
        );

    [Fact]
    public async Task The_tracker_as_CSV_has_a_line_for_every_case_beyond_the_limit()
    {
        for (var i = 0; i < 3; i++)
            await _staff.OpenAsync();
        var csv = await Csv("/api/escalations?limit=2");
        Assert.Equal(4, csv.Text.TrimEnd().Split("\r\n").Length);
        Assert.Contains("reference,partnership,policy", csv.Text, StringComparison.Ordinal);
        Assert.Equal("attachment", csv.Message.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task A_cell_that_a_spreadsheet_would_run_is_escaped()
    {
        var body = Sample.Opening();
        body["person"]!["name"] = "=HYPERLINK(\"http://x\")";
        body["concern"] = "@SUM(1)";
        body["details"] = "-1+1";
        body["raisedBy"]!["caseNumber"] = "+44";
        await _staff.PostAsync("/api/escalations", body);
        var csv = await Csv("/api/reports/summary-log?partnership=sandwell&agency=school");
        foreach (var cell in new[] { "'=HYPERLINK", "'@SUM", "'-1+1", "'+44" })
            Assert.Contains(cell, csv.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_annual_analysis_counts_the_years_cases()
    {
        await _staff.OpenAsync();
        var analysis = await _staff.GetJsonAsync("/api/reports/annual?partnership=sandwell&year=2026");
        Assert.Equal("2026-04-01", analysis["from"]);
        Assert.Equal(
            "1",
            analysis.Json["agencies"]!.AsArray().First(a => a!["agency"]!.ToString() == "school")!["raised"]!.ToString()
        );
        Assert.Contains(
            "agencies,school,raised,1",
            (await Csv("/api/reports/annual?partnership=sandwell&year=2026")).Text,
            StringComparison.Ordinal
        );
        Assert.Equal("invalid", (await _staff.GetJsonAsync("/api/reports/annual?partnership=sandwell")).Code);
        Assert.Equal("invalid", (await _staff.GetJsonAsync("/api/reports/annual?year=2026")).Code);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await (await _host.AsAsync(Roles.BusinessManager, "sefton")).GetJsonAsync(
                    "/api/reports/annual?partnership=sandwell&year=2026"
                )
            ).Status
        );
    }

    [Fact]
    public async Task The_summary_log_of_a_practitioner_is_its_own_agencys()
    {
        await _staff.OpenAsync();
        var log = await (await _host.AsAsync(Roles.Practitioner, "sandwell", "school")).GetJsonAsync(
            "/api/reports/summary-log"
        );
        Assert.Equal("school", log["agency"]);
        Assert.Equal("OAK-17", log.Json["items"]![0]!["caseNumber"]!.ToString());
    }

    private static IEnumerable<string> References(Answer page) =>
        page.Json["items"]!.AsArray().Select(i => i!["reference"]!.ToString());

    private Task<Answer> Csv(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        return _staff.AnswerAsync(request);
    }
}
