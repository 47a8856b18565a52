using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Emails;
using Escalation.Web.Tokens;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>The page after recording: what, when, what next, who is told.</summary>
public sealed class LinkReceiptTests
{
    private static string Fact(Shown shown, string label) =>
        shown
            .Page.QuerySelectorAll(".govuk-summary-list__row")
            .Single(r => r.QuerySelector("dt")!.TextContent == label)
            .QuerySelector("dd")!
            .TextContent;

    [Fact]
    public async Task A_receipt_says_what_was_recorded_when_what_follows_and_who_is_told()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var shown = await site.PostAsync(world.Token(document, Raiser), With(Resolved, ("step", "record")));
        Assert.Equal("Outcome recorded", shown.Page.QuerySelector(".govuk-panel h1")!.TextContent);
        Assert.Equal(document.Case.Reference, shown.Page.QuerySelector(".govuk-panel__body")!.TextContent);
        Assert.Equal($"{document.Case.Reference}: outcome recorded - Escalation", shown.Page.Title);
        Assert.Equal(
            ("Informal discussion", "Resolved by agreement", "Oak Primary", "Wednesday 23 December 2026 at 10am"),
            (Fact(shown, "Stage"), Fact(shown, "Outcome"), Fact(shown, "For"), Fact(shown, "When"))
        );
        Assert.Contains(
            "Children's Trust: Confirm the outcome in writing to the agency that raised the concern, by 5pm Tuesday 29 December 2026.",
            shown.Text
        );
        Assert.Equal(
            ["Children's Trust", "Oak Primary", "Sandwell Children's Safeguarding Partnership"],
            shown.Page.QuerySelectorAll("h2 ~ ul bdi").Select(e => e.TextContent).Order()
        );
        Assert.DoesNotContain("We agreed.", shown.Html);
        Assert.DoesNotContain("Rosa", shown.Html);
    }

    [Fact]
    public async Task A_receipt_refreshed_when_the_case_has_moved_on_is_the_same()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var (token, form) = (
            world.Token(document, Raiser),
            With(Resolved, ("step", "record"), ("id", "once"), ("outcome", "escalate"))
        );
        var first = await site.PostAsync(token, form);
        await world.AdvanceAsync(document.Case.Reference, "2026-12-30T17:00:00Z");
        var again = await site.PostAsync(token, form);
        Assert.Equal((HttpStatusCode.OK, first.Html), (again.Status, again.Html));
        Assert.Contains("The case is now at stage 1", again.Text);
    }

    [Fact]
    public async Task The_other_agency_s_receipt_says_nothing_of_an_internal_stage()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-12T09:00:00Z");
        await using var w = world;
        await using var s = site;
        var form = With(Resolved, ("step", "record"), ("outcome", "escalate"), ("discussedOn", "2026-10-12"));
        var shown = await site.PostAsync(world.Token(document, Receiver), form);
        Assert.Equal("Outcome recorded", shown.Heading);
        Assert.Contains("The case is now with the agency that raised the concern.", shown.Text);
        Assert.DoesNotContain("stage 2", shown.Text, StringComparison.OrdinalIgnoreCase);
        var late = await site.PostAsync(
            world.Token(await world.ReadAsync(document.Case.Reference), Raiser, stage: "1"),
            With(form, ("summary", "Own"), ("name", "Rosa"))
        );
        Assert.Contains("stage 2", late.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(Receiver, "Children's Trust", "Oak Primary")]
    [InlineData(Raiser, "Children's Trust", "Oak Primary", "Suffolk Safeguarding Partnership")]
    public async Task Who_is_told_at_an_internal_stage_is_on_the_receipts_of_its_own_agency_only(
        string contact,
        params string[] told
    )
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-12T09:00:00Z");
        await using var w = world;
        await using var s = site;
        await new Post(world).SendAsync(document.Case.Reference);
        // Nobody holds the tiers of stage 2, so the business manager is told in their place.
        var (oak, version) = (await StoredDirectory.ReadAsync(world.Store, "suffolk", World.Raising, default))!.Value;
        await StoredDirectory.WriteAsync(world.Store, "suffolk", oak with { Contacts = [] }, version, default);
        world.Clock.Advance(RuleBook.KeptFor);
        var form = With(Resolved, ("step", "record"), ("outcome", "escalate"), ("discussedOn", "2026-10-12"));
        var shown = await site.PostAsync(world.Token(document, contact), form);
        Assert.Equal("Outcome recorded", shown.Heading);
        Assert.Equal(told, shown.Page.QuerySelectorAll("h2 ~ ul bdi").Select(e => e.TextContent).Order());
    }

    [Theory]
    [InlineData(Receiver, false)]
    [InlineData(Raiser, true)]
    public async Task What_is_to_be_done_at_an_internal_stage_is_on_the_receipts_of_its_own_agency_only(
        string contact,
        bool said
    )
    {
        await using var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("suffolk");
        await using var site = await LinkSite.StartAsync(world);
        var policy = OwnDocument.Read(OwnDocument.Of("suffolk", WithDutyOfStage2));
        var storing = await StoredPolicies.AddAsync(world.Store, policy, null, "test", "Test", world.Now, default);
        Assert.IsType<PolicyStoring.Stored>(storing);
        var document = await world.OpenAsync("suffolk");
        var form = With(Resolved, ("step", "record"), ("outcome", "escalate"), ("discussedOn", "2026-10-12"));
        var shown = await site.PostAsync(world.Token(document, contact), form);
        Assert.Equal(("Outcome recorded", said), (shown.Heading, shown.Text.Contains("Write the internal note")));
        Assert.Equal("2", (await world.ReadAsync(document.Case.Reference)).Case.Stage.Id);

        static void WithDutyOfStage2(JsonNode policy)
        {
            var duty = policy["duties"]![0]!.DeepClone();
            (duty["id"], duty["what"], duty["when"]) = ("internalNote", "Write the internal note", "stageOpened:2");
            policy["duties"]!.AsArray().Add(duty);
            policy["version"] = Policy.FirstOwnVersion;
        }
    }

    [Fact]
    public async Task Confirming_says_beforehand_what_each_answer_leads_to_and_by_when()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        await site.PostAsync(world.Token(document, Receiver), With(Resolved, ("step", "record")));
        var shown = await site.GetAsync(
            world.Token(await world.ReadAsync(document.Case.Reference), Raiser, LinkAction.Confirm)
        );
        Assert.Equal("Thursday 24 December 2026 at 5pm", shown.Page.QuerySelector(".esc-due__when")!.TextContent);
        Assert.Contains("The case ends: resolved by agreement.", shown.Text);
        Assert.Contains(
            "It does not count as agreed. The stage goes on until Thursday 24 December 2026 at 10am.",
            shown.Text
        );
        Assert.Contains("it counts as not agreed, and the case moves on", shown.Text);
        Assert.Contains("It is the close of the next working day after the outcome was recorded", shown.Text);
    }

    [Fact]
    public async Task Every_page_of_a_link_that_goes_no_further_says_what_happened_and_what_to_do()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var handedOver = world.Token(document, Receiver);
        await site.PostAsync(
            handedOver,
            ("step", "handOver"),
            ("name", "Cora"),
            ("email", "cora@childrens-trust.example.org")
        );
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var gone = await site.GetAsync(
            world.Tokens.Make(
                new LinkClaims(
                    document.Case.Reference,
                    "informal",
                    "oak-primary/nobody",
                    Side.Raising,
                    LinkAction.Outcome
                )
            )
        );
        var (forged, replaced) = (await site.GetAsync("forged"), await site.GetAsync(handedOver));
        world.Now = World.At("2027-02-01T10:00:00Z");
        var lapsed = await site.GetAsync(world.Token(document, Raiser));
        Shown[] all = [forged, replaced, gone, lapsed];
        Assert.Equal(
            [
                "This link does not work",
                "This link was handed over",
                "This link is for somebody who has left",
                "This link has lapsed",
            ],
            all.Select(a => a.Heading)
        );
        foreach (var shown in all)
        {
            Assert.Equal(["What happened", "What to do"], shown.Page.QuerySelectorAll("h2").Select(h => h.TextContent));
            Assert.NotEmpty(shown.Page.QuerySelectorAll("main li"));
            Assert.DoesNotContain(document.Case.Reference, shown.Html);
            Assert.DoesNotContain("Oak Primary", shown.Html);
        }
    }
}
