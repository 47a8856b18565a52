using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Stop and Review. Stage 1 opens on Monday 12 October 2026 at 09:00 and ends on Thursday 15 at 17:00.</summary>
public sealed class HoldTests
{
    [Theory]
    [InlineData("2026-10-12 11:00", "2026-10-14 10:00", "2026-10-19")] // three days left on Monday: Thursday, Friday, Monday
    [InlineData("2026-10-12 11:00", "2026-10-12 15:00", "2026-10-15")] // the same day: nothing moves
    [InlineData("2026-10-14 18:00", "2026-10-20 10:00", "2026-10-21")] // one day left on Wednesday
    [InlineData("2026-10-15 16:59", "2026-10-16 10:00", "2026-10-16")] // none left: the close of the day it goes on
    [InlineData("2026-10-15 16:59", "2026-10-16 17:00", "2026-10-19")] // none left, and that close has passed
    [InlineData("2026-10-15 16:59", "2026-10-17 10:00", "2026-10-19")] // none left, on a Saturday
    public void A_working_day_limit_keeps_the_whole_working_days_left_after_the_holds_day(
        string held,
        string resumed,
        string deadline
    )
    {
        var story = Held(held).Until(resumed);
        Assert.Equal("done", story.Do(Commands.Resume(Sample.Raising)));
        Assert.Equal(
            (CaseStatus.Open, deadline + " 17:00"),
            (story.Case.Status, UkTime.Text(story.Case.Stage.Deadline!.At))
        );
    }

