using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>What a limit is for, what meets it and what a miss of it does.</summary>
public sealed class LimitTests
{
    /// <summary>Surrey, stage 3: "The line managers should make contact within 1 working day".</summary>
    private static CaseStory AtContact() => CaseStory.Open("surrey-adults", "2026-10-12 09:00").ToStage("3");

    [Fact]
    public void A_contact_limit_that_is_missed_moves_the_case_up()
    {
        var story = AtContact();
        Assert.Equal((LimitFor.Contact, "2026-10-15 17:00"), (story.Case.Stage.For, Due(story)));
        story.Until("2026-10-15 17:00");
        Assert.Equal("4", story.Case.Stage.Id);
        Assert.False(story.LatestEvents.OfType<DeadlineMissed>().Single().Stays);
    }

    [Fact]
    public void Contact_meets_it_and_an_outcome_has_the_same_length_again_from_the_contacts_deadline()
    {
        var story = AtContact().Until("2026-10-15 09:30");
        Assert.Equal("done", story.Do(Commands.ContactMade(Sample.Raising)));
        Assert.Equal((LimitFor.Outcome, "2026-10-16 17:00"), (story.Case.Stage.For, Due(story)));
        var met = Assert.Single(story.Case.Stage.Met);
        Assert.Equal(
            (LimitFor.Contact, "2026-10-15 17:00", Sample.Raising),
            (met.For, UkTime.Text(met.Deadline.At), met.Agency)
        );
        Assert.Contains(
            "the deadline of the stage's limit before",
            story.Case.Stage.Deadline!.Explanation.Rule,
            StringComparison.Ordinal
        );
        Assert.Equal(["2026-10-16 09:00"], story.Case.Stage.Reminders.Select(UkTime.Text));
    }

    [Fact]
    public void In_Sandwell_contact_meets_the_contact_limits_and_moves_no_deadline_and_a_miss_of_either_moves_the_case_up()
    {
        foreach (var stage in new[] { "1", "3" })
        {
            var story = CaseStory.Open("sandwell", "2026-10-12 09:00").ToStage(stage);
            var (what, due) = (story.Case.Stage.For, Due(story));
            Assert.Equal(LimitFor.Contact, what);
            Assert.Equal("done", story.Do(Commands.ContactMade(Sample.Receiving)));
            Assert.Equal((LimitFor.Outcome, due), (story.Case.Stage.For, Due(story)));
            story.Until(story.Case.Stage.Deadline!.At);
            Assert.NotEqual(stage, story.Case.Stage.Id);

            var untouched = CaseStory.Open("sandwell", "2026-10-12 09:00").ToStage(stage);
            untouched.Until(untouched.Case.Stage.Deadline!.At);
            Assert.Equal(story.Case.Stage.Id, untouched.Case.Stage.Id);
        }
    }

