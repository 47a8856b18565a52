using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Intake;

/// <summary>What forms send beside the values themselves. It is Friday 25 September 2026, 10:00 UTC.</summary>
public sealed class LenientBodyTests : IAsyncLifetime
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
    [InlineData("2026-09-25T10:00:01Z")]
    [InlineData("2026-09-25T10:05:00Z")]
    [InlineData("2026-09-25T11:05:00+01:00")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_form_whose_clock_is_up_to_five_minutes_ahead_raises_now(string? raisedAt)
    {
        var opened = await OpenAsync(body => body["raisedAt"] = raisedAt);
        Assert.Equal("2026-09-25T10:00:00Z", opened.Json["raisedAt"]!.ToString());
        var history = await _staff.GetJsonAsync($"/api/escalations/{opened["reference"]}/history");
        Assert.Equal("2026-09-25T10:00:00Z", history.Json["events"]![0]!["event"]!["raisedAt"]!.ToString());
    }

    [Fact]
    public async Task A_time_in_the_past_stays_as_it_was_said()
    {
        var opened = await OpenAsync(body => body["raisedAt"] = "2026-09-25T09:59:59Z");
        Assert.Equal("2026-09-25T09:59:59Z", opened.Json["raisedAt"]!.ToString());
    }

    [Fact]
    public async Task Empty_texts_open_the_very_case_that_opens_without_them()
    {
        var plain = await OpenAsync(_ => { });
        var empty = await OpenAsync(body =>
        {
            foreach (
                var name in new[]
                {
                    "raisedAt",
                    "natureOther",
                    "evidence",
                    "outcomeSought",
                    "startAtStage",
                    "startReason",
                }
            )
                body[name] = "";
            foreach (var name in new[] { "imminentRisk", "conductOfColleague", "agencies", "nature" })
                body[name] = "";
            body["circumstances"] = new JsonArray("", " ");
            body["supporting"] = new JsonArray("");
            body["others"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "",
                    ["role"] = "",
                    ["agency"] = " ",
                }
            );
            body["fields"] = new JsonObject
            {
                ["levelOfNeed"] = new JsonObject { ["value"] = "", ["legalStatus"] = "" },
            };
            body["independentReviewingOfficer"] = new JsonObject
            {
                ["name"] = "",
                ["role"] = "",
                ["email"] = "",
            };
            body["raisedBy"]!["role"] = "";
            body["raisedBy"]!["manager"] = new JsonObject { ["name"] = "", ["email"] = "" };
            var nobody = new JsonObject
            {
                ["agency"] = "",
                ["name"] = "",
                ["email"] = "",
            };
            body["receivedBy"] = new JsonArray(body["receivedBy"]!.DeepClone(), nobody);
        });
        Assert.Equal(Said(plain), Said(empty));
    }

    [Fact]
    public async Task An_empty_date_is_absent_and_an_empty_required_field_is_missing()
    {
        var opened = await OpenAsync(body => body["person"]!["dateOfBirth"] = "");
        Assert.Null(opened.Json["person"]!["dateOfBirth"]);
        var missing = await _staff.PostAsync(
            "/api/escalations",
            Changed(body =>
            {
                body["details"] = " \n ";
                body["person"]!["name"] = "";
                body["receivedBy"] = "";
            })
        );
        Assert.Equal(("Required.", "Required."), (missing.Error("details"), missing.Error("person.name")));
        Assert.Equal("Required: the agency the disagreement is with.", missing.Error("receivedBy"));
    }

    [Theory]
    [InlineData("  ", " ")]
    [InlineData("\t", "\r\n")]
    [InlineData("\u00a0", "\u00a0")]
    [InlineData("\u200b", "\u200b")]
    [InlineData("\ufeff", "\u200e\u00ad")]
    [InlineData("\u2068", "\u2069 \u2060")]
    public async Task What_cannot_be_seen_around_a_value_is_no_part_of_it(string before, string after)
    {
        var plain = await OpenAsync(_ => { });
        var around = await OpenAsync(body =>
        {
            body["policy"] = before + "sandwell" + after;
            body["person"]!["name"] = before + "Alex Example" + after;
            body["person"]!["dateOfBirth"] = before + "2000-03-04" + after;
            body["raisedBy"]!["agency"] = before + "school" + after;
            body["raisedBy"]!["email"] = before + "robin@school.example.org" + after;
            body["receivedBy"]!["email"] = before + "rowan@trust.example.org" + after;
            body["details"] = before + "Some details" + after;
        });
        Assert.Equal(Said(plain), Said(around));
        var people = around.Json["contacts"]!.AsArray().Select(c => c!["email"]?.ToString()).ToList();
        Assert.Contains("robin@school.example.org", people);
        Assert.Contains("rowan@trust.example.org", people);
    }

    [Fact]
    public async Task A_move_is_read_as_an_opening_is()
    {
        var path = $"/api/escalations/{(await OpenAsync(_ => { }))["reference"]}";
        var handed = await _staff.PostAsync(
            path + "/hand-over",
            new JsonObject
            {
                ["id"] = " h-1 ",
                ["stage"] = "informal\u200b",
                ["by"] = new JsonObject
                {
                    ["agency"] = " school",
                    ["name"] = "Sam Speaker ",
                    ["role"] = "",
                },
                ["from"] = "intake/raisedBy ",
                ["name"] = "Nia New",
                ["email"] = "\u200bnia@school.example.org\u00a0",
                ["role"] = "",
            }
        );
        Assert.True(handed.Status == HttpStatusCode.OK, handed.Text);
        Assert.Contains(
            "nia@school.example.org",
            handed.Json["contacts"]!.AsArray().Select(c => c!["email"]?.ToString())
        );
        var undated = new JsonObject
        {
            ["by"] = Sample.By("school"),
            ["stage"] = "informal",
            ["outcome"] = "resolved",
            ["discussedOn"] = "",
        };
        var refused = await _staff.PostAsync(path + "/outcomes", undated);
        Assert.Equal("Required: a date, YYYY-MM-DD.", refused.Error("discussedOn"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"Yes\"", true)]
    [InlineData("\"on\"", true)]
    [InlineData("\" no \"", false)]
    [InlineData("\"False\"", false)]
    public async Task A_yes_is_taken_in_the_words_of_a_form(string sent, bool urgent)
    {
        var body = Changed(b => b["imminentRisk"] = JsonNode.Parse(sent));
        var opened = await (await _host.IntakeAsync()).PostAsync("/api/escalations", body);
        Assert.Equal((HttpStatusCode.Created, urgent), (opened.Status, opened["urgent"] is not null));
    }

    [Theory]
    [InlineData("\"informationSharing\"")]
    [InlineData("\"Information sharing\"")]
    [InlineData("[\"INFORMATION  SHARING\"]")]
    [InlineData("\"[\\\"Information sharing\\\"]\"")]
    [InlineData("[\"\", \"informationSharing\"]")]
    public async Task A_choice_is_known_by_its_id_or_the_words_that_are_shown_for_it(string nature)
    {
        var opened = await OpenAsync(body => body["nature"] = JsonNode.Parse(nature));
        Assert.Equal(["informationSharing"], opened.Json["natures"]!.AsArray().Select(n => n!["id"]!.ToString()));
    }

    [Theory]
    [InlineData("true", "yes")]
    [InlineData("false", "no")]
    [InlineData("\"false\"", "false")]
    [InlineData("{ \"value\": false }", "no")]
    [InlineData("null", null)]
    [InlineData("\" \"", null)]
    public async Task A_question_of_a_procedures_own_is_answered_by_a_word_or_by_true_and_false(
        string sent,
        string? recorded
    )
    {
        var body = Sample.Opening("sefton");
        body["fields"] = new JsonObject { ["levelOfNeed"] = JsonNode.Parse(sent) };
        var opened = await _staff.PostAsync("/api/escalations", body);
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        var read = await _staff.GetJsonAsync($"/api/escalations/{opened["reference"]}");
        Assert.Equal(recorded, read.Json["intake"]!["fields"]?["levelOfNeed"]?.ToString());
    }

    [Theory]
    [InlineData("independentReviewingOfficer", """{ "name": "Ira" }""", "independentReviewingOfficer.email")]
    [InlineData("independentReviewingOfficer", """{ "role": "IRO" }""", "independentReviewingOfficer.name")]
    [InlineData("independentReviewingOfficer", """{ "email": "i@trust.org" }""", "independentReviewingOfficer.name")]
    [InlineData("others", """[{ "role": "Uncle" }]""", "others[0].name")]
    [InlineData("others", """[{ "agency": "trust" }]""", "others[0].name")]
    [InlineData("receivedBy", """["trust", { "agencyName": "A clinic" }]""", "receivedBy[1].agency")]
    [InlineData("receivedBy", """["trust", { "name": "Cay" }]""", "receivedBy[1].agency")]
    [InlineData("receivedBy", """["trust", { "role": "Nurse" }]""", "receivedBy[1].agency")]
    [InlineData("receivedBy", """["trust", { "email": "cay@clinic.org" }]""", "receivedBy[1].agency")]
    [InlineData("receivedBy", """["trust", { "caseNumber": "C-1" }]""", "receivedBy[1].agency")]
    [InlineData("receivedBy", """["trust", { "manager": { "name": "Mo" } }]""", "receivedBy[1].agency")]
    [InlineData(
        "receivedBy",
        """[{ "agency": "trust", "manager": { "email": "m@t.org" } }]""",
        "receivedBy.manager.name"
    )]
    public async Task Of_a_person_of_whom_one_thing_alone_is_said_the_rest_is_asked_for(
        string field,
        string sent,
        string missing
    )
    {
        var refused = await _staff.PostAsync("/api/escalations", Changed(b => b[field] = JsonNode.Parse(sent)));
        Assert.Equal((HttpStatusCode.BadRequest, "Required."), (refused.Status, refused.Error(missing)));
    }

    [Fact]
    public async Task Agencies_stages_and_choices_of_a_form_are_known_by_their_names()
    {
        var opened = await OpenAsync(body =>
        {
            body["raisedBy"]!["agency"] = "The School";
            body["receivedBy"]!["agency"] = " the trust";
            body["person"]!["kind"] = "Child";
            body["fields"] = new JsonObject { ["levelOfNeed"] = "child in need  (Section 17)" };
            body["circumstances"] = new JsonArray("The child is looked after, in care");
        });
        Assert.Equal(["school", "trust"], opened.Json["parties"]!.AsArray().Select(p => p!["agency"]!.ToString()));
        Assert.Equal("childInNeed", opened.Json["intake"]!["fields"]!["levelOfNeed"]!.ToString());
        var policy = PolicyCatalogue.BuiltIn.All.First(p => p.Skip.Forward);
        var later = Sample.Opening(policy.Id);
        later["startAtStage"] = policy.Stages[2].Name.ToUpperInvariant();
        later["startReason"] = "The first steps were taken";
        Assert.Equal(
            policy.Stages[2].Id,
            (await _staff.PostAsync("/api/escalations", later)).Json["stage"]!["id"]!.ToString()
        );
        var unknown = await _staff.PostAsync(
            "/api/escalations",
            Changed(body => body["raisedBy"]!["agency"] = "The school board")
        );
        Assert.NotNull(unknown.Error("raisedBy.agency"));
    }

    [Fact]
    public async Task A_name_that_two_agencies_share_is_taken_for_neither_and_each_is_known_by_its_id()
    {
        var school = Sample.Directory.Single(d => d is ("sandwell", { Id: "school" })).Agency;
        var other = school with { Id = "school-2", Name = "the  SCHOOL" };
        Assert.True(await StoredDirectory.WriteAsync(_host.Store, "sandwell", other, 0, default));
        foreach (var name in new[] { "The school", "the  SCHOOL" })
        {
            var refused = await _staff.PostAsync(
                "/api/escalations",
                Changed(body => body["raisedBy"]!["agency"] = name)
            );
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.True(refused.Error("raisedBy.agency") is not null, refused.Text);
        }
        foreach (var id in new[] { "school", "school-2" })
        {
            var opened = await OpenAsync(body => body["raisedBy"]!["agency"] = id);
            Assert.Equal([id, "trust"], opened.Json["parties"]!.AsArray().Select(p => p!["agency"]!.ToString()));
        }
    }

    [Fact]
    public async Task The_kind_of_person_may_be_left_out_where_the_procedure_leaves_no_choice()
    {
        var child = await OpenAsync(body => body["person"]!.AsObject().Remove("kind"));
        Assert.Equal("child", child.Json["person"]!["kind"]!.ToString());
        var either = Sample.Opening("suffolk");
        either["person"]!.AsObject().Remove("kind");
        Assert.NotNull((await _staff.PostAsync("/api/escalations", either)).Error("person.kind"));
    }

    private static JsonObject Changed(Action<JsonObject> change)
    {
        var body = Sample.Opening();
        change(body);
        return body;
    }

    private async Task<Answer> OpenAsync(Action<JsonObject> change)
    {
        var opened = await _staff.PostAsync("/api/escalations", Changed(change), Guid.NewGuid().ToString("N"));
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        return opened;
    }

    /// <summary>The case as it is told, less what is another's in every case.</summary>
    private static string Said(Answer opened)
    {
        var c = opened.Json.DeepClone().AsObject();
        foreach (var name in new[] { "reference", "possibleDuplicates", "notices", "chain" })
            c.Remove(name);
        return c.ToJsonString();
    }
}
