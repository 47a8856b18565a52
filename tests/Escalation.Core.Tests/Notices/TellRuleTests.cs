using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Notices;

/// <summary>Who is told by a policy's own rules of telling, of what and how often.</summary>
public sealed class TellRuleTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving;

    private static readonly string[] _disputed = ["disputed", "disputed:1", "disputed:2"];
    private static readonly string[] _ended = ["withdrawn", "withdrawn:1", "withdrawn:2", "ended"];

    [Fact]
    public void A_dispute_is_told_wherever_it_is_or_at_its_stage_only()
    {
        var story = Opened([.. _disputed.Select((when, i) => Rule(when, "partnership", Tiers[i]))]);
        story.Record(Outcomes.Resolved, C);
        Assert.Empty(Told(story));
        Assert.Equal("done", story.Do(Commands.Dispute(R)));
        Assert.Equal(["essex/businessManager", "essex/chair"], Told(story));
    }

    [Fact]
    public void The_same_dispute_sent_twice_is_told_once_and_a_second_dispute_again()
    {
        var story = Opened(Rule("disputed", "partnership", "chair"), Rule("disputed:1", "partnership", "chair"));
        story.Record(Outcomes.Resolved, C);
        var dispute = Commands.Dispute(R) with { Id = "once" };
        Assert.Equal(("done", "done"), (story.Do(dispute), story.Do(dispute)));
        story.Wake();
        Assert.Single(AllTold(story));
        story.Record(Outcomes.Resolved, C);
        story.Do(Commands.Dispute(R));
        Assert.Equal(2, AllTold(story).Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_withdrawal_is_told_wherever_it_is_or_at_its_stage_only_also_where_the_raiser_no_longer_disagrees(
        bool withdrawn
    )
    {
        var story = Opened([.. _ended.Select((when, i) => Rule(when, "partnership", Tiers[i]))]);
        if (withdrawn)
            Assert.Equal("done", story.Do(Commands.Withdraw(R) with { Id = "once" }));
        else
            Assert.Equal("done", story.ToStage("2").Record(Outcomes.NoLongerDisagrees, R));
        Assert.Equal(
            ["essex/boardManager", "essex/businessManager", withdrawn ? "essex/chair" : "essex/scrutineer"],
            Told(story)
        );
        story.Do(Commands.Withdraw(R) with { Id = "once" });
        Assert.Equal(3, AllTold(story).Count());
    }

    [Fact]
    public void Another_end_is_no_withdrawal()
    {
        var story = Opened(Rule("withdrawn", "partnership", "chair"), Rule("withdrawn:1", "partnership", "chair"));
        story.Record(Outcomes.Resolved, C);
        story.Do(Commands.Confirm(R));
        Assert.Equal(CaseStatus.Resolved, story.Case.Status);
        Assert.Empty(AllTold(story));
    }

    [Fact]
    public void That_a_stage_is_left_upwards_is_told_by_how_it_was_left()
    {
        TellRuleOf[] rules =
        [
            Rule("outcomeAt:1:escalate", "partnership", "chair"),
            Rule("stageMissed:1", "partnership", "scrutineer"),
            Rule("stageOpened:2", "partnership", "businessManager"),
        ];
        var person = Opened(rules);
        person.Record(Outcomes.Escalate, R);
        Assert.Equal(["essex/businessManager", "essex/chair"], Told(person));
        var clock = Opened(rules);
        clock.Until(clock.Case.Stage.Deadline!.At);
        Assert.Equal(["essex/businessManager", "essex/scrutineer"], Told(clock));
    }

    [Fact]
    public void The_practitioners_of_both_sides_can_be_told()
    {
        var story = Opened(Rule("stageOpened:2", "parties", "practitioner"));
        Assert.Equal(["intake/raisedBy", "intake/receivedBy.0"], Told(story.ToStage("2")));
    }

    [Theory]
    [InlineData("outcome:resolved")]
    [InlineData("outcomeAt:2:resolved")]
    [InlineData("ended")]
    public void Owners_of_agreed_actions_are_told_by_their_agency_once_the_agreement_stands(string when)
    {
        var story = Opened(Rule(when, "parties", "actionOwners")).ToStage("2");
        var action = new AgreedAction("Visit", "Cam", C, new DateOnly(2026, 11, 20));
        story.Record(Outcomes.Resolved, C, m => m with { Actions = [action] });
        Assert.Empty(Told(story));
        story.Do(Commands.Confirm(R));
        Assert.Equal([$"{C}/lineManager", $"{C}/safeguardingSupervisor"], Told(story));
    }

    [Fact]
    public void Where_nobody_has_an_action_nobody_is_told_in_its_owners_place()
    {
        var story = Opened(Rule("outcome:escalate", "parties", "actionOwners"));
        story.Record(Outcomes.Escalate, R);
        Assert.Equal("2", story.Case.Stage.Id);
        Assert.Empty(AllTold(story));
        Assert.DoesNotContain(story.History, e => e.Event is NobodyToTell);
    }

    [Fact]
    public void Before_a_stage_opens_they_are_told_once_though_a_contact_limit_and_the_one_after_it_remind()
    {
        var story = Opened(
            d => OwnDocument.Set(d, "stages[0].limits", $"[{Limit("contact", 3)},{Limit("outcome", 5)}]"),
            Rule("beforeStage:2", "partnership", "chair")
        );
        story.Until("2026-10-15 10:00");
        Assert.Single(AllTold(story));
        Assert.Equal("done", story.Do(Commands.ContactMade(R)));
        story.Until("2026-10-19 16:59");
        Assert.True(story.History.Count(e => e.Event is ReminderDue) > 3);
        Assert.Equal("1", story.Case.Stage.Id);
        story.Until("2026-10-19 17:00");
        Assert.Equal("2", story.Case.Stage.Id);
        Assert.Single(AllTold(story));
    }

    [Fact]
    public void A_reminder_of_a_limit_whose_miss_moves_nothing_foretells_nothing()
    {
        const string reminds = """{ "does": "remind", "basis": { "where": "w", "text": "t" } }""";
        var story = Opened(
            d => OwnDocument.Set(d, "stages[0].limits", $"[{Limit("outcome", 3, reminds)}]"),
            Rule("beforeStage:2", "partnership", "chair")
        );
        story.Until("2026-10-20 10:00");
        Assert.Contains(story.History, e => e.Event is DeadlineMissed { Stays: true });
        Assert.Empty(AllTold(story));
        story.Record(Outcomes.Escalate, R);
        Assert.Equal(["essex/chair"], Told(story));
    }

    [Fact]
    public void Who_might_not_be_told_during_an_internal_stage_is_told_as_the_next_opens_and_the_others_not_again()
    {
        var story = Opened(
            d => OwnDocument.Stage(d, "2")["told"] = "raising",
            Rule("beforeStage:3", "parties", "director")
        );
        story.ToStage("2").Until("2026-10-16 10:00");
        Assert.Equal(["oak-primary/director"], AllTold(story));
        story.ToStage("3");
        Assert.Equal(["childrens-services/director", "oak-primary/director"], AllTold(story).Order());
    }

    [Fact]
    public void Nobody_of_the_other_agency_is_told_that_an_internal_stage_is_about_to_open()
    {
        var story = Opened(
            d => OwnDocument.Stage(d, "2")["told"] = "raising",
            Rule("beforeStage:2", "parties", "director")
        );
        story.ToStage("2");
        Assert.Equal(["oak-primary/director"], AllTold(story));
    }

    [Fact]
    public void Where_a_tier_has_nobody_who_stands_in_is_told_once_too()
    {
        var rules = Rules(_ => { }, Rule("beforeStage:2", "raising", "headOfService"))
            .With(R, a => a.Without("headOfService"));
        var story = CaseStory.Open("sefton", "2026-10-12 09:00", rules: rules).ToStage("2");
        Assert.Equal(["essex/businessManager"], AllTold(story));
        Assert.Single(story.History, e => e.Event is NobodyToTell { Tier: "headOfService", Kind: NoticeKinds.Told });
    }

    private static readonly string[] Tiers = ["businessManager", "chair", "scrutineer", "boardManager"];

    private sealed record TellRuleOf(string When, string Agency, string Tier);

    private static TellRuleOf Rule(string when, string agency, string tier) => new(when, agency, tier);

    private static string Limit(string what, int days, string? missed = null) =>
        $$$"""
            { "for": "{{{what}}}",
              "limit": { "workingDays": {{{days}}}, "kind": "maximum", "basis": { "where": "w", "text": "t" } }
              {{{(missed is null ? "" : $", \"missed\": {missed}")}}} }
            """;

    private static CaseStory Opened(params TellRuleOf[] rules) => Opened(_ => { }, rules);

    private static CaseStory Opened(Action<JsonNode> change, params TellRuleOf[] rules) =>
        CaseStory.Open("sefton", "2026-10-12 09:00", rules: Rules(change, rules));

    private static Rules Rules(Action<JsonNode> change, params TellRuleOf[] rules)
    {
        var policy = OwnDocument.Read(
            OwnDocument.OfEssex(change: d =>
            {
                d["tells"] = new JsonArray([
                    .. rules.Select(rule =>
                        JsonNode.Parse(
                            $$"""
                            { "when": "{{rule.When}}", "who": { "agency": "{{rule.Agency}}", "tier": "{{rule.Tier}}" },
                              "text": "x", "circumstances": [], "basis": { "where": "w", "text": "t" } }
                            """
                        )
                    ),
                ]);
                change(d);
            })
        );
        return new Rules(policy, Sample.Calendar(), Sample.Directory(policy.Partnership));
    }

    /// <summary>Whom the last step told by these rules.</summary>
    private static IEnumerable<string> Told(CaseStory story) =>
        story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == NoticeKinds.Told).Select(n => n.Contact).Order();

    private static IEnumerable<string> AllTold(CaseStory story) =>
        story.Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.Told).Select(n => n.Queued.Contact);
}
