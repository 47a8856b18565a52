using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests;

public sealed class OpeningTests
{
    public static TheoryData<string> Policies => [.. PolicyCatalogue.BuiltIn.All.Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Every_policy_opens_is_read_and_takes_an_escalation(string policy)
    {
        await using var host = await TestHost.StartAsync();
        var (intake, staff) = (await host.IntakeAsync(), await host.AdministratorAsync());

        var opened = await intake.PostAsync("/api/escalations", Sample.Opening(policy));
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        Assert.Equal($"/api/escalations/{opened["reference"]}", opened.Message.Headers.Location!.ToString());
        Assert.Equal(
            ["reference", "status", "stage", "deadline", "urgent", "instruction"],
            opened.Json.AsObject().Select(m => m.Key)
        );

        var path = opened.Message.Headers.Location.ToString();
        var read = await staff.GetJsonAsync(path);
        Assert.Equal("open", read["status"]);
        Assert.Equal("Alex Example", read.Json["person"]!["name"]!.ToString());
        Assert.EndsWith("Z", read.Json["stage"]!["deadline"]!.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(read.Json["stage"]!["explanation"]!["rule"]!.ToString());

        var stage = read.Json["stage"]!["id"]!.ToString();
        var partnership = read["partnership"]!;
        var outcome = Sample.Outcome(
            stage,
            "escalate",
            policy.EndsWith("-risk", StringComparison.Ordinal) ? partnership : "school"
        );
        outcome["chair"] = new JsonObject
        {
            ["name"] = "Chris Chair",
            ["role"] = "Chair",
            ["agency"] = partnership,
        };
        outcome["fields"] = new JsonObject { ["riskLevel"] = "High", ["actionsAudited"] = true };
        var moved = await staff.PostAsync(path + "/outcomes", outcome);
        Assert.True(moved.Status == HttpStatusCode.OK, moved.Text);
        Assert.NotEqual(stage, moved.Json["stage"]!["id"]!.ToString());
    }

    [Fact]
    public async Task The_same_key_and_body_is_one_case_and_another_body_a_conflict()
    {
        await using var host = await TestHost.StartAsync();
        var intake = await host.IntakeAsync();
        var first = await intake.PostAsync("/api/escalations", Sample.Opening(), "k-1");
        var again = await intake.PostAsync("/api/escalations", Sample.Opening(), "k-1");
        var other = Sample.Opening();
        other["details"] = "Other details";
        var conflict = await intake.PostAsync("/api/escalations", other, "k-1");

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict),
            (first.Status, again.Status, conflict.Status)
        );
        Assert.Equal(first["reference"], again["reference"]);
        Assert.Equal("conflict", conflict.Code);
    }

    [Fact]
    public async Task The_same_key_of_another_credential_or_partnership_is_another_case()
    {
        await using var host = await TestHost.StartAsync();
        var (intake, staff) = (await host.IntakeAsync(), await host.AdministratorAsync());
        var references = new[]
        {
            (await intake.PostAsync("/api/escalations", Sample.Opening(), "k"))["reference"],
            (await intake.PostAsync("/api/escalations", Sample.Opening("sefton"), "k"))["reference"],
            (await staff.PostAsync("/api/escalations", Sample.Opening(), "k"))["reference"],
        };
        Assert.Equal(3, references.Distinct().Count());
    }

