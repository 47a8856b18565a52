using Escalation.Core.Cases;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>What is seen at once: which case, by when, how long still, where it is.</summary>
public sealed class LinkFirstScreenTests
{
    private static IEnumerable<string> Tags(Shown shown) =>
        shown.Page.QuerySelectorAll(".esc-due .govuk-tag").Select(t => t.TextContent);

    private static IEnumerable<string> StageTransitions(Shown shown) =>
        shown
            .Page.QuerySelectorAll(".esc-ladder__step")
            .Select(s =>
                $"{s.QuerySelector(".esc-ladder__name")!.TextContent}: {s.QuerySelector(".esc-ladder__state")!.TextContent}"
            );

    [Fact]
    public async Task The_panel_has_the_deadline_in_words_the_time_left_and_a_jump_to_the_form()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var shown = await site.GetAsync(world.Token(document, Raiser));
        Assert.Equal("Informal discussion", shown.Heading);
        Assert.Equal(document.Case.Reference, shown.Page.QuerySelector(".govuk-caption-l")!.TextContent);
        Assert.Equal("Thursday 24 December 2026 at 10am", shown.Page.QuerySelector(".esc-due__when")!.TextContent);
        Assert.Equal("1 day left", shown.Page.QuerySelector(".esc-due__left")!.TextContent);
        Assert.Equal(["Target"], Tags(shown));
        Assert.NotNull(shown.Page.QuerySelector(shown.Page.QuerySelector(".esc-due a")!.GetAttribute("href")!));
        Assert.Contains("Talk to your counterpart", shown.Text);
        Assert.Equal("The practitioners", shown.Page.QuerySelector(".esc-facts dd")!.TextContent);
    }

    [Fact]
    public async Task The_day_of_the_deadline_and_a_maximum_are_said_in_words()
    {
        var (world, site, document) = await StartAsync("sefton", "2026-04-30T08:00:00Z");
        await using var w = world;
        await using var s = site;
        Assert.Equal(["Maximum"], Tags(await site.GetAsync(world.Token(document, Raiser))));
        world.Now = World.At("2026-05-05T08:00:00Z");
        Assert.Equal(["Due today", "Maximum"], Tags(await site.GetAsync(world.Token(document, Raiser))));
    }

    [Fact]
    public async Task A_final_stage_past_its_deadline_is_overdue_and_says_since_when()
    {
        var (world, site, document) = await StartAsync("suffolk-mash", "2026-09-25T10:00:00Z");
        await using var w = world;
        await using var s = site;
        await world.AdvanceAsync(document.Case.Reference, "2026-09-30T16:00:00Z");
        await world.DoAsync(
            document.Case.Reference,
            World.Outcome("1", "escalate", World.Raising, new DateOnly(2026, 9, 30))
        );
        document = await world.AdvanceAsync(document.Case.Reference, "2026-10-05T16:00:00Z");
        world.Now = World.At("2026-10-05T18:00:00Z");
        var asked = document.Case.Notices.Last(n => n.Queued is { Kind: "stageOpened", Stage: "2" }).Queued;
        var shown = await site.GetAsync(world.Token(document, asked.Contact));
        Assert.Equal(["Overdue", "Target"], Tags(shown));
        Assert.Equal("passed 2 hours ago", shown.Page.QuerySelector(".esc-due__left")!.TextContent);
        Assert.Contains("The case stays open until an outcome is recorded.", shown.Text);
    }

    [Fact]
    public async Task A_clock_on_hold_says_so_and_counts_no_time()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world;
        await using var s = site;
        document = await world.DoAsync(
            document.Case.Reference,
            new PlaceHold("PLANTED-REASON", "PLANTED-SPEAKER", true, null)
            {
                Id = "h",
                Actor = "test",
                Stage = "1",
                By = new Speaker(World.Raising, "PLANTED-SPEAKER", null),
            }
        );
        var shown = await site.GetAsync(world.Token(document, Raiser));
        Assert.Equal(["On hold", "Maximum"], Tags(shown));
        Assert.Contains("The clock stands still", shown.Text);
        Assert.DoesNotContain(" left", shown.Page.QuerySelector(".esc-due")!.TextContent);
        Assert.DoesNotContain("PLANTED", shown.Html);
    }

    [Fact]
    public async Task The_ladder_has_the_stages_passed_present_and_to_come()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        Assert.Equal(
            [
                "Informal discussion: Now",
                "Stage 1: To come",
                "Stage 2: To come",
                "Stage 3: To come",
                "Stage 4: To come",
            ],
            StageTransitions(await site.GetAsync(world.Token(document, Raiser)))
        );
        document = await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var shown = await site.GetAsync(world.Token(document, $"{World.Raising}/lineManager"));
        Assert.Equal(
            ["Informal discussion: Closed", "Stage 1: Now", "Stage 2: To come", "Stage 3: To come", "Stage 4: To come"],
            StageTransitions(shown)
        );
        Assert.Equal("Stage 1", shown.Page.QuerySelector("[aria-current=step] .esc-ladder__name")!.TextContent);
        Assert.Contains(
            "It was escalated by itself when its deadline passed, by a local setting, Thursday 24 December 2026 at 10am (late).",
            shown.Text
        );
    }

    [Fact]
    public async Task The_ladder_hides_an_internal_stage_from_the_other_agency_whether_open_or_past_and_shows_it_to_its_own()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world;
        await using var s = site;
        document = await world.AdvanceAsync(document.Case.Reference, "2026-10-14T16:00:00Z");
        var (own, other) = (
            world.Token(document, Raiser, stage: "1"),
            world.Token(document, Receiver, stage: "1", side: Side.Receiving)
        );
        Assert.Equal(
            ["Stage 1: Closed", "Stage 2: Now", "Stage 3: To come", "Stage 4: To come", "Stage 5: To come"],
            StageTransitions(await site.GetAsync(own))
        );
        Assert.Equal(
            ["Stage 1: Closed", "Stage 3: To come", "Stage 4: To come", "Stage 5: To come"],
            StageTransitions(await site.GetAsync(other))
        );
        await world.AdvanceAsync(document.Case.Reference, "2026-10-15T16:00:00Z");
        Assert.Equal(
            ["Stage 1: Closed", "Stage 3: Now", "Stage 4: To come", "Stage 5: To come"],
            StageTransitions(await site.GetAsync(other))
        );
    }

    [Fact]
    public async Task A_stage_that_was_passed_over_and_those_not_needed_any_more_say_so()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world;
        await using var s = site;
        await world.DoAsync(
            document.Case.Reference,
            new Skip("4", "PLANTED-REASON")
            {
                Id = "s",
                Actor = "test",
                Stage = "1",
                By = new Speaker(World.Raising, "PLANTED-SPEAKER", null),
            }
        );
        var token = world.Token(document, Raiser, stage: "1");
        var skipped = await site.GetAsync(token);
        Assert.Equal(
            ["Stage 1: Closed", "Stage 2: Passed over", "Stage 3: Passed over", "Stage 4: Now", "Stage 5: To come"],
            StageTransitions(skipped)
        );
        Assert.Equal("Stage 1: this stage was passed over", skipped.Heading);
        await world.DoAsync(
            document.Case.Reference,
            World.Outcome("4", "resolved", World.Raising, new DateOnly(2026, 10, 10))
        );
        Assert.EndsWith("Stage 5: Not needed", string.Join(", ", StageTransitions(await site.GetAsync(token))));
    }

    [Fact]
    public async Task A_link_whose_stage_somebody_answered_says_so_and_asks_nothing()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        await world.DoAsync(
            document.Case.Reference,
            World.Outcome("informal", "escalate", World.Receiving, new DateOnly(2026, 12, 23))
        );
        var shown = await site.GetAsync(world.Token(document, Raiser, stage: "informal"));
        Assert.Equal("Informal discussion: already answered", shown.Heading);
        Assert.Contains("You need not do anything.", shown.Text);
        Assert.False(shown.Page.QuerySelector("button[value=check]")!.Closest("details")!.HasAttribute("open"));
        Assert.DoesNotContain("PLANTED", shown.Html);
        var refused = await site.PostAsync(world.Token(document, Raiser, stage: "informal"), shown.Form("check"));
        Assert.True(refused.Page.QuerySelector("button[value=check]")!.Closest("details")!.HasAttribute("open"));
    }

    [Fact]
    public async Task Headings_go_in_order_with_one_h1_and_title_and_address_name_nobody()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world;
        await using var s = site;
        document = await world.AdvanceAsync(document.Case.Reference, "2026-10-14T16:00:00Z");
        foreach (
            var shown in new[]
            {
                await site.GetAsync(world.Token(document, "oak-primary/safeguardingLead")),
                await site.GetAsync(world.Token(document, Raiser, stage: "1")),
                await site.GetAsync("forged"),
            }
        )
        {
            var levels = shown.Page.QuerySelectorAll("h1, h2, h3, h4").Select(h => h.TagName[1] - '0').ToList();
            Assert.Single(levels, 1);
            Assert.All(levels.Zip(levels.Skip(1)), p => Assert.True(p.Second <= p.First + 1));
            Assert.DoesNotContain("Oak Primary", shown.Page.Title);
            Assert.DoesNotContain(
                shown.Page.QuerySelectorAll("[tabindex]"),
                e => e.GetAttribute("tabindex") is not ("-1" or "0")
            );
        }
    }
}
