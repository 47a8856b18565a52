using System.Net;
using System.Text.Json.Nodes;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests;

public sealed class PartnershipTests : IAsyncLifetime
{
    private const string School = "/api/partnerships/sandwell/agencies/school",
        Amendments = "/api/partnerships/sandwell/calendar/amendments";
    private TestHost _host = null!;
    private HttpClient _manager = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _manager = await _host.AsAsync(Roles.BusinessManager, "sandwell");
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task An_entry_is_read_and_written_back_under_its_tag()
    {
        var list = await _manager.GetJsonAsync("/api/partnerships/sandwell/agencies");
        Assert.Contains(
            list.Json.AsArray(),
            a => a!["id"]!.ToString() == "school" && a["name"]!.ToString() == "The school"
        );
        var read = await _manager.GetJsonAsync(School);
        var tag = read.Message.Headers.ETag!.ToString();
        read.Json["name"] = "Oak School";
        var written = await PutAsync(School, read.Json, tag);
        Assert.Equal((HttpStatusCode.OK, "Oak School"), (written.Status, written["name"]));
        Assert.Equal(written.Message.Headers.ETag, (await _manager.GetJsonAsync(School)).Message.Headers.ETag);
        var stale = await PutAsync(School, read.Json, tag);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "conflict"), (stale.Status, stale.Code));
        var without = await PutAsync(School, read.Json, null);
        Assert.Equal((HttpStatusCode.PreconditionRequired, "invalid"), (without.Status, without.Code));
    }

    [Fact]
    public async Task A_new_entry_is_made_only_where_there_is_none()
    {
        var body = new JsonObject { ["name"] = "A clinic" };
        Assert.Equal(
            HttpStatusCode.Created,
            (await PutAsync("/api/partnerships/sandwell/agencies/clinic", body, null, isNew: true)).Status
        );
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await PutAsync("/api/partnerships/sandwell/agencies/clinic", body, null, isNew: true)).Status
        );
        Assert.Equal("notFound", (await _manager.GetJsonAsync("/api/partnerships/sandwell/agencies/nonsuch")).Code);
        Assert.Equal(
            "invalid",
            (await PutAsync("/api/partnerships/sandwell/agencies/other", body, null, isNew: true)).Code
        );
        Assert.Equal(
            "notFound",
            (await PutAsync("/api/partnerships/sefton/agencies/clinic", body, null, isNew: true)).Code
        );
    }

    [Theory]
    [InlineData("""{ "name": "" }""", "name")]
    [InlineData("""{ "id": "else", "name": "A" }""", "id")]
    [InlineData("""{ "name": "A", "domains": ["Example.org"] }""", "domains[0]")]
    [InlineData("""{ "name": "A", "contacts": [null] }""", "contacts[0]")]
    [InlineData(
        """{ "name": "A", "contacts": [{ "id": "a/b", "name": "N", "email": "n@example.org" }] }""",
        "contacts[0].id"
    )]
    [InlineData(
        """{ "name": "A", "contacts": [{ "id": "a", "name": "N", "email": "nobody" }] }""",
        "contacts[0].email"
    )]
    [InlineData(
        """{ "name": "A", "contacts": [{ "id": "a", "name": "N", "email": "n@example.org", "tiers": ["nonsuch"] }] }""",
        "contacts[0].tiers[0]"
    )]
    [InlineData(
        """{ "name": "A", "contacts": [{ "id": "a", "name": "N", "email": "n@example.org", "deputy": "b" }] }""",
        "contacts[0].deputy"
    )]
    [InlineData(
        """{ "name": "A", "contacts": [{ "id": "a", "name": "N", "email": "n@example.org", "deputy": "a" }] }""",
        "contacts[0].deputy"
    )]
    [InlineData(
        """
            { "name": "A", "contacts": [{ "id": "a", "name": "N", "email": "n@example.org",
                                          "absences": [{ "from": "2026-10-02", "to": "2026-10-01" }] }] }
            """,
        "contacts[0].absences[0]"
    )]
    [InlineData(
        """
            { "name": "A", "contacts": [{ "id": "a", "name": "N", "email": "n@example.org" },
                                        { "id": "a", "name": "N", "email": "n@example.org" }] }
            """,
        "contacts[1].id"
    )]
    public async Task An_entry_with_a_fault_is_refused_by_field(string body, string field) =>
        Assert.NotNull((await PutAsync(School, JsonNode.Parse(body)!, "\"1\"")).Error(field));

    [Fact]
    public async Task The_calendar_says_why_a_day_is_not_worked()
    {
        var calendar = await _manager.GetJsonAsync("/api/partnerships/sandwell/calendar?from=2026-12-24&to=2026-12-28");
        Assert.Equal(
            [true, false, false, false, false],
            calendar.Json["days"]!.AsArray().Select(d => d!["working"]!.GetValue<bool>())
        );
        Assert.Contains("Christmas Day", calendar.Json["days"]![1]!["why"]!.ToString(), StringComparison.Ordinal);
        Assert.NotNull((await _manager.GetJsonAsync("/api/partnerships/sandwell/calendar?from=x")).Error("from"));
        Assert.NotNull((await _manager.GetJsonAsync("/api/partnerships/sandwell/calendar?to=2036-01-01")).Error("to"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?from=2026-01-05")]
    public async Task The_calendar_of_this_year_has_the_bank_holidays_from_the_last_one_on(string question)
    {
        var calendar = await _manager.GetJsonAsync("/api/partnerships/sandwell/calendar" + question);
        Assert.Equal("2025-01-01", calendar.Json["bankHolidays"]![0]!["date"]!.ToString());
    }

    [Fact]
    public async Task A_closure_is_previewed_then_moves_the_deadlines_it_named()
    {
        var path = await _manager.OpenAsync();
        var closure = new JsonObject { ["date"] = "2026-09-29", ["reason"] = "A closure" };
        await _manager.PostAsync(path + "/outcomes", Sample.Outcome("informal", "escalate"));
        var before = (await _manager.GetJsonAsync(path)).Json["stage"]!["deadline"]!.ToString();

        var preview = await _manager.PostAsync(Amendments + "?preview=true", closure);
        Assert.Equal("false", preview["applied"]);
        var moved = Assert.Single(preview.Json["moved"]!.AsArray())!;
        Assert.Equal(before, (await _manager.GetJsonAsync(path)).Json["stage"]!["deadline"]!.ToString());

        Assert.Equal("true", (await _manager.PostAsync(Amendments, closure))["applied"]);
        var after = (await _manager.GetJsonAsync(path)).Json["stage"]!;
        Assert.Equal(moved["to"]!.ToString(), after["deadline"]!.ToString());
        Assert.Contains("A closure", after["explanation"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _manager.PostAsync(Amendments, closure)).Status);
        Assert.Equal(
            "A closure",
            Assert.Single(
                (await _manager.GetJsonAsync("/api/partnerships/sandwell/calendar")).Json["closures"]!.AsArray()
            )!["reason"]!.ToString()
        );
    }

    [Theory]
    [InlineData("""{ "reason": "R" }""", "date")]
    [InlineData("""{ "date": "2026-09-24", "reason": "R" }""", "date")]
    [InlineData("""{ "date": "2026-09-26", "reason": "R" }""", "date")]
    [InlineData("""{ "date": "2026-09-29" }""", "reason")]
    public async Task A_closure_that_is_none_is_refused_by_field(string body, string field) =>
        Assert.NotNull((await _manager.PostAsync(Amendments, JsonNode.Parse(body)!)).Error(field));

    [Fact]
    public async Task All_partnerships_are_the_administrators()
    {
        var holiday = new JsonObject
        {
            ["date"] = "2026-09-29",
            ["reason"] = "A funeral",
            ["bankHoliday"] = true,
            ["allPartnerships"] = true,
        };
        Assert.Equal("forbidden", (await _manager.PostAsync(Amendments, holiday)).Code);
        Assert.Equal("true", (await (await _host.AdministratorAsync()).PostAsync(Amendments, holiday))["applied"]);
        Assert.Single(
            (
                await (await _host.AsAsync(Roles.BusinessManager, "sefton")).GetJsonAsync(
                    "/api/partnerships/sefton/calendar"
                )
            ).Json["closures"]!.AsArray()
        );
    }

    [Fact]
    public async Task A_policy_has_its_basis_texts_and_vocabularies()
    {
        Assert.Equal(8, (await _manager.GetJsonAsync("/api/policies")).Json.AsArray().Count);
        var policy = await _manager.GetJsonAsync("/api/policies/sandwell");
        Assert.Equal(
            ["resolved", "escalate"],
            policy.Json["stages"]![0]!["outcomes"]!.AsArray().Select(o => o!.ToString())
        );
        Assert.Equal("24 hours", policy.Json["stages"]![0]!["limits"]![0]!["limit"]!["basis"]!["text"]!.ToString());
        Assert.Contains(policy.Json["fields"]![0]!["options"]!.AsArray(), o => o!["id"]!.ToString() == "childInNeed");
        Assert.Contains(policy.Json["methods"]!.AsArray(), m => m!["id"]!.ToString() == "phone");
    }

    [Fact]
    public async Task A_timeline_takes_holidays_asked_about()
    {
        const string Path = "/api/policies/sandwell/timeline?raised=2026-12-23T10:00:00Z";
        static IEnumerable<string> Deadlines(Answer answer) =>
            answer.Json["stages"]!.AsArray().Select(s => s!["deadline"]!.ToString());
        Assert.Equal(
            [
                "2026-12-24T10:00:00Z",
                "2026-12-31T17:00:00Z",
                "2027-01-08T17:00:00Z",
                "2027-01-15T17:00:00Z",
                "2027-01-26T17:00:00Z",
            ],
            Deadlines(await _manager.GetJsonAsync(Path))
        );
        var asked = await _manager.GetJsonAsync(Path + "&holiday=2026-12-29&holiday=2026-12-30");
        Assert.Equal("2027-01-05T17:00:00Z", Deadlines(asked).ElementAt(1));
        Assert.NotNull((await _manager.GetJsonAsync(Path + "&holiday=soon")).Error("holiday"));
        Assert.NotNull((await _manager.GetJsonAsync("/api/policies/sandwell/timeline?raised=soon")).Error("raised"));
    }

    private Task<Answer> PutAsync(string path, JsonNode body, string? tag, bool isNew = false) =>
        _manager.PutAsync(path, body.ToJsonString(), tag, isNew);
}