    [Fact]
    public async Task Ten_at_once_with_one_key_open_one_case()
    {
        await using var host = await TestHost.StartAsync();
        var intake = await host.IntakeAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => intake.PostAsync("/api/escalations", Sample.Opening(), "k-10"))
        );
        Assert.Single(answers.Select(a => a["reference"]).Distinct());
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.Equal(9, answers.Count(a => a.Status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Without_a_key_the_very_same_is_one_case_for_a_quarter_of_an_hour_and_then_another()
    {
        await using var host = await TestHost.StartAsync();
        var intake = await host.IntakeAsync();
        var first = await intake.PostAsync("/api/escalations", Sample.Opening());
        host.Clock.Advance(new TimeSpan(0, 14, 59));
        var twice = await intake.PostAsync("/api/escalations", Sample.Opening());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await intake.PostAsync("/api/escalations", Sample.Opening());
        Assert.Equal((HttpStatusCode.OK, first["reference"]), (twice.Status, twice["reference"]));
        Assert.Equal(HttpStatusCode.Created, later.Status);
        Assert.NotEqual(first["reference"], later["reference"]);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(later["reference"], (await intake.PostAsync("/api/escalations", Sample.Opening()))["reference"]);
    }

    [Fact]
    public async Task Without_a_key_whatever_differs_is_another_case_and_spaces_are_no_difference()
    {
        await using var host = await TestHost.StartAsync();
        var intake = await host.IntakeAsync();
        var first = await intake.PostAsync("/api/escalations", Sample.Opening());
        var spaced = Sample.Opening();
        spaced["details"] = " Some details\n";
        var again = await intake.PostAsync("/api/escalations", spaced);
        Assert.Equal((HttpStatusCode.OK, first["reference"]), (again.Status, again["reference"]));
        foreach (
            var (name, value) in new[]
            {
                ("details", "Other details"),
                ("evidence", "Some"),
                ("raisedAt", "2026-09-25T09:00:00Z"),
            }
        )
        {
            var other = Sample.Opening();
            other[name] = value;
            Assert.Equal(HttpStatusCode.Created, (await intake.PostAsync("/api/escalations", other)).Status);
        }
        var staff = await host.AdministratorAsync();
        Assert.Equal(HttpStatusCode.Created, (await staff.PostAsync("/api/escalations", Sample.Opening())).Status);
    }

    [Fact]
    public async Task A_form_that_is_posted_opens_a_case()
    {
        await using var host = await TestHost.StartAsync();
        var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["policy"] = "sandwell",
                ["person.name"] = "Alex Example",
                ["raisedBy.agency"] = "school",
                ["raisedBy.name"] = "Robin Raiser",
                ["receivedBy.agency"] = "trust",
                ["details"] = "Some details",
            }
        );
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/escalations") { Content = form };
        var opened = await (await host.IntakeAsync()).AnswerAsync(request);
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        var read = await (await host.AdministratorAsync()).GetJsonAsync(opened.Message.Headers.Location!.ToString());
        Assert.Equal("child", read.Json["person"]!["kind"]!.ToString());
    }

    [Fact]
    public async Task Staff_see_possible_duplicates_however_the_name_is_written()
    {
        await using var host = await TestHost.StartAsync();
        var staff = await host.AdministratorAsync();
        var first = await staff.PostAsync("/api/escalations", Sample.Opening(), "a");
        var alike = Sample.Opening();
        alike["person"]!["name"] = " ALEX  example";
        var second = await staff.PostAsync("/api/escalations", alike, "b");
        Assert.Equal(first["reference"], second.Json["possibleDuplicates"]![0]!.ToString());
    }

    [Fact]
    public async Task A_concern_that_the_other_agency_raises_about_the_same_person_is_a_possible_duplicate()
    {
        await using var host = await TestHost.StartAsync();
        var staff = await host.AdministratorAsync();
        var first = await staff.PostAsync("/api/escalations", Sample.Opening(), "a");
        var turned = Sample.Opening();
        turned["raisedBy"] = new JsonObject { ["agency"] = "trust", ["name"] = "Rowan Receiver" };
        turned["receivedBy"] = new JsonObject { ["agency"] = "school" };
        var second = await staff.PostAsync("/api/escalations", turned, "b");
        Assert.Equal([first["reference"]], second.Json["possibleDuplicates"]!.AsArray().Select(r => r!.ToString()));
    }

    [Fact]
    public async Task Between_other_agencies_or_with_another_date_of_birth_it_is_no_possible_duplicate()
    {
        await using var host = await TestHost.StartAsync();
        var staff = await host.AdministratorAsync();
        await staff.PostAsync("/api/escalations", Sample.Opening(), "a");
        var (elsewhere, another) = (Sample.Opening(), Sample.Opening());
        elsewhere["receivedBy"] = new JsonObject { ["agency"] = "police" };
        another["person"]!["dateOfBirth"] = "2000-03-05";
        foreach (var (body, key) in new[] { (elsewhere, "b"), (another, "c") })
            Assert.Empty((await staff.PostAsync("/api/escalations", body, key)).Json["possibleDuplicates"]!.AsArray());
    }

    [Fact]
    public async Task Imminent_risk_answers_with_the_instruction()
    {
        await using var host = await TestHost.StartAsync();
        var body = Sample.Opening();
        body["imminentRisk"] = true;
        var opened = await (await host.IntakeAsync()).PostAsync("/api/escalations", body);
        Assert.Contains("MARF", opened["urgent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_level_of_need_keeps_its_legal_status_and_receivers_may_be_a_list()
    {
        await using var host = await TestHost.StartAsync();
        var staff = await host.AdministratorAsync();
        var body = Sample.Opening();
        body["fields"] = new JsonObject
        {
            ["levelOfNeed"] = new JsonObject { ["value"] = "childInNeed", ["legalStatus"] = "Section 17" },
        };
        body["receivedBy"] = new JsonArray(
            new JsonObject { ["agency"] = "trust" },
            new JsonObject { ["agency"] = "police" }
        );
        var opened = await staff.PostAsync("/api/escalations", body);
        Assert.Equal("childInNeed", opened.Json["intake"]!["fields"]!["levelOfNeed"]!.ToString());
        Assert.Equal("Section 17", opened.Json["intake"]!["fields"]!["levelOfNeed.legalStatus"]!.ToString());
        Assert.Equal(3, opened.Json["parties"]!.AsArray().Count);
    }

    [Fact]
    public async Task Unknown_members_are_ignored_and_listed()
    {
        await using var host = await TestHost.StartAsync();
        var body = Sample.Opening();
        body["colour"] = "red";
        var opened = await (await host.IntakeAsync()).PostAsync("/api/escalations", body);
        Assert.Equal("colour", opened.Message.Headers.GetValues("Ignored-Members").Single());
    }

    [Fact]
    public async Task Openings_are_limited_by_credential()
    {
        await using var host = await TestHost.StartAsync(o => o.IntakePerMinute = 2);
        var intake = await host.IntakeAsync();
        await intake.OpenAsync();
        await intake.OpenAsync();
        var refused = await intake.PostAsync("/api/escalations", Sample.Opening());
        Assert.Equal((HttpStatusCode.TooManyRequests, "tooMany"), (refused.Status, refused.Code));
        Assert.Equal("60", refused.Message.Headers.RetryAfter!.ToString());
        await (await host.AsAsync(Roles.Administrator)).OpenAsync();
    }
}
