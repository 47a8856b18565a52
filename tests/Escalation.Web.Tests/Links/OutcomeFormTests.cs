using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Web.Tests.Links;

/// <summary>What a policy asks for at a stage, beyond what every outcome has.</summary>
public sealed class OutcomeFormTests
{
    [Fact]
    public async Task Fields_of_the_stage_are_asked_for_and_kept_and_those_of_other_stages_are_not()
    {
        await using var world = await new World("2026-10-10T11:00:00Z").WithDirectoryAsync("suffolk");
        await using var site = await LinkSite.StartAsync(world);
        var document = await world.OpenAsync("suffolk");
        Assert.Null(
            (await site.GetAsync(world.Token(document, "intake/raisedBy"))).Page.QuerySelector(
                "[name='fields.stepsFollowed']"
            )
        );
        document = await world.AdvanceAsync(document.Case.Reference, "2026-10-14T16:00:00Z");
        var token = world.Token(document, "oak-primary/safeguardingLead");
        var form = (await site.GetAsync(token)).Form("check");
        foreach (
            var (name, value) in new[]
            {
                ("outcome", "escalate"),
                ("method", "phone"),
                ("discussedOn", "2026-10-14"),
                ("summary", "Not agreed."),
                ("name", "Sam Lead"),
                ("fields.levelOfNeed", "smuggled"),
            }
        )
            form[name] = value;
        var refused = await site.PostAsync(token, form);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(
            ["#fields-stepsFollowed", "#fields-evidenceBase"],
            refused.Page.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href"))
        );
        (form["fields.stepsFollowed"], form["fields.evidenceBase"], form["step"]) = ("yes", "Three reports.", "record");
        Assert.Equal("Outcome recorded", (await site.PostAsync(token, form)).Heading);
        var after = await world.ReadAsync(document.Case.Reference);
        var words = DocumentFormat
            .Recorded(after.Events, after.Words)
            .Single(r => r.Event is OutcomeRecorded)
            .Event.Words!;
        Assert.Equal("Three reports.", words.Text("fields.evidenceBase"));
        Assert.Null(words.Text("fields.levelOfNeed"));
    }