    [Theory]
    [InlineData("2026-10-12 11:00", "2026-10-15 17:00")]
    [InlineData("2026-10-14 09:00", "2026-10-19 17:00")]
    public void A_limit_can_count_from_when_what_the_one_before_is_for_happened(string contact, string due)
    {
        const string basis = """{ "where": "Step 1", "text": "As printed" }""";
        var own = OwnDocument.OfEssex(change: d =>
            OwnDocument.Stage(d, "1")["limits"] = JsonNode.Parse(
                $$"""
                [{ "for": "contact", "limit": { "workingDays": 2, "kind": "maximum", "basis": {{basis}} } },
                 { "for": "outcome", "limit": { "workingDays": 3, "kind": "maximum", "basis": {{basis}} }, "from": "previousMet" }]
                """
            )
        );
        var rules = Sample.Rules("sefton") with { Policy = OwnDocument.Read(own) };
        var story = CaseStory.Open("sefton", "2026-10-12 09:00", rules: rules).Until(contact);
        Assert.Equal("done", story.Do(Commands.ContactMade(Sample.Raising)));
        Assert.Equal((LimitFor.Outcome, due), (story.Case.Stage.For, Due(story)));
        Assert.Contains(
            "limit before is for happened",
            story.Case.Stage.Deadline!.Explanation.Rule,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_limited_next_has_its_date_while_the_clock_runs_and_none_while_it_is_held()
    {
        const string basis = """{ "where": "Stage 1", "text": "As printed" }""";
        var own = OwnDocument.Of(
            "suffolk",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                OwnDocument.Stage(d, "1")["limits"] = JsonNode.Parse(
                    $$"""
                    [{ "for": "contact", "limit": { "workingDays": 2, "kind": "maximum", "basis": {{basis}} } },
                     { "for": "outcome", "limit": { "workingDays": 4, "kind": "maximum", "basis": {{basis}} } }]
                    """
                );
            }
        );
        var rules = Sample.Rules("suffolk") with { Policy = OwnDocument.Read(own) };
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", rules: rules);
        var ahead = Ahead()!;
        Assert.Equal(
            (LimitFor.Contact, LimitFor.Outcome, "2026-10-16 17:00"),
            (ahead.InForce, ahead.Next, UkTime.Text(ahead.Deadline.At))
        );
        Assert.Equal("done", story.Do(Commands.Hold(Sample.Raising)));
        Assert.Null(Ahead());

        LimitAhead? Ahead() => LimitAhead.Of(story.Case, rules.Policy, rules.Calendar, story.Now);
    }

    [Fact]
    public void A_case_that_is_worked_on_does_not_move_up_by_the_clock_both_sides_and_the_manager_are_told_every_two_days()
    {
        var story = AtContact();
        story.Do(Commands.ContactMade(Sample.Raising));
        story.Until("2026-10-16 17:00");
        Assert.Equal("3", story.Case.Stage.Id);
        Assert.True(story.LatestEvents.OfType<DeadlineMissed>().Single().Stays);
        Assert.Equal(
            [
                "childrens-services/lineManager",
                "intake/raisedBy",
                "oak-primary/lineManager",
                "surrey-adults/businessManager",
            ],
            Told(story, NoticeKinds.Overdue)
        );
        story.Until("2026-10-20 09:00");
        Assert.Equal("2026-10-22 09:00", UkTime.Text(story.LatestEvents.OfType<OverdueTold>().Single().Again));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("4", story.Case.Stage.Id);
    }

    [Fact]
    public void A_contact_that_a_receiving_side_recorded_is_told_to_the_raising_side_which_can_say_that_it_did_not_happen()
    {
        var story = AtContact();
        Assert.Equal("done", story.Do(Commands.ContactMade(Sample.Receiving)));
        Assert.Contains("oak-primary/lineManager", Told(story, NoticeKinds.ContactRecorded));
        Assert.True(story.Case.ContactCanBeDisputed);
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Dispute(Sample.Receiving)));

        Assert.Equal("done", story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal((LimitFor.Contact, "2026-10-15 17:00"), (story.Case.Stage.For, Due(story)));
        Assert.Contains("childrens-services/lineManager", Told(story, NoticeKinds.ContactDisputed));
        Assert.False(story.Case.ContactCanBeDisputed);
        Assert.Equal("4", story.Until("2026-10-15 17:00").Case.Stage.Id);
    }

