using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Storage;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests;

public sealed class MoveTests : IAsyncLifetime
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
    public async Task Resolved_by_the_raising_agency_ends_the_case_and_its_duties_can_be_completed()
    {
        var path = await _staff.OpenAsync();
        var resolved = Sample.Outcome("informal", "resolved");
        resolved["actions"] = new JsonArray(
            new JsonObject
            {
                ["what"] = "Call the family",
                ["byWhom"] = "Sam",
                ["agency"] = "trust",
                ["due"] = "2026-10-01",
            }
        );
        var ended = await _staff.PostAsync(path + "/outcomes", resolved);
        Assert.True(ended.Status == HttpStatusCode.OK, ended.Text);
        Assert.Equal("resolved", ended["status"]);
        Assert.Null(ended.Json["stage"]);
        var duty = ended.Json["duties"]!.AsArray().First(d => d!["what"]!.ToString() == "Call the family")![
            "id"
        ]!.ToString();
        var done = await _staff.PostAsync(
            $"{path}/duties/{duty}/complete",
            new JsonObject
            {
                ["by"] = Sample.By("trust"),
                ["completedOn"] = "2026-09-25",
                ["note"] = "Called",
            }
        );
        Assert.True(done.Status == HttpStatusCode.OK, done.Text);
        Assert.Contains(
            done.Json["duties"]!.AsArray(),
            d => d!["id"]!.ToString() == duty && d["status"]!.ToString() == "done"
        );
    }

    [Fact]
    public async Task Resolved_by_the_receiving_agency_waits_and_can_be_confirmed_or_disputed()
    {
        foreach (var (move, member, status) in new[] { ("confirm", "text", "resolved"), ("dispute", "reason", "open") })
        {
            var path = await _staff.OpenAsync();
            Assert.Equal(
                "awaitingConfirmation",
                (await _staff.PostAsync(path + "/outcomes", Sample.Outcome("informal", "resolved", "trust")))["status"]
            );
            var answer = await _staff.PostAsync(
                $"{path}/{move}",
                new JsonObject
                {
                    ["stage"] = "informal",
                    ["by"] = Sample.By("school"),
                    [member] = "Words",
                }
            );
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            Assert.Equal(status, answer["status"]);
        }
    }

    [Fact]
    public async Task The_same_id_again_answers_the_same_and_with_other_content_is_a_conflict()
    {
        var path = await _staff.OpenAsync();
        var note = new JsonObject
        {
            ["id"] = "n-1",
            ["by"] = Sample.By("school"),
            ["text"] = "A note",
        };
        Assert.Equal(HttpStatusCode.OK, (await _staff.PostAsync(path + "/notes", note)).Status);
        var version = (await _staff.PostAsync(path + "/notes", note))["version"];
        Assert.Equal("2", version);
        note["text"] = "Another";
        Assert.Equal("conflict", (await _staff.PostAsync(path + "/notes", note)).Code);
        note.Remove("id");
        Assert.Equal("3", (await _staff.PostAsync(path + "/notes", note, "n-2"))["version"]);
        Assert.Equal("3", (await _staff.PostAsync(path + "/notes", note, "n-2"))["version"]);
    }

    [Fact]
    public async Task A_late_outcome_is_409_recorded_and_can_be_adopted()
    {
        var path = await _staff.OpenAsync();
        _host.Clock.Advance(TimeSpan.FromHours(25));
        var reference = path.Split('/')[^1];
        var handler = _host.Services.GetRequiredService<CaseHandler>();
        await handler.AdvanceAsync(reference, null, _host.Clock.GetUtcNow(), CancellationToken.None);
        var late = await _staff.PostAsync(path + "/outcomes", Sample.Outcome("informal", "resolved"));
        Assert.Equal((HttpStatusCode.Conflict, "stageClosed"), (late.Status, late.Code));
        Assert.Contains("because its deadline passed", late["detail"], StringComparison.Ordinal);
        Assert.Contains("at stage 1", late["detail"], StringComparison.Ordinal);

        var read = await _staff.GetJsonAsync(path);
        var number = read.Json["lateResponses"]![0]!["number"]!.GetValue<int>();
        var adopted = await _staff.PostAsync(
            path + "/adopt",
            new JsonObject
            {
                ["stage"] = "1",
                ["by"] = Sample.By("school"),
                ["number"] = number,
            }
        );
        Assert.True(adopted.Status == HttpStatusCode.OK, adopted.Text);
        Assert.Equal("resolved", adopted["status"]);
    }

    [Fact]
    public async Task To_adopt_a_late_outcome_needs_the_stage_that_its_sender_saw()
    {
        var adopt = new JsonObject { ["by"] = Sample.By("school"), ["number"] = 1 };
        var refused = await _staff.PostAsync(await _staff.OpenAsync() + "/adopt", adopt);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (refused.Status, refused.Code));
        Assert.Equal("Required: the stage you saw.", refused.Error("stage"));
    }

    [Fact]
    public async Task A_hold_is_placed_and_resumed_where_the_policy_has_one_and_not_allowed_elsewhere()
    {
        var hold = new JsonObject
        {
            ["stage"] = "1",
            ["by"] = Sample.By("school"),
            ["reason"] = "A review",
            ["askedBy"] = "The manager",
            ["managerConsulted"] = true,
        };
        var path = await _staff.OpenAsync("suffolk");
        var held = await _staff.PostAsync(path + "/hold", hold);
        Assert.True(held.Status == HttpStatusCode.OK, held.Text);
        Assert.Equal("onHold", held["status"]);
        Assert.Null(held.Json["stage"]!["deadline"]);
        Assert.Equal("A review", held.Json["hold"]!["reason"]!.ToString());
        var resumed = await _staff.PostAsync(
            path + "/resume",
            new JsonObject
            {
                ["stage"] = "1",
                ["by"] = Sample.By("school"),
                ["review"] = "agreed",
                ["reason"] = "Done",
            }
        );
        Assert.Equal("open", resumed["status"]);

        hold["stage"] = "informal";
        var refused = await _staff.PostAsync(await _staff.OpenAsync() + "/hold", hold);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "notAllowed"), (refused.Status, refused.Code));
    }

    public static TheoryData<string, string, string> Moves =>
        new()
        {
            { "skip", """{ "stage": "1", "to": "3", "reason": "Why" }""", "stage" },
            { "withdraw", """{ "stage": "1", "reason": "Why" }""", "status" },
            { "contact-made", """{ "stage": "1", "text": "We spoke" }""", "stage" },
            { "urgent", """{ "reason": "Why" }""", "urgent" },
            {
                "hand-over",
                """{ "stage": "1", "from": "intake/raisedBy", "name": "Col League", "email": "col@school.example.org" }""",
                "contacts"
            },
            { "send-again", """{ "stage": "1", "reason": "Why" }""", "notices" },
            { "legal-hold", """{ "on": true, "reason": "Why" }""", "legalHold" },
            {
                "contacts/change",
                """{ "agency": "school", "tier": "lineManager", "name": "New One", "email": "new@school.example.org", "reason": "Why" }""",
                "contacts"
            },
        };

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Every_other_move_answers_with_the_changed_case(string move, string body, string changed)
    {
        var path = await _staff.OpenAsync("suffolk");
        var before = await _staff.GetJsonAsync(path);
        var json = JsonNode.Parse(body)!;
        json["by"] = Sample.By("school");
        var after = await _staff.PostAsync($"{path}/{move}", json);
        Assert.True(after.Status == HttpStatusCode.OK, after.Text);
        Assert.NotEqual(before[changed], after[changed]);
    }

    [Fact]
    public async Task The_business_managers_part_is_the_partnerships()
    {
        var path = await _staff.OpenAsync();
        var review = new JsonObject
        {
            ["by"] = Sample.By("sandwell"),
            ["receivedOn"] = "2026-09-25",
            ["referredToChair"] = true,
            ["reason"] = "Why",
            ["outcome"] = "So",
        };
        Assert.Equal("2", (await _staff.PostAsync(path + "/partnership-review", review))["version"]);
        review["by"] = Sample.By("school");
        Assert.Equal("notAllowed", (await _staff.PostAsync(path + "/partnership-review", review)).Code);
    }

    [Fact]
    public async Task An_address_outside_the_agencys_domains_waits_until_it_is_accepted()
    {
        var body = Sample.Opening();
        body["raisedBy"]!["email"] = "robin@elsewhere.example";
        var opened = await _staff.PostAsync("/api/escalations", body);
        var path = opened.Message.Headers.Location!.ToString();
        bool Accepted(Answer answer) =>
            answer.Json["contacts"]!.AsArray().First(c => c!["id"]!.ToString() == "intake/raisedBy")![
                "accepted"
            ]!.GetValue<bool>();
        Assert.False(Accepted(opened));
        var accepted = await _staff.PostAsync(
            path + "/contacts/accept",
            new JsonObject { ["by"] = Sample.By("sandwell"), ["contact"] = "intake/raisedBy" }
        );
        Assert.True(accepted.Status == HttpStatusCode.OK, accepted.Text);
        Assert.True(Accepted(accepted));
    }

    public static TheoryData<string, string, string, string> Refusals =>
        new()
        {
            {
                "sefton",
                "outcomes",
                """
                    { "stage": "1", "outcome": "resolved", "method": "email", "discussedOn": "2026-09-25", "summary": "S",
                      "recordKeeper": "school",
                      "actions": [ { "what": "W", "byWhom": "B", "agency": "trust", "due": "2026-10-01" } ] }
                    """,
                "methodNotAccepted"
            },
            {
                "sefton",
                "outcomes",
                """{ "stage": "1", "outcome": "decided", "method": "phone", "discussedOn": "2026-09-25", "summary": "S" }""",
                "notAllowed"
            },
            {
                "sefton",
                "outcomes",
                """{ "stage": "9", "outcome": "escalate", "method": "phone", "discussedOn": "2026-09-25", "summary": "S" }""",
                "invalid"
            },
            {
                "sefton",
                "outcomes",
                """{ "stage": "1", "outcome": "escalate", "method": "phone", "discussedOn": "2026-09-26", "summary": "S" }""",
                "invalid"
            },
            {
                "sefton",
                "outcomes",
                """{ "stage": "1", "outcome": "nonsuch", "method": "phone", "discussedOn": "2026-09-25", "summary": "S" }""",
                "invalid"
            },
            {
                "sefton",
                "outcomes",
                """{ "outcome": "escalate", "method": "phone", "discussedOn": "2026-09-25", "summary": "S" }""",
                "invalid"
            },
            {
                "sefton",
                "outcomes",
                """
                    { "stage": "1", "outcome": "escalate", "method": "phone", "discussedOn": "2026-09-25", "summary": "S",
                      "actions": [ null ] }
                    """,
                "invalid"
            },
            {
                "sefton",
                "outcomes",
                """
                    { "id": "amendment/1", "stage": "1", "outcome": "escalate", "method": "phone",
                      "discussedOn": "2026-09-25", "summary": "S" }
                    """,
                "invalid"
            },
            { "sefton", "skip", """{ "stage": "1", "to": "3", "reason": "R" }""", "notAllowed" },
            {
                "sefton",
                "contacts/change",
                """{ "agency": "school", "tier": "<b>", "name": "N", "email": "n@example.org", "reason": "R" }""",
                "invalid"
            },
            { "sefton", "duties/nonsuch/complete", """{ "completedOn": "2026-09-25" }""", "notFound" },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_move_has_its_code_and_changes_nothing(
        string policy,
        string move,
        string body,
        string code
    )
    {
        var path = await _staff.OpenAsync(policy);
        var json = JsonNode.Parse(body)!;
        json["by"] = Sample.By("school");
        Assert.Equal(code, (await _staff.PostAsync($"{path}/{move}", json)).Code);
        Assert.Equal("1", (await _staff.GetJsonAsync(path))["version"]);
    }

    [Fact]
    public async Task Conduct_of_a_colleague_is_not_this_process()
    {
        var body = Sample.Opening();
        body["conductOfColleague"] = true;
        var refused = await _staff.PostAsync("/api/escalations", body);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "notThisProcess"), (refused.Status, refused.Code));
        Assert.Contains("whistleblowing", refused["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_stop_when_the_record_is_full()
    {
        var path = await _staff.OpenAsync();
        var note = new JsonObject { ["by"] = Sample.By("school"), ["text"] = new string('n', 9_900) };
        var last = await _staff.PostAsync(path + "/notes", note);
        for (var i = 0; i < 30 && last.Status == HttpStatusCode.OK; i++)
            last = await _staff.PostAsync(path + "/notes", note);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "tooLarge"), (last.Status, last.Code));
    }

    [Fact]
    public async Task The_history_can_be_checked_with_the_rule_it_carries()
    {
        var path = await _staff.OpenAsync();
        var history = await _staff.GetJsonAsync(path + "/history");
        var head = new byte[32];
        foreach (var e in history.Json["events"]!.AsArray())
        {
            head = System.Security.Cryptography.SHA256.HashData([
                .. head,
                .. System.Text.Encoding.UTF8.GetBytes(e!["canonical"]!.ToString()),
            ]);
            Assert.Equal(Convert.ToHexStringLower(head), e["hash"]!.ToString());
        }
        Assert.Equal(Convert.ToHexStringLower(head), history["head"]);
        Assert.Equal("caseOpened", history.Json["events"]![0]!["type"]!.ToString());
        Assert.Equal("key:administrator", history.Json["events"]![0]!["actor"]!.ToString());
        Assert.Equal("2026-09-25T10:00:00Z", history.Json["events"]![0]!["event"]!["raisedAt"]!.ToString());
        Assert.Equal("Alex Example", history.Json["events"]![0]!["words"]!["person"]!["name"]!.ToString());
    }

    [Fact]
    public async Task The_status_is_small_and_overdue_counts_from_the_deadline_itself()
    {
        var path = await _staff.OpenAsync();
        var status = await _staff.GetJsonAsync(path + "/status");
        Assert.Equal("2026-09-26T10:00:00Z", status["deadline"]);
        Assert.Equal("false", status["overdue"]);
        _host.Clock.SetUtcNow(new DateTimeOffset(2026, 9, 26, 10, 0, 0, TimeSpan.Zero));
        Assert.Equal("true", (await _staff.GetJsonAsync(path + "/status"))["overdue"]);
    }
}
