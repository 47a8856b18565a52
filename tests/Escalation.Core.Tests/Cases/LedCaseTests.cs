using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>A case that is taken to another policy of its partnership (<see cref="LedCase"/>).</summary>
public sealed class LedCaseTests
{
    [Fact]
    public void Whoever_escalates_takes_the_case_to_another_policy_and_it_keeps_its_reference_people_and_history()
    {
        var story = LedCase.Opened();
        var before = story.Case;
        var history = story.Document.Events.Count;
        story = LedCase.Led();
        var (c, to) = (story.Case, story.Rules.LeadsTo);
        Assert.Equal(LedCase.Plans, c.Policy.Id);
        Assert.Equal((OwnDocument.Essex, "2"), (c.Before!.Policy.Id, c.Before.LeftAt));
        Assert.Equal((before.Reference, before.Raising), (c.Reference, c.Raising));
        Assert.Equal(before.People, c.People);
        Assert.True(story.Document.Events.Count > history);
        Assert.Equal(["1", "2", "essex-plans.1"], c.Stages.Select(s => s.Id));
        Assert.Equal((StageEnding.Escalated, ClosedBy.Person), (c.Stages[1].Outcome, c.Stages[1].By));
        Assert.Equal(OpenedBecause.Led, c.Stage.Because);
        var led = Assert.Single(story.LatestEvents.OfType<LedToPolicy>());
        Assert.Equal(("2", LedCase.Plans, 1000, Sample.Raising), (led.From, led.Policy, led.PolicyVersion, led.Agency));
        Assert.Equal(OwnDocument.Read(LedCase.To()).Hash, led.PolicyHash);
        Assert.Empty(to);
    }

    [Fact]
    public void Without_a_choice_the_next_stage_opens_and_a_clock_leads_nowhere()
    {
        var chosen = LedCase.Opened();
        chosen.Record(Outcomes.Escalate, Sample.Raising);
        Assert.Equal("done", chosen.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal(("3", OwnDocument.Essex), (chosen.Case.Stage.Id, chosen.Case.Policy.Id));
        var missed = LedCase.Opened().Until("2026-12-01 09:00");
        Assert.Equal(("4", null), (missed.Case.Stage.Id, missed.Case.Before));
    }

    [Fact]
    public void The_other_policys_people_are_asked_and_its_clock_runs_to_its_end()
    {
        var story = LedCase.Led();
        var asked = story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == NoticeKinds.StageOpened).ToList();
        Assert.All(asked, n => Assert.Equal("essex-plans.1", n.Stage));
        Assert.Equal([Sample.Receiving, Sample.Raising], asked.Select(n => n.Agency).Distinct().Order());
        // Suffolk's 3 working days after the concern was raised, then its 1, 1 and 3, within 5 of the day of its own stage 1.
        story.Until("2026-11-20 09:00");
        Assert.Equal(
            [
                ("essex-plans.1", "2026-10-15 17:00"),
                ("essex-plans.2", "2026-10-16 17:00"),
                ("essex-plans.3", "2026-10-19 17:00"),
                ("essex-plans.4", "2026-10-22 17:00"),
                ("essex-plans.5", "2026-10-26 17:00"),
            ],
            story.Case.Stages.Skip(2).Select(s => (s.Id, UkTime.Text(s.Deadline!.At)))
        );
        Assert.Equal("essex-plans.5", story.Rules.Policy.FinalStage.Id);
    }

    [Fact]
    public void Stages_that_both_policies_call_the_same_are_told_apart_by_links_answers_and_names()
    {
        var story = LedCase.Led();
        var policy = story.Rules.Policy;
        Assert.Equal(OwnDocument.Read(LedCase.From()).Find("1")!.Tier, policy.Find("1")!.Tier);
        Assert.Equal(OwnDocument.Read(LedCase.To()).Find("1")!.Tier, policy.Find("essex-plans.1")!.Tier);
        Assert.Equal(policy.Stages.Count, policy.Stages.Select(s => s.Name).Distinct().Count());
        var late = Commands.Outcome(policy, story.Case, Outcomes.Responded, Sample.Receiving, new(2026, 10, 13));
        Assert.Equal(Answers.StageClosed, story.Do(late with { Stage = "1" }));
        Assert.Equal("essex-plans.1", Assert.Single(story.Case.LateResponses).Said.Present);
        Assert.Equal(Codes.NotAllowed, story.Do(late with { Stage = "essex-plans.2" }));
        Assert.Equal(Codes.Invalid, story.Do(late with { Stage = "3" }));
    }