    [Fact]
    public async Task A_stage_with_a_chair_asks_who_and_records_it()
    {
        await using var world = await new World("2026-04-30T08:00:00Z").WithDirectoryAsync("sefton");
        await using var site = await LinkSite.StartAsync(world);
        var document = await world.OpenAsync("sefton");
        while (document.Case.Stage.Id != "4")
            document = await world.AdvanceAsync(
                document.Case.Reference,
                document.Case.Stage.Deadline!.At.ToString("O")
            );
        var asked = document.Case.Notices.Last(n => n.Queued is { Kind: "stageOpened", Stage: "4" }).Queued;
        var token = world.Token(document, asked.Contact);
        var form = (await site.GetAsync(token)).Form("check");
        foreach (
            var (name, value) in new[]
            {
                ("step", "record"),
                ("outcome", "decided"),
                ("method", "meeting"),
                ("discussedOn", "2026-05-11"),
                ("summary", "Decided."),
                ("name", "Pat"),
            }
        )
            form[name] = value;
        var refused = await site.PostAsync(token, form);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.Page.QuerySelector("#chair-name-error"));
        (form["chair.name"], form["chair.agency"]) = ("Chris Chair", "Oak Primary");
        Assert.NotNull((await site.PostAsync(token, form)).Page.QuerySelector("#chair-agency-error"));
        form["chair.agency"] = "The fire service";
        Assert.Contains("The case has ended: decided", (await site.PostAsync(token, form)).Text);
    }

    [Fact]
    public async Task More_rows_are_added_on_request_and_typed_rows_move_up_over_empty_ones()
    {
        await using var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        await using var site = await LinkSite.StartAsync(world);
        var token = world.Token(await world.OpenAsync("sandwell"), "intake/raisedBy");
        var form = (await site.GetAsync(token)).Form("more");
        form["actions[2].what"] = "Third row";
        var shown = await site.PostAsync(token, form);
        Assert.Equal("Third row", shown.Form("check")["actions[0].what"]);
        Assert.Equal(6, shown.Page.QuerySelectorAll("[name$='.what']").Length);
    }

    [Theory]
    [InlineData("suffolk", "escalate")]
    [InlineData("suffolk", "noLongerDisagrees")]
    [InlineData("sefton", "escalate")]
    [InlineData("sefton", "resolved")]
    [InlineData("sefton", "noLongerDisagrees")]
    public async Task Of_the_stage_s_fields_the_check_page_lists_those_that_are_recorded_with_the_outcome(
        string policy,
        string outcome
    )
    {
        await using var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync(policy);
        await using var site = await LinkSite.StartAsync(world);
        var document = await world.OpenAsync(policy);
        var stages = PolicyCatalogue.BuiltIn.Find(policy)!;
        while (stages.Find(document.Case.Stage.Id)!.Requires.Count == 0)
            document = await world.AdvanceAsync(
                document.Case.Reference,
                document.Case.Stage.Deadline!.At.ToString("O")
            );
        var stage = stages.Find(document.Case.Stage.Id)!;
        var asked = document.Case.Notices.Last(n =>
            n.Queued.Kind == "stageOpened" && n.Queued.Stage == stage.Id && n.Queued.Agency == World.Raising
        );
        var token = world.Token(document, asked.Queued.Contact);
        var form = (await site.GetAsync(token)).Form("check");
        foreach (var (name, value) in LinkCases.With(LinkCases.Resolved, ("outcome", outcome)))
            form[name] = value;
        form["discussedOn"] = "2026-10-12";
        form["outstanding"] = "Nothing";
        (form["actions[0].what"], form["actions[0].byWhom"]) = ("Visit", "Ravi");
        (form["actions[0].agency"], form["actions[0].due"]) = (World.Raising, "2026-10-30");
        foreach (var field in stage.Requires)
            form[$"fields.{field.Id}"] = field.Kind == "yes" ? "yes" : "As typed";

        var check = await site.PostAsync(token, form);
        await site.PostAsync(token, check.Form("record"));

        var after = await world.ReadAsync(document.Case.Reference);
        var recorded = DocumentFormat
            .Recorded(after.Events, after.Words)
            .Single(r => r.Event is OutcomeRecorded)
            .Event.Words!.Texts!.Keys.Where(name => name.StartsWith("fields.", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(stage.Requires.Where(f => f.On.Contains(outcome)).Select(f => $"fields.{f.Id}"), recorded);
        Assert.Equal(
            recorded.Select(name => $"#{name.Replace('.', '-')}"),
            check
                .Page.QuerySelectorAll("dl button[name=step][value=edit]")
                .Select(b => b.GetAttribute("formaction")!)
                .Where(field => field.StartsWith("#fields-", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("oak-primary/partnershipRepresentative", false)]
    [InlineData("berkshire-west/chair", true)]
    public async Task Of_whom_the_last_stage_asks_in_Berkshire_West_only_the_chair_is_shown_a_form(
        string contact,
        bool form
    )
    {
        await using var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("berkshire-west");
        await using var site = await LinkSite.StartAsync(world);
        var document = await world.OpenAsync("berkshire-west");
        while (document.Case.Stage.Id != "3")
            document = await world.AdvanceAsync(
                document.Case.Reference,
                document.Case.Stage.Deadline!.At.ToString("O")
            );

        var shown = await site.GetAsync(world.Token(document, contact, side: Side.Partnership));

        Assert.Equal(form, shown.Page.QuerySelector("input[name=outcome][value=decided]") is not null);
        Assert.Equal(!form, shown.Text.Contains("There is nothing to record by your link", StringComparison.Ordinal));
        Assert.Equal(form, shown.Page.QuerySelector("[name=summary]") is not null);
    }

    [Fact]
    public async Task Where_the_concern_s_nature_lets_a_chair_decide_the_form_asks_who_and_records_it()
    {
        await using var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("suffolk");
        await using var site = await LinkSite.StartAsync(world);
        var other = await world.OpenAsync("suffolk");
        Assert.Null(
            (await site.GetAsync(world.Token(other, LinkCases.Raiser))).Page.QuerySelector("[name='chair.name']")
        );
        var document = await world.OpenAsync("suffolk", Conference);
        var party = await site.GetAsync(world.Token(document, LinkCases.Raiser));
        Assert.Null(party.Page.QuerySelector("[name='chair.name']"));
        Assert.Null(party.Page.QuerySelector("input[name=outcome][value=decided]"));
        var token = world.Token(document, "named/conferenceChair");
        var shown = await site.GetAsync(token);
        Assert.Contains("Its chair alone may decide it", shown.Text);
        Assert.Contains("The Conference Chair.", shown.Text);
        var form = shown.Form("check");
        Assert.Equal(
            ["chair.agency", "chair.name", "chair.role"],
            form.Keys.Where(name => name.StartsWith("chair.", StringComparison.Ordinal)).Order()
        );
        foreach (var (name, value) in LinkCases.With(LinkCases.Resolved, ("step", "record"), ("outcome", "decided")))
            form[name] = value;
        form["discussedOn"] = "2026-10-12";
        var refused = await site.PostAsync(token, form);
        Assert.Contains("The Conference Chair may decide here: name the chair.", refused.Text);

        (form["chair.name"], form["chair.agency"]) = ("Chris Chair", "The council");
        Assert.Contains("The case has ended: decided", (await site.PostAsync(token, form)).Text);
        var after = await world.ReadAsync(document.Case.Reference);
        var said = DocumentFormat.Recorded(after.Events, after.Words).Single(r => r.Event is OutcomeRecorded);
        Assert.Equal("Chris Chair", said.Event.Words!.Chair!.Name);
    }

    [Theory]
    [InlineData("Oak Primary", World.Raising)]
    [InlineData("oak PRIMARY", World.Raising)]
    [InlineData("The council", null)]
    public async Task An_agency_of_the_case_that_the_chair_comes_from_is_known_by_its_name_in_any_case_of_letters(
        string typed,
        string? agency
    )
    {
        await using var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("suffolk");
        await using var site = await LinkSite.StartAsync(world);
        var document = await world.OpenAsync("suffolk", Conference);
        var token = world.Token(document, "named/conferenceChair");
        var form = (await site.GetAsync(token)).Form("check");
        foreach (var (name, value) in LinkCases.With(LinkCases.Resolved, ("step", "record"), ("outcome", "decided")))
            form[name] = value;
        form["discussedOn"] = "2026-10-12";
        (form["chair.name"], form["chair.agency"]) = ("Chris Chair", typed);

        Assert.Equal("Outcome recorded", (await site.PostAsync(token, form)).Heading);
        var after = await world.ReadAsync(document.Case.Reference);
        var recorded = DocumentFormat.Recorded(after.Events, after.Words).Select(r => r.Event);
        var said = Assert.Single(recorded.OfType<OutcomeRecorded>());
        Assert.Equal((agency, agency ?? typed), (said.ChairAgency, said.Words!.Chair!.Agency));
    }

    private static OpenCase Conference(OpenCase open) =>
        open with
        {
            Nature = ["childProtectionConference"],
            NatureOther = null,
            Named = new Dictionary<string, PersonName>
            {
                ["conferenceChair"] = new("Chris Chair", "Conference Chair", "chris@oak-primary.example.org"),
            },
        };
}
