using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escalation.Core.Calendars;
using Escalation.Standalone.Tests.Storage;
using Escalation.Web.Site.SignIn;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Everybody's bank holidays are an administrator's to change, and nobody else's.</summary>
public sealed class CalendarDoorTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServedHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await ServedHost.StartAsync(_folder["data"], ServedHost.Settings(_folder.Path));

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Roles.Administrator, null, null, 200)]
    [InlineData(Roles.BusinessManager, "sandwell", null, 403)]
    [InlineData(Roles.Practitioner, "sandwell", "oak-primary", 403)]
    [InlineData(Roles.Intake, null, null, 403)]
    [InlineData(Roles.Intake, "sandwell", null, 403)]
    public async Task A_feed_is_taken_from_an_administrator_alone(
        string role,
        string? partnership,
        string? agency,
        int status
    )
    {
        using var client = await _host.AsAsync(role, partnership, agency);

        Assert.Equal(status, await PostAsync(client, CalendarEdition.BuiltIn.ToJson()));
        Assert.Equal(status == 200 ? 400 : status, await PostAsync(client, "no feed"));
    }

    [Fact]
    public async Task It_is_not_read_there_and_nobody_is_nobody()
    {
        using var nobody = _host.Client();
        Assert.Equal(401, await PostAsync(nobody, CalendarEdition.BuiltIn.ToJson()));
        using var administrator = _host.Client(ServedHost.StaffKey);
        Assert.Equal(405, (int)(await administrator.GetAsync("/api/calendar/refresh")).StatusCode);
    }

    [Theory]
    [InlineData("2026-07-13", "2026-07-13T22:59:59Z", null)]
    [InlineData("2026-07-13", "2026-07-13T23:00:00Z", "2026-07-14")]
    [InlineData("2026-12-28", "2026-12-28T23:59:59Z", null)]
    [InlineData("2026-12-28", "2026-12-29T00:00:00Z", "2026-12-29")]
    public async Task A_feed_is_of_the_day_in_London_and_may_leave_out_only_holidays_that_are_past_there(
        string leftOut,
        string now,
        string? edition
    )
    {
        await using var host = await AtAsync(now);
        using var client = host.Client(ServedHost.StaffKey);
        var feed = JsonNode.Parse(CalendarEdition.BuiltIn.ToJson())!;
        var found = CalendarEdition.Divisions.Select(division => Holiday(feed, division, leftOut)).OfType<JsonNode>();
        foreach (var holiday in found.ToList())
            holiday.Parent!.AsArray().Remove(holiday);
        using var content = new StringContent(feed.ToJsonString());
        using var response = await client.PostAsync("/api/calendar/refresh", content);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(edition is null ? 422 : 200, (int)response.StatusCode);
        if (edition is null)
        {
            Assert.Contains("The feed was refused", $"{answer["detail"]}", StringComparison.Ordinal);
            return;
        }
        Assert.Contains($"edition {edition} (", $"{answer["edition"]}", StringComparison.Ordinal);
        Assert.True((int)answer["kept"]! > 0);
        Assert.Empty(answer["removed"]!.AsArray());
    }

    [Fact]
    public async Task The_answer_says_what_was_added_removed_and_kept_and_how_many_open_cases_were_looked_at()
    {
        await Openings.AgenciesAsync(_folder["other"]);
        await using var host = await AtAsync("2026-07-14T09:00:00Z");
        using var client = host.Client(ServedHost.StaffKey);
        using var opened = await client.PostAsJsonAsync("/api/escalations", Openings.Sandwell);
        Assert.True(opened.IsSuccessStatusCode);
        var feed = JsonNode.Parse(CalendarEdition.BuiltIn.ToJson())!;
        var past = Holiday(feed, "northern-ireland", "2026-07-13")!;
        past.Parent!.AsArray().Remove(past);
        Holiday(feed, "scotland", "2026-12-28")!["date"] = "2026-12-30";
        using var content = new StringContent(feed.ToJsonString());

        using var response = await client.PostAsync("/api/calendar/refresh", content);

        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(
            """[{"date":"2026-12-30","division":"scotland","title":"Boxing Day"}]""",
            answer["added"]!.ToJsonString()
        );
        Assert.Equal(
            """[{"date":"2026-12-28","division":"scotland","title":"Boxing Day"}]""",
            answer["removed"]!.ToJsonString()
        );
        Assert.Equal((1, 1), ((int)answer["kept"]!, (int)answer["casesLookedAt"]!));
        var (warning, remark) = (
            Assert.Single(answer["warnings"]!.AsArray()),
            Assert.Single(answer["remarks"]!.AsArray())
        );
        Assert.StartsWith("scotland: Boxing Day, ", $"{warning}", StringComparison.Ordinal);
        Assert.StartsWith("northern-ireland: 1 past dates", $"{remark}", StringComparison.Ordinal);
    }

    private Task<ServedHost> AtAsync(string now) =>
        ServedHost.StartAsync(
            _folder["other"],
            ServedHost.Settings(_folder.Path),
            time: new FakeTimeProvider(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture))
        );

    private static JsonNode? Holiday(JsonNode feed, string division, string date) =>
        feed[division]!["events"]!.AsArray().FirstOrDefault(holiday => $"{holiday!["date"]}" == date);

    private static async Task<int> PostAsync(HttpClient client, string feed)
    {
        using var content = new StringContent(feed);
        return (int)(await client.PostAsync("/api/calendar/refresh", content)).StatusCode;
    }
}