    [Fact]
    public void A_disputed_contact_whose_limit_has_passed_meanwhile_moves_the_case_up_at_once()
    {
        var story = AtContact();
        story.Do(Commands.ContactMade(Sample.Receiving));
        story.Until("2026-10-16 10:00");
        Assert.Equal("3", story.Case.Stage.Id);
        Assert.Equal("done", story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal("4", story.Case.Stage.Id);
    }

    [Fact]
    public void A_contact_lengthens_a_stage_once_after_a_dispute_only_the_raising_side_can_meet_the_limit()
    {
        var story = AtContact();
        story.Do(Commands.ContactMade(Sample.Receiving));
        story.Do(Commands.Dispute(Sample.Raising));
        Assert.Equal("done", story.Do(Commands.ContactMade(Sample.Receiving)));
        Assert.Equal((LimitFor.Contact, 0), (story.Case.Stage.For, story.Case.Stage.Met.Count));
        Assert.Equal("done", story.Do(Commands.ContactMade(Sample.Raising)));
        Assert.Equal((LimitFor.Outcome, 1), (story.Case.Stage.For, story.Case.Stage.Met.Count));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Dispute(Sample.Raising)));
    }

    [Fact]
    public void Contact_recorded_twice_meets_the_limit_once()
    {
        var story = AtContact();
        story.Do(Commands.ContactMade(Sample.Raising));
        var deadline = Due(story);
        Assert.Equal("done", story.Do(Commands.ContactMade(Sample.Receiving)));
        Assert.Equal((deadline, 1), (Due(story), story.Case.Stage.Met.Count));
    }

    [Fact]
    public void Hours_for_contact_are_followed_by_as_many_hours_for_the_outcome()
    {
        var story = CaseStory.Open("berkshire-west-disagreement", "2026-10-12 09:00").ToStage("1");
        Assert.Equal("2026-10-14 17:00", Due(story));
        story.Until("2026-10-14 11:00").Do(Commands.ContactMade(Sample.Raising));
        Assert.Equal("2026-10-15 17:00", Due(story));
        Assert.Equal("1", story.Until("2026-10-16 12:00").Case.Stage.Id);
    }

    [Fact]
    public void At_Surreys_last_stage_the_Heads_are_asked_for_the_referral_and_the_Board_and_its_representatives_for_the_outcome()
    {
        var story = CaseStory.Open("surrey-adults", "2026-10-12 09:00").ToStage("6");
        Assert.Equal((LimitFor.Referral, "2026-10-20 17:00"), (story.Case.Stage.For, Due(story)));
        Assert.Equal(
            [
                "childrens-services/partnershipRepresentative",
                "oak-primary/director",
                "oak-primary/headOfService",
                "oak-primary/partnershipRepresentative",
                "surrey-adults/board",
            ],
            story
                .Case.Notices.Where(n => n.Queued is { Stage: "6", Action: NoticeAction.Outcome })
                .Select(n => n.Queued.Contact)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            Outcomes.Referred,
            AllowedOutcomes.For(story.Case, story.Rules, "6", Sample.Raising, story.Now).Select(o => o.Id)
        );
        Assert.DoesNotContain(
            Outcomes.Referred,
            AllowedOutcomes.For(story.Case, story.Rules, "6", Sample.Receiving, story.Now).Select(o => o.Id)
        );
    }

    [Fact]
    public void A_matter_that_was_not_referred_is_reminded_of_and_not_overdue()
    {
        var story = CaseStory.Open("surrey-adults", "2026-10-12 09:00").ToStage("6").Until("2026-10-20 17:00");
        Assert.Equal(
            [
                "childrens-services/partnershipRepresentative",
                "intake/raisedBy",
                "oak-primary/director",
                "oak-primary/headOfService",
                "oak-primary/partnershipRepresentative",
                "surrey-adults/board",
                "surrey-adults/businessManager",
            ],
            Told(story, NoticeKinds.Overdue)
        );
        var row = TrackerRow.Of(story.Document, story.Rules.Policy);
        Assert.Equal((null, "2026-10-20 17:00"), (row.Deadline, UkTime.Text(row.ReferBy!.Value)));
    }

    [Fact]
    public void Once_it_is_referred_no_limit_runs_and_the_Board_and_its_representatives_are_reminded_every_five_working_days()
    {
        var story = CaseStory.Open("surrey-adults", "2026-10-12 09:00").ToStage("6").Until("2026-10-21 10:00");
        Assert.Equal("done", story.Record(Outcomes.Referred, Sample.Raising));
        Assert.Equal(
            (true, null, null),
            (story.Case.Stage.IsWithoutLimit, story.Case.Stage.DeadlineInForce, story.Case.Stage.MissedAt)
        );
        var row = TrackerRow.Of(story.Document, story.Rules.Policy);
        Assert.Equal((null, null, "2026-10-28 09:00"), (row.Deadline, row.ReferBy, UkTime.Text(row.ReviewAt!.Value)));
        story.Until("2026-10-28 09:00");
        Assert.Equal(
            [
                "childrens-services/partnershipRepresentative",
                "oak-primary/partnershipRepresentative",
                "surrey-adults/board",
            ],
            Told(story, NoticeKinds.Reminder)
        );
        story.Until("2027-10-28 09:00");
        Assert.True(story.Case.IsOpen);
        Assert.Single(story.History, e => e.Event is DeadlineMissed { Stage: "6" });
        Assert.Equal("done", story.Record(Outcomes.Decided, "surrey-adults"));
        Assert.False(story.Case.Stage.Late);
    }

    [Fact]
    public void At_Suffolks_MASH_only_the_referrer_takes_it_to_the_Practice_Manager()
    {
        var story = CaseStory.Open("suffolk-mash", "2026-09-25 11:00").Until("2026-11-20");
        Assert.Equal("1", story.Case.Stage.Id);
        Assert.DoesNotContain(
            story.Case.Notices,
            n => n.Queued.Contact.EndsWith("practiceManager", StringComparison.Ordinal)
        );
        Assert.Contains(
            story.Case.Notices,
            n => n.Queued is { Contact: "intake/raisedBy", Kind: NoticeKinds.StageOpened, Action: NoticeAction.Outcome }
        );
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, Sample.Receiving));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("2", story.Case.Stage.Id);
    }

    private static string Due(CaseStory story) => UkTime.Text(story.Case.Stage.DeadlineInForce!.Value);

    /// <summary>Who was told with what happened last, in order of their ids.</summary>
    private static IEnumerable<string> Told(CaseStory story, string kind) =>
        story
            .LatestEvents.OfType<NoticeQueued>()
            .Where(n => n.Kind == kind)
            .Select(n => n.Contact)
            .Distinct()
            .Order(StringComparer.Ordinal);
}