    [Fact]
    public void The_other_agency_neither_holds_nor_quiets_an_internal_stage()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Record(Outcomes.Escalate, Sample.Raising);
        Assert.Equal("2", story.Case.Stage.Id);
        foreach (
            var move in new CaseCommand[]
            {
                Commands.Hold(Sample.Receiving),
                Commands.ContactMade(Sample.Receiving),
                Commands.SendAgain(Sample.Receiving),
            }
        )
            Assert.Equal(Codes.NotAllowed, story.Do(move));
        Assert.Equal("done", story.Do(Commands.Hold(Sample.Raising)));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Resume(Sample.Receiving)));
    }

    [Fact]
    public void No_deadline_is_missed_and_no_reminder_sent_during_a_hold()
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-26 16:59");
        Assert.Equal(("1", CaseStatus.OnHold), (story.Case.Stage.Id, story.Case.Status));
        Assert.DoesNotContain(story.History, e => e.Event is DeadlineMissed or ReminderDue);
    }

    [Theory]
    [InlineData("2026-10-12 11:00", "2026-10-26 17:00", 10, "2026-10-29 17:00")]
    [InlineData("2026-10-12 11:00", "2026-10-28 08:00", 12, "2026-11-02 17:00")] // the host slept: the days left are still left
    [InlineData("2026-10-15 16:59", "2026-10-29 17:00", 10, "2026-10-30 17:00")]
    public void After_ten_working_days_a_hold_ends_by_itself_and_its_stage_goes_on_which_everybody_is_told(
        string held,
        string woken,
        int days,
        string deadline
    )
    {
        var story = Held(held).Sleep(woken).Wake();
        var ended = story.LatestEvents.OfType<HoldEnded>().Single();
        Assert.Equal((HoldEnding.Limit, days), (ended.How, ended.WorkingDaysHeld));
        Assert.Equal((CaseStatus.Open, deadline), (story.Case.Status, UkTime.Text(story.Case.Stage.Deadline!.At)));
        Assert.Equal(
            [
                "childrens-services/lineManager",
                "childrens-services/safeguardingLead",
                "childrens-services/serviceManager",
                "intake/raisedBy",
                "intake/receivedBy.0",
                "oak-primary/lineManager",
                "oak-primary/safeguardingLead",
                "oak-primary/serviceManager",
                "suffolk/businessManager",
            ],
            story
                .LatestEvents.OfType<NoticeQueued>()
                .Where(n => n.Kind == NoticeKinds.HoldEnded)
                .Select(n => n.Contact)
                .Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(story.LatestEvents, e => e is HoldReviewDue or DeadlineMissed);
    }

    [Fact]
    public void A_hold_wakes_the_case_at_the_close_of_its_tenth_working_day()
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-26 16:59");
        Assert.Equal("2026-10-26 17:00", UkTime.Text(story.NextWake!.Value));
        story.Until("2026-10-26 17:00");
        Assert.Equal(CaseStatus.Open, story.Case.Status);
    }

    [Fact]
    public void The_review_reminds_at_nine_on_its_day_and_then_every_working_day()
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-21");
        Assert.Equal(
            ["2026-10-19 09:00", "2026-10-20 09:00", "2026-10-21 09:00"],
            story.History.Where(e => e.Event is HoldReviewDue).Select(e => UkTime.Text(e.At))
        );
        Assert.Contains(
            story.Case.Notices,
            n => n.Queued is { Kind: NoticeKinds.HoldReview, Contact: "suffolk/businessManager" }
        );
    }

    [Fact]
    public void A_hold_stands_among_the_overdue_from_the_close_of_its_reviews_day_until_it_ends()
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-20 09:00");
        var row = TrackerRow.Of(story.Document, story.Rules.Policy);
        Assert.Equal("2026-10-19 17:00", UkTime.Text(row.OverdueAt!.Value));
        Assert.Equal(row.OverdueAt, row.SortAt);
        Assert.Null(row.Deadline);
        Assert.Equal(Urgency.OnHold, UrgencyOfCases.Of(row, story.Rules.Calendar, UkTime.At("2026-10-19 16:59")));
        Assert.Equal(Urgency.Overdue, UrgencyOfCases.Of(row, story.Rules.Calendar, UkTime.At("2026-10-19 17:00")));
        story.Do(Commands.Resume(Sample.Raising));
        Assert.Equal(story.Case.Stage.Deadline!.At, TrackerRow.Of(story.Document, story.Rules.Policy).OverdueAt);
    }

    [Theory]
    [InlineData("2026-10-26", "done")]
    [InlineData("2026-10-27", Codes.Invalid)]
    [InlineData("2026-10-17", Codes.Invalid)]
    [InlineData("2026-10-12", Codes.Invalid)]
    public void The_review_is_on_a_working_day_within_ten(string reviewOn, string answer) =>
        Assert.Equal(answer, Opened().Do(Commands.Hold(Sample.Raising, reviewOn)));

    [Fact]
    public void A_hold_needs_a_manager_consulted_a_reason_and_who_asked()
    {
        var story = Opened();
        Assert.Equal(Codes.Invalid, story.Do(Commands.Hold(Sample.Raising) with { ManagerConsulted = false }));
        Assert.Equal(Codes.Invalid, story.Do(Commands.Hold(Sample.Raising) with { Reason = " " }));
        Assert.Equal(Codes.Invalid, story.Do(Commands.Hold(Sample.Raising) with { AskedBy = null }));
    }

    [Fact]
    public void A_hold_is_refused_under_imminent_risk() =>
        Assert.Equal(
            Codes.NotAllowed,
            CaseStory
                .Open("suffolk", "2026-10-12 09:00", o => o with { ImminentRisk = true })
                .Do(Commands.Hold(Sample.Raising))
        );

    [Fact]
    public void Only_Suffolk_holds() =>
        Assert.All(
            Sample.Policies.Where(p => p != "suffolk"),
            p => Assert.Equal(Codes.NotAllowed, CaseStory.Open(p, "2026-10-12 09:00").Do(Commands.Hold(Sample.Raising)))
        );

    [Fact]
    public void A_stage_that_the_policy_does_not_hold_is_not_held()
    {
        var own = OwnDocument.Of(
            "suffolk",
            d =>
            {
                d["version"] = Core.Policies.Policy.FirstOwnVersion;
                d["hold"]!["stages"] = new System.Text.Json.Nodes.JsonArray("1", "4");
            }
        );
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            rules: Sample.Rules("suffolk") with
            {
                Policy = OwnDocument.Read(own),
            }
        );
        story.Record(Outcomes.Escalate, Sample.Raising);
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Hold(Sample.Raising)));
        Assert.Contains("not allowed at stage 2", story.Refused!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cap_moves_by_the_working_days_held()
    {
        // Stage 1 discussed and closed on Monday 12; held at stage 2 from Tuesday to Friday: three working days.
        var story = Opened();
        story.Record(Outcomes.Escalate, Sample.Raising);
        story.Until("2026-10-13 10:00").Do(Commands.Hold(Sample.Raising));
        story.Until("2026-10-16 10:00").Do(Commands.Resume(Sample.Raising));
        Assert.Equal("2026-10-16 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
        story.Until("2026-10-19");
        // Stage 4 opens on Monday 19: its own three days end on Thursday 22, five days after the 12th with three held too.
        Assert.Equal(("4", "2026-10-22 17:00"), (story.Case.Stage.Id, UkTime.Text(story.Case.Stage.Deadline.At)));
        Assert.Equal("2026-10-22 17:00", UkTime.Text(story.Case.Stage.Deadline.Explanation.Cap!.At!.Value));
    }

    [Theory]
    [InlineData("2026-10-14 10:00", "2026-10-14", "2026-10-21")] // resumed and discussed on Wednesday: no day was held after it
    [InlineData("2026-10-14 10:00", "2026-10-13", "2026-10-21")] // Wednesday was held after Tuesday's discussion
    [InlineData("2026-10-16 10:00", "2026-10-16", "2026-10-23")] // four days held, all before the discussion
    [InlineData("2026-10-16 10:00", "2026-10-13", "2026-10-23")] // Wednesday to Friday
    public void Only_days_held_after_a_caps_anchor_move_the_cap(string resumed, string discussed, string cap)
    {
        var story = Held("2026-10-12 11:00").Until(resumed);
        Assert.Equal("done", story.Do(Commands.Resume(Sample.Raising)));
        Assert.Equal(
            "done",
            story.Record(Outcomes.Escalate, Sample.Raising, m => m with { DiscussedOn = UkTime.Day(discussed) })
        );
        Assert.Equal("done", story.Do(Commands.Skip(Sample.Raising, "4")));
        Assert.Equal(cap + " 17:00", UkTime.Text(story.Case.Stage.Deadline!.Explanation.Cap!.At!.Value));
    }

    [Fact]
    public void A_hold_at_the_capped_stage_moves_its_cap()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Record(Outcomes.Escalate, Sample.Raising);
        story.Do(Commands.Skip(Sample.Raising, "4"));
        story.Until("2026-10-13 10:00").Do(Commands.Hold(Sample.Raising));
        story.Until("2026-10-20 10:00").Do(Commands.Resume(Sample.Raising));
        // Two of the stage's own days were left: Thursday 22; the cap of Monday 19 moved by five to the 26th.
        Assert.Equal("2026-10-22 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
        Assert.Equal("2026-10-26 17:00", UkTime.Text(story.Case.Stage.Deadline.Explanation.Cap!.At!.Value));
    }

    [Fact]
    public void A_hold_of_stage_1_on_the_day_of_its_discussion_moves_the_cap_by_the_days_after_it()
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-14 10:00");
        story.Record(Outcomes.Escalate, Sample.Raising, m => m with { DiscussedOn = UkTime.Day("2026-10-12") });
        story.Do(Commands.Skip(Sample.Raising, "4"));
        Assert.Equal("2026-10-21 17:00", UkTime.Text(story.Case.Stage.Deadline!.Explanation.Cap!.At!.Value));
    }

    [Fact]
    public void Unresolved_on_a_child_protection_plan_goes_to_stage_4()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { Circumstances = ["childProtectionPlan"] }
        );
        story.Do(Commands.Hold(Sample.Raising));
        Assert.Equal("done", story.Until("2026-10-19 10:00").Do(Commands.Resume(Sample.Raising, "unresolved")));
        Assert.Equal(("4", OpenedBecause.Review), (story.Case.Stage.Id, story.Case.Stage.Because));
        Assert.Equal((false, ClosedBy.Person), (story.Case.Stages[0].Late, story.Case.Stages[0].By));
        Assert.Equal(["2", "3"], story.LatestEvents.OfType<StagesSkipped>().Single().Skipped);
    }

    [Fact]
    public void Unresolved_otherwise_lets_the_clock_go_on()
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-19 10:00");
        story.Do(Commands.Resume(Sample.Raising, "unresolved"));
        Assert.Equal(("1", "2026-10-22 17:00"), (story.Case.Stage.Id, UkTime.Text(story.Case.Stage.Deadline!.At)));
    }

    [Theory]
    [InlineData(Sample.Raising, CaseStatus.Resolved)]
    [InlineData(Sample.Receiving, CaseStatus.AwaitingConfirmation)]
    public void An_outcome_during_a_hold_counts_is_in_time_and_ends_it(string by, string status)
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-22 10:00");
        Assert.Equal("done", story.Record(Outcomes.Resolved, by));
        Assert.Equal((status, false), (story.Case.Status, story.Case.Stage.Late));
        Assert.True(story.LatestEvents.OfType<OutcomeRecorded>().Single().InTime);
        Assert.Equal(HoldEnding.Outcome, story.LatestEvents.OfType<HoldEnded>().Single().How);
        Assert.Null(story.Case.Hold);
    }

    [Fact]
    public void Disputed_after_a_hold_the_stage_goes_on_with_the_days_that_were_left()
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-22 10:00");
        story.Record(Outcomes.Resolved, Sample.Receiving);
        Assert.Equal("done", story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal(
            ("1", CaseStatus.Open, "2026-10-27 17:00"),
            (story.Case.Stage.Id, story.Case.Status, UkTime.Text(story.Case.Stage.Deadline!.At))
        );
    }

    [Fact]
    public void Urgency_ends_a_hold_and_the_clock_goes_on()
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-14 10:00");
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Receiving)));
        Assert.Equal(
            (CaseStatus.Open, "1", "2026-10-19 17:00"),
            (story.Case.Status, story.Case.Stage.Id, UkTime.Text(story.Case.Stage.Deadline!.At))
        );
        Assert.Equal(HoldEnding.Urgent, story.LatestEvents.OfType<HoldEnded>().Single().How);
    }

    [Theory]
    [InlineData(HoldEnding.Withdrawn, CaseStatus.Withdrawn, "1")]
    [InlineData(HoldEnding.Skipped, CaseStatus.Open, "5")]
    public void Withdrawn_or_skipped_while_on_hold_is_not_late(HoldEnding how, string status, string stage)
    {
        var story = Held("2026-10-12 11:00").Until("2026-10-26 10:00");
        Assert.Equal(
            "done",
            story.Do(how is HoldEnding.Skipped ? Commands.Skip(Sample.Raising, "5") : Commands.Withdraw(Sample.Raising))
        );
        Assert.Equal((status, stage, false), (story.Case.Status, story.Case.Stage.Id, story.Case.Stages[0].Late));
        Assert.Equal(how, story.LatestEvents.OfType<HoldEnded>().Single().How);
    }

    private static CaseStory Opened() => CaseStory.Open("suffolk", "2026-10-12 09:00");

    private static CaseStory Held(string at)
    {
        var story = Opened().Until(at);
        Assert.Equal("done", story.Do(Commands.Hold(Sample.Raising)));
        return story;
    }
}