    [Fact]
    public void A_stage_internal_to_the_raising_agency_under_the_other_policy_stays_its_own()
    {
        var story = LedCase.Led().ToStage("essex-plans.2");
        var other = story.As(Sample.Receiving);
        Assert.Equal(["1", "2", "essex-plans.1"], other.Stages.Select(s => s.Id));
        Assert.Contains(other.History, e => e.Event is LedToPolicy);
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, Sample.Receiving));
    }

    [Fact]
    public void Duties_that_arose_before_go_on_and_the_policy_that_made_them_arises_no_more()
    {
        var story = LedCase.Led();
        var summary = story.Case.Duties.First(d => d.Rule == "summaryLog");
        Assert.Equal("2", summary.Stage);
        var (policy, count) = (story.Rules.Policy, story.Case.Duties.Count);
        Assert.Equal("summaryLog", policy.FindDuty("summaryLog")!.Id);
        Assert.DoesNotContain(policy.Duties, d => d.Id == "summaryLog");
        story.Until(summary.Due!.Value);
        Assert.True(story.Case.Duties.Find(d => d.Id == summary.Id)!.Overdue);
        Assert.Contains(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n.Kind == NoticeKinds.DutyOverdue && n.Duty == summary.Id && n.Agency == summary.Owner
        );
        story.ToStage("essex-plans.3");
        // Sefton's follow-up in writing is a duty of every outcome; Suffolk's form one of stage 3.
        var arisen = story.Case.Duties.Skip(count).ToList();
        Assert.All(arisen, d => Assert.Equal(("essex-plans.escalationRecordForm", "essex-plans.3"), (d.Rule, d.Stage)));
        Assert.NotEmpty(arisen);
    }

    [Fact]
    public void A_case_is_led_once()
    {
        var story = LedCase.Led(to: d => LedCase.Lead(d, "1", OwnDocument.Essex));
        Assert.Empty(LeadRules.From(story.Case, story.Rules, story.Case.Stage.Id));
        Assert.Equal(
            Codes.Invalid,
            story.Record(Outcomes.Escalate, Sample.Raising, m => m with { To = $"policy:{OwnDocument.Essex}" })
        );
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("essex-plans.2", story.Case.Stage.Id);
    }

    [Theory]
    [InlineData("policy:sandwell")]
    [InlineData("essex-plans")]
    [InlineData("essex-plans.1")]
    public void What_a_stage_does_not_lead_to_is_no_choice(string to)
    {
        var story = LedCase.Opened().ToStage("2");
        Assert.Equal(Codes.Invalid, story.Record(Outcomes.Escalate, Sample.Raising, m => m with { To = to }));
        Assert.Equal("One of: 3, policy:essex-plans.", Assert.Single(story.Refused!.Errors!["to"]).Text);
    }

    [Fact]
    public void It_is_offered_where_its_condition_holds_and_the_policy_is_for_the_person_and_at_hand()
    {
        void OnlyFamilies(JsonNode d) =>
            LedCase.Lead(d, "2", LedCase.Plans, """, "when": { "personKinds": ["family"] }""");
        bool Offered(CaseStory story) => LeadRules.From(story.Case, story.Rules, "2").Count > 0;
        OpenCase Family(OpenCase o) => o with { Person = o.Person! with { Kind = "family" } };
        Assert.True(Offered(LedCase.Opened()));
        Assert.False(Offered(LedCase.Opened(OnlyFamilies)));
        Assert.True(Offered(LedCase.Opened(OnlyFamilies, change: Family)));
        Assert.False(Offered(LedCase.Opened(to: d => d["parties"]!["personKinds"] = new JsonArray("adult"))));
        var story = LedCase.Opened();
        Assert.Empty(LeadRules.From(story.Case, story.Rules with { LeadsTo = [] }, "2"));
        Assert.Empty(LeadRules.From(story.Case, story.Rules, "1"));
    }

    [Fact]
    public void From_the_final_stage_whoever_takes_it_further_says_where_and_a_miss_moves_nothing()
    {
        var story = LedCase.Opened(d => LedCase.Lead(d, "4", LedCase.Plans, """, "stage": "4" """)).ToStage("4");
        Assert.Contains(
            Outcomes.Escalate,
            AllowedOutcomes.For(story.Case, story.Rules, "4", Sample.Raising, story.Now).Select(o => o.Id)
        );
        story.Until("2026-12-01 09:00");
        Assert.Equal("4", story.Case.Stage.Id);
        Assert.Equal(Codes.Invalid, story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal(["to"], story.Refused!.Errors!.Keys);
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising, m => m with { To = LedCase.ToPlans }));
        Assert.Equal("essex-plans.4", story.Case.Stage.Id);
        Assert.Equal(
            ["essex-plans.1", "essex-plans.2", "essex-plans.3"],
            story.LatestEvents.OfType<StagesSkipped>().Single().Skipped
        );
        var sefton = CaseStory.Open("sefton", "2026-10-12 09:00").ToStage("4");
        Assert.Equal(Codes.NotAllowed, sefton.Record(Outcomes.Escalate, Sample.Raising));
    }

    [Fact]
    public void Imminent_risk_leads_to_the_stage_to_which_it_leads_under_the_other_policy()
    {
        void Urgent(JsonNode d) => d["skip"]!["urgentTo"] = "4";
        Assert.Equal("essex-plans.1", LedCase.Led(to: Urgent).Case.Stage.Id);
        var urgent = LedCase.Led(to: Urgent, change: o => o with { ImminentRisk = true });
        Assert.Equal(("essex-plans.4", OpenedBecause.Led), (urgent.Case.Stage.Id, urgent.Case.Stage.Because));
    }

    [Fact]
    public void Stages_of_the_other_policy_that_are_not_for_the_concern_are_not_there_nor_after_the_case_is_read_again()
    {
        var story = LedCase.Led(to: d =>
            OwnDocument.Stage(d, "2")["unless"] = JsonNode.Parse("""{ "personKinds": ["child"] }""")
        );
        Assert.Equal(["essex-plans.2"], story.Case.LeavesOut);
        Assert.Equal("essex-plans.3", story.Rules.Policy.After("essex-plans.1")!.Id);
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("essex-plans.3", story.Case.Stage.Id);
        var again = DocumentFormat.Recorded(story.Document.Events, story.Document.Words);
        Assert.Equal(story.Case.Stages.Select(s => s.Id), Evolution.Fold(again)!.Stages.Select(s => s.Id));
        Assert.Equal(story.Case.Before, Evolution.Fold(again)!.Before);
    }

    [Fact]
    public void Personal_data_is_kept_as_long_as_the_longer_of_both_has_it()
    {
        var longer = LedCase.Led(d => d["retention"]!["years"] = 20);
        var shorter = LedCase.Led();
        foreach (var story in new[] { longer, shorter })
            Assert.Equal("done", story.Do(Commands.Withdraw(Sample.Raising)));
        Assert.Equal(Sample.KeptUntil, shorter.Case.RetainUntil);
        Assert.Equal(2046, longer.Case.RetainUntil!.Value.Year);
    }

    [Fact]
    public void A_hold_of_the_other_policy_can_be_placed_and_what_was_set_before_stays()
    {
        var story = LedCase.Led();
        Assert.Equal("done", story.Do(Commands.Hold(Sample.Raising, "2026-10-14")));
        Assert.Equal(CaseStatus.OnHold, story.Case.Status);
        var before = LedCase.Opened();
        Assert.Equal(Codes.NotAllowed, before.Do(Commands.Hold(Sample.Raising, "2026-10-13")));
    }

    [Fact]
    public void A_policy_tells_whom_it_names_for_its_own_happenings_and_the_one_before_for_what_it_led_from()
    {
        void Tells(JsonNode d, string when) =>
            d["tells"] = JsonNode.Parse(
                $$"""
                [{ "when": "{{when}}", "who": { "agency": "partnership", "tier": "businessManager" }, "text": "For your information.",
                   "circumstances": [], "basis": { "where": "Part 5", "text": "Told" } }]
                """
            );
        var story = LedCase.Led(d => Tells(d, "outcomeAt:2:escalate"), d => Tells(d, "stageOpened:1"));
        var told = story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == NoticeKinds.Told).ToList();
        Assert.Equal(["2", "essex-plans.1"], told.Select(n => n.Stage));
        var policy = story.Rules.Policy;
        Assert.Contains(policy.AsOf(told[0].Cause).Tells, t => t.When == "outcomeAt:2:escalate");
        Assert.Contains(policy.AsOf(told[1].Cause).Tells, t => t.When == "stageOpened:essex-plans.1");
    }
}
