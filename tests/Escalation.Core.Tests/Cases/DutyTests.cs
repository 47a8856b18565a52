using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>What must be done after something happened: who owns it, and until when.</summary>
public sealed class DutyTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving;

    /// <summary>Rule, owner, due; opened on Monday 12 October 2026 at 09:00 and nobody answers.</summary>
    [Theory]
    [InlineData("suffolk", "2")]
    [InlineData("suffolk", "3", "escalationRecordForm oak-primary 2026-10-19 17:00")]
    [InlineData("sandwell", "2", "resolutionTemplate oak-primary 2026-10-23 17:00")]
    [InlineData(
        "sandwell",
        "4",
        "resolutionTemplate oak-primary 2026-10-23 17:00",
        "resolutionTemplateAtStage3 oak-primary 2026-10-30 17:00",
        "templateToDirector oak-primary ",
        "stage4Papers oak-primary 2026-11-06 17:00"
    )]
    [InlineData(
        "sefton",
        "2",
        "summaryLog oak-primary 2026-10-16 17:00",
        "summaryLog childrens-services 2026-10-16 17:00"
    )]
    [InlineData(
        "sefton",
        "3",
        "summaryLog oak-primary 2026-10-16 17:00",
        "summaryLog childrens-services 2026-10-16 17:00",
        "reportAtStep3 oak-primary 2026-10-20 17:00",
        "reportAtStep3 childrens-services 2026-10-20 17:00"
    )]
    [InlineData("surrey-adults", "6")]
    [InlineData("berkshire-west", "3")]
    public void Forms_fall_due_with_their_stages(string policy, string stage, params string[] expected) =>
        Assert.Equal(expected, Of(At(policy, stage)));

    [Theory]
    [InlineData("workingDays", 2, "2026-12-29 17:00")]
    [InlineData("calendarDays", 14, "2027-01-06 17:00")]
    [InlineData("hours", 24, "2026-12-24 10:00")]
    // Moved back from Saturday 23 January.
    [InlineData("months", 1, "2027-01-22 17:00")]
    public void A_duty_is_due_in_the_unit_that_the_policy_gives(string unit, int count, string due)
    {
        var duties = $$"""
            [{ "id": "report", "what": "Report it", "when": "stageOpened:1", "owner": "raising", "{{unit}}": {{count}},
               "basis": { "where": "Stage 1", "text": "It is reported" } }]
            """;
        var policy = OwnDocument.Read(OwnDocument.OfEssex(change: d => d["duties"] = JsonNode.Parse(duties)));
        var rules = Sample.Rules("sefton") with { Policy = policy };
        Assert.Equal([$"report {R} {due}"], Of(CaseStory.Open("sefton", "2026-12-23 10:00", rules: rules)));
    }

    /// <summary>Berkshire West, Stage Four: a case review is considered where it was not resolved, and where there are lessons.</summary>
    [Theory]
    [InlineData(null, 1)]
    [InlineData("Talk earlier.", 1)]
    public void What_two_rules_ask_in_the_same_words_after_one_outcome_is_owed_once(string? lessons, int owed)
    {
        var story = At("berkshire-west-disagreement", "4");
        Assert.Equal("done", story.Record(Outcomes.Decided, "berkshire-west", m => m with { Lessons = lessons }));
        Assert.Equal(
            owed,
            story.Case.Duties.Count(d => d.Rule.StartsWith("considerCaseReview", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Suffolks_form_is_due_once_however_stage_3_is_reached_or_passed_over()
    {
        var skipped = CaseStory.Open("suffolk", "2026-10-12 09:00");
        skipped.Do(Commands.Skip(R, "5"));
        Assert.Equal(["escalationRecordForm oak-primary 2026-10-14 17:00"], Of(skipped));
        var started = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { StartAtStage = "4", StartReason = "Held by phone." }
        );
        Assert.Equal(["escalationRecordForm oak-primary 2026-10-15 17:00"], Of(started));
        Assert.Equal(["escalationRecordForm oak-primary 2026-10-19 17:00"], Of(At("suffolk", "5")));
    }

    [Fact]
    public void Sandwell_confirms_an_agreed_outcome_within_two_working_days()
    {
        var story = At("sandwell", "1");
        story.Record(Outcomes.Resolved, R, m => m with { Actions = [] });
        Assert.Equal(["confirmationOfAgreement childrens-services 2026-10-15 17:00"], Of(story));
    }

    [Fact]
    public void Of_several_receiving_agencies_each_owes_what_the_receiving_side_owes()
    {
        var story = CaseStory.Open(
            "sandwell",
            "2026-10-12 09:00",
            o => o with { ReceivedBy = [.. o.ReceivedBy, Sample.Practitioner(Sample.Third, "Hal Health")] }
        );
        story.Record(Outcomes.Resolved, R, m => m with { Actions = [] });
        Assert.Equal(
            [
                "confirmationOfAgreement childrens-services 2026-10-14 17:00",
                "confirmationOfAgreement health-trust 2026-10-14 17:00",
            ],
            Of(story)
        );
    }

    [Fact]
    public void Sandwells_learning_from_the_meeting_goes_out_within_one_month_of_it()
    {
        // Discussed on Monday 9 November, recorded on Friday the 13th: Wednesday 9 December.
        var story = At("sandwell", "4").Until("2026-11-13 10:00");
        story.Record(
            Outcomes.Decided,
            "sandwell",
            m => m with { DiscussedOn = UkTime.Day("2026-11-09"), Lessons = "Talk earlier." }
        );
        Assert.Equal(
            [
                "confirmationOfDecision childrens-services 2026-11-17 17:00",
                "outcomeAndLearningOfDecision sandwell 2026-12-09 17:00",
                "learning oak-primary ",
            ],
            Of(story).Skip(4)
        );
        var told = story.LatestEvents.OfType<NoticeQueued>().Single(n => n.Kind == NoticeKinds.DutyArose);
        Assert.Equal("sandwell/businessManager", told.Contact);
    }

    [Fact]
    public void Sefton_is_followed_up_in_writing_by_both_at_every_step_also_when_it_was_not_settled()
    {
        var story = CaseStory.Open("sefton", "2026-10-12 09:00");
        story.Record(Outcomes.Escalate, R);
        Assert.Equal(
            [
                "writtenFollowUp oak-primary 2026-10-13 17:00",
                "writtenFollowUp childrens-services 2026-10-13 17:00",
                "summaryLog oak-primary 2026-10-14 17:00",
                "summaryLog childrens-services 2026-10-14 17:00",
            ],
            Of(story)
        );
    }

    [Fact]
    public void Sandwells_MARF_is_due_the_same_working_day()
    {
        var story = CaseStory.Open("sandwell", "2026-10-12 09:00", o => o with { ImminentRisk = true });
        Assert.Equal(["marf oak-primary 2026-10-12 17:00"], Of(story));
        Assert.Equal(
            ["marf oak-primary 2026-10-12 23:59"],
            Of(CaseStory.Open("sandwell", "2026-10-12 18:00", o => o with { ImminentRisk = true }))
        );
    }

    [Fact]
    public void The_template_is_the_head_of_services_to_forward_and_the_answer_to_the_referrer_the_MASHs()
    {
        var sandwell = At("sandwell", "3");
        var duty = Assert.Single(sandwell.Case.Duties, d => d.Rule == "templateToDirector");
        sandwell.Until(duty.RemindAt!.Value);
        Assert.Equal(
            ["oak-primary/headOfService", "oak-primary/headOfService"],
            sandwell.Case.Notices.Where(n => n.Queued.Duty == duty.Id).Select(n => n.Queued.Contact)
        );

        var surrey = CaseStory.Open("surrey-adults", "2026-10-12 09:00", o => o with { ImminentRisk = true });
        surrey.Until("2026-10-13 17:00");
        Assert.Equal(
            ["surrey-adults/businessManager", "surrey-adults/mash"],
            surrey
                .Case.Notices.Where(n =>
                    n.Queued.Duty is not null && n.Queued.Duty.StartsWith("mashInforms", StringComparison.Ordinal)
                )
                .Select(n => n.Queued.Contact)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Surreys_MASH_informs_the_referrer_in_a_working_day() =>
        Assert.Equal(
            ["mashInformsReferrer surrey-adults 2026-10-13 17:00"],
            Of(CaseStory.Open("surrey-adults", "2026-10-12 09:00", o => o with { ImminentRisk = true }))
        );

    [Theory]
    [InlineData("08:59", "2026-10-12", "2026-10-12 09:00")]
    [InlineData("09:00", "2026-10-12", null)]
    [InlineData("16:00", "2026-10-12", null)]
    [InlineData("16:00", "2026-10-13", "2026-10-13 09:00")]
    [InlineData("16:00", "2026-10-18", "2026-10-16 09:00")]
    public void A_duty_reminds_on_the_morning_of_its_day_and_not_once_that_has_passed(
        string recorded,
        string due,
        string? reminds
    )
    {
        var story = CaseStory.Open("sandwell", "2026-10-12 08:00").Until($"2026-10-12 {recorded}");
        Assert.Equal(
            "done",
            story.Record(Outcomes.Resolved, R, m => m with { Actions = [new("Visit", "Cam", C, UkTime.Day(due))] })
        );
        var duty = story.Case.Duties.Single(d => d.Rule == "action");
        Assert.Equal(reminds, duty.RemindAt is { } at ? UkTime.Text(at) : null);
        story.Until($"{due} 17:00");
        Assert.Equal(reminds is null ? 0 : 1, story.History.Count(e => e.Event is DutyReminded r && r.Id == duty.Id));
        Assert.Single(story.History, e => e.Event is DutyOverdue o && o.Id == duty.Id);
    }

    [Fact]
    public void Even_after_the_end_the_record_keeper_checks_an_action_at_its_date_both_reminded_that_morning_then_overdue()
    {
        var story = WithAction("2026-10-20");
        Assert.Equal(["action oak-primary 2026-10-20 17:00"], Of(story));
        Assert.Equal(("Visit", C), (story.Case.Duties[0].Action!.What, story.Case.Duties[0].Addressee));
        story.Until("2026-10-20 09:00");
        Assert.Equal(
            ["dutyReminder intake/raisedBy", "dutyReminder intake/receivedBy.0"],
            story.LatestEvents.OfType<NoticeQueued>().Select(n => $"{n.Kind} {n.Contact}")
        );
        Assert.Equal("open", story.Case.Duties[0].Status);
        story.Until("2026-10-20");
        Assert.Equal("overdue", story.Case.Duties[0].Status);
        Assert.Contains(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n is { Kind: NoticeKinds.DutyOverdue, Contact: "suffolk/businessManager" }
        );
        Assert.Null(story.NextWake);
    }

    [Fact]
    public void A_host_that_slept_past_a_dutys_day_tells_that_it_is_overdue_and_reminds_of_nothing()
    {
        var story = WithAction("2026-10-20").Sleep("2026-10-21 08:00").Wake();
        Assert.Single(story.History, e => e.Event is DutyOverdue);
        Assert.DoesNotContain(story.History, e => e.Event is DutyReminded);
    }

    [Fact]
    public void A_duty_without_a_date_reminds_on_the_fifth_morning_after_it_arose_and_is_never_overdue()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        Assert.Equal(
            "done",
            story.Record(Outcomes.Resolved, R, m => m with { Actions = [], Lessons = "Talk earlier." })
        );
        var learning = Assert.Single(story.Case.Duties);
        Assert.Equal((null, "2026-10-19 09:00"), (learning.Due, UkTime.Text(learning.RemindAt!.Value)));
        story.Until("2027-01-01");
        Assert.Equal(
            ["2026-10-19 09:00"],
            story.History.Where(e => e.Event is DutyReminded).Select(e => UkTime.Text(e.At))
        );
        Assert.Equal("open", story.Case.Duties[0].Status);
    }

    [Fact]
    public void Duties_are_chased_at_those_whom_the_stage_they_arose_at_asked()
    {
        var story = At("sandwell", "1");
        Assert.Equal(
            "done",
            story.Record(
                Outcomes.Escalate,
                R,
                m => m with { Actions = [new("Visit", "Cam", C, UkTime.Day("2026-10-30"))] }
            )
        );
        story.ToStage("3");
        story.Until("2026-10-30 09:00");
        Assert.Equal(
            ["dutyReminder childrens-services/lineManager", "dutyReminder oak-primary/lineManager"],
            story
                .History.Where(e => e.At == story.Now)
                .Select(e => e.Event)
                .OfType<NoticeQueued>()
                .Where(n =>
                    n.Kind == NoticeKinds.DutyReminder && n.Duty!.StartsWith("action", StringComparison.Ordinal)
                )
                .Select(n => $"{n.Kind} {n.Contact}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("lookedAfter", 1)]
    [InlineData("childProtectionPlan", 1)]
    public void A_duty_for_several_circumstances_arises_in_any_of_them(string? circumstance, int duties)
    {
        var own = OwnDocument.Of(
            "sandwell",
            d =>
            {
                d["version"] = Core.Policies.Policy.FirstOwnVersion;
                var rule = d["duties"]!.AsArray().Single(r => (string?)r!["id"] == "marf")!;
                rule["circumstances"] = new System.Text.Json.Nodes.JsonArray("childProtectionPlan", "lookedAfter");
            }
        );
        var rules = Sample.Rules("sandwell") with { Policy = OwnDocument.Read(own) };
        string[] circumstances = circumstance is null ? [] : [circumstance];
        var story = CaseStory.Open(
            "sandwell",
            "2026-10-12 09:00",
            o => o with { ImminentRisk = true, Circumstances = circumstances },
            rules
        );
        Assert.Equal(duties, story.Case.Duties.Count(d => d.Rule == "marf"));
    }

    [Theory]
    [InlineData(C, C)]
    [InlineData(R, R)]
    [InlineData(null, R)]
    public void The_record_keepers_duty_is_whose_the_outcome_says_and_else_of_who_raised_the_concern(
        string? keeper,
        string owner
    )
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        Assert.Equal(
            "done",
            story.Record(Outcomes.Escalate, R, m => m with { RecordKeeper = keeper, Lessons = "Talk earlier." })
        );
        Assert.Equal(owner, story.Case.Duties.Single(d => d.Rule == "learning").Owner);
    }

    [Theory]
    [InlineData(R)]
    [InlineData(C)]
    public void A_record_keeper_who_is_a_person_is_of_the_agency_that_recorded_the_outcome(string recorder)
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        Assert.Equal(
            "done",
            story.Record(
                Outcomes.Escalate,
                recorder,
                m => m with { RecordKeeper = "Pat Keeper", Lessons = "Talk earlier." }
            )
        );
        Assert.Equal(recorder, story.Case.Duties.Single(d => d.Rule == "learning").Owner);
    }

    [Fact]
    public void The_lessons_of_a_late_answer_count_once_it_is_adopted()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Until("2026-10-20 09:00");
        Assert.Equal(
            "stageClosed",
            story.Record(Outcomes.Escalate, R, m => m with { Stage = "1", Lessons = "Talk earlier." })
        );
        Assert.DoesNotContain(story.Case.Duties, d => d.Rule == "learning");
        Assert.Equal("done", story.Do(Commands.Adopt(R, story.Case.LateResponses[^1].Number)));
        Assert.Single(story.Case.Duties, d => d.Rule == "learning");
    }

    [Fact]
    public void Blanks_are_no_lesson()
    {
        var story = CaseStory.Open("sefton", "2026-10-12 09:00");
        Assert.Equal("done", story.Record(Outcomes.Escalate, R, m => m with { Lessons = "  " }));
        Assert.False(story.LatestEvents.OfType<OutcomeRecorded>().Single().Lessons);
    }

    [Theory]
    [InlineData("2026-10-19 10:00", "2026-10-19", true)]
    [InlineData("2026-10-22 10:00", "2026-10-20", true)]
    [InlineData("2026-10-22 10:00", "2026-10-21", false)]
    public void Done_in_or_out_of_time_by_the_day_it_was_completed(string at, string on, bool inTime)
    {
        var story = WithAction("2026-10-20").Until(at);
        Assert.Equal("done", story.Do(Commands.Complete(R, story.Case.Duties[0].Id, on)));
        Assert.Equal(("done", inTime), (story.Case.Duties[0].Status, story.Case.Duties[0].InTime));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Complete(R, story.Case.Duties[0].Id, on)));
        Assert.Empty(story.Until("2026-11-30").LatestEvents.OfType<DutyOverdue>());
    }

    [Fact]
    public void A_duty_that_was_done_late_is_overdue_on_the_tracker_no_more()
    {
        var story = WithAction("2026-10-20").Until("2026-10-22 10:00");
        Assert.Equal((1, 1), OnTheTracker());
        Assert.Equal("done", story.Do(Commands.Complete(R, story.Case.Duties[0].Id, "2026-10-22")));
        Assert.Equal((0, 0), OnTheTracker());

        (int Open, int Overdue) OnTheTracker()
        {
            var row = TrackerRow.Of(story.Document, story.Rules.Policy);
            return (row.DutiesOpen, row.DutiesOverdue);
        }
    }

    [Fact]
    public void A_duty_is_not_done_in_the_future()
    {
        var story = WithAction("2026-10-20");
        Assert.Equal(Codes.Invalid, story.Do(Commands.Complete(R, story.Case.Duties[0].Id, "2026-10-13")));
    }

    private static CaseStory WithAction(string due)
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Record(
            Outcomes.Resolved,
            R,
            m => m with { Actions = [m.Actions[0] with { Agency = C, Due = UkTime.Day(due) }] }
        );
        return story;
    }

    private static IEnumerable<string> Of(CaseStory story) =>
        story.Case.Duties.Select(d => $"{d.Rule} {d.Owner} {(d.Due is { } due ? UkTime.Text(due) : "")}");

    private static CaseStory At(string policy, string stage)
    {
        var story = CaseStory.Open(policy, "2026-10-12 09:00");
        story.ToStage(stage);
        return story;
    }
}
