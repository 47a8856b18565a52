using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Procedures;

/// <summary>Cases to their end under procedures that each have a shape of rule that few others have.</summary>
public sealed class ProcedureShapesTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving;

    [Fact]
    public void In_Sutton_a_dissent_that_is_recorded_only_opens_nothing_and_the_answer_gives_the_texts_route()
    {
        var refused = Assert.IsType<Decision.Refused>(
            Procedure.Try("sutton-dissent", "2026-12-23 10:00", o => o with { Fields = Choice("recordedOnly") })
        );
        Assert.Equal((Codes.NotThisProcess, null), (refused.Why.Code, refused.Why.Policy));
        Assert.StartsWith("A dissent that is recorded only", refused.Why.Reason, StringComparison.Ordinal);
        var unanswered = Assert.IsType<Decision.Refused>(
            Procedure.Try("sutton-dissent", "2026-12-23 10:00", o => o with { Named = Named("seniorConferenceChair") })
        );
        Assert.Equal(["fields.choice"], unanswered.Why.Errors!.Keys);
    }

    [Fact]
    public void In_Sutton_a_dissent_is_taken_further_once_the_own_lead_agrees_and_the_senior_chair_answers_it()
    {
        var story = Procedure.Opened(
            "sutton-dissent",
            "2026-12-23 10:00",
            o => o with { Fields = Choice("takenFurther"), Named = Named("seniorConferenceChair") }
        );
        Assert.Equal([$"{R}/safeguardingLead"], Procedure.Asked(story));
        // The other agency does not know of it yet.
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, C));
        Assert.Equal(
            Codes.Invalid,
            story.Record(
                Outcomes.Escalate,
                R,
                m => m with { Fields = new Dictionary<string, string> { ["agreed"] = "no" } }
            )
        );
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/safeguardingManager", "named/seniorConferenceChair"], Procedure.Asked(story));
        Assert.Equal(["form oak-primary 2026-12-24 17:00"], Duties(story));
        Assert.Equal("done", story.Until("2026-12-30 10:00").Record(Outcomes.Responded, C));
        Assert.Equal(("2", true), Procedure.Stage(story));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Decided, R));
        Assert.Equal("done", story.Record(Outcomes.Decided, "sutton", By("named/seniorConferenceChair")));
        Procedure.HasEnded(story, CaseStatus.Decided, "2");
    }

    private static Dictionary<string, string> Choice(string choice) => new() { ["choice"] = choice };

    [Fact]
    public void In_Hertfordshire_a_theme_names_nobody_and_ends_in_agreement_or_without_and_nobody_decides()
    {
        var story = Procedure.Opened(
            "hertfordshire",
            "2026-10-12 10:00",
            o => o with { Person = new Person("theme", null, null, null), Nature = ["resources"] }
        );
        Assert.Equal(("theme", (string?)null), (story.Case.PersonKind, story.Case.Intake!.Person!.Name));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal(
            [$"{C}/lineManager", $"{C}/safeguardingLead", $"{R}/lineManager", $"{R}/safeguardingLead"],
            Procedure.Asked(story)
        );
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Decided, "hertfordshire"));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.WithoutAgreement, R));
        Assert.Equal("done", story.Record(Outcomes.Resolved, C, m => m with { Actions = [] }));
        Assert.Equal("done", story.Do(Commands.Confirm(R)));
        Procedure.HasEnded(story, CaseStatus.Resolved, "2");
        Assert.Equal([$"tracking {C} ", $"tracking {R} "], Duties(story).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("child", "mash")]
    [InlineData("adult", "singlePointOfAccess")]
    public void In_North_East_Lincolnshire_the_urgent_contact_is_by_the_kind_of_person(string kind, string contact)
    {
        var story = Procedure.Opened(
            "north-east-lincolnshire",
            "2026-10-12 10:00",
            o => o with { ImminentRisk = true, Person = o.Person! with { Kind = kind } }
        );
        var told = Procedure.Told(story, NoticeKinds.Urgent).ToList();
        Assert.Contains($"north-east-lincolnshire/{contact}", told);
        Assert.Single(
            told,
            c => c.EndsWith("/mash", StringComparison.Ordinal) || c.EndsWith("Access", StringComparison.Ordinal)
        );
        // The procedure goes on beside it.
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/lineManager", $"{R}/lineManager"], Procedure.Asked(story));
        Assert.Equal("done", story.Record(Outcomes.Resolved, R));
        Procedure.HasEnded(story, CaseStatus.Resolved, "2");
    }

    [Fact]
    public void In_Perth_and_Kinross_the_clock_goes_by_Scotlands_bank_holidays_to_the_senior_managers()
    {
        var story = Procedure.Opened("perth-and-kinross", "2026-11-27 10:00");
        // In England and Wales it would be Friday 4 December.
        Assert.Equal("2026-12-07 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        story.Until("2026-12-07 17:00");
        Assert.Equal(
            [$"{C}/lineManager", $"{C}/safeguardingSupervisor", $"{R}/lineManager", $"{R}/safeguardingSupervisor"],
            Procedure.Asked(story)
        );
        Assert.Equal(("3", true), Procedure.Stage(story.Until("2026-12-14 17:00")));
        // Reminded every five working days: 15, 16, 17, 18, 21; 22, 23, 24, 29, 30; 31 December, 5, 6, 7, 8 January.
        story.Until("2027-01-08 09:00");
        Assert.Equal(
            ["2026-12-21 09:00", "2026-12-30 09:00", "2027-01-08 09:00"],
            story.History.Where(e => e.Event is ReminderDue { Stage: "3" }).Select(e => UkTime.Text(e.At))
        );
        Assert.Equal("done", story.Record(Outcomes.NoLongerDisagrees, R));
        Procedure.HasEnded(story, CaseStatus.Withdrawn, "3");
    }

    [Fact]
    public void In_Wirral_the_manager_is_asked_within_a_day_a_protective_time_wins_and_each_end_has_its_form()
    {
        var story = Procedure.Opened(
            "wirral",
            "2026-12-23 10:00",
            o =>
                o with
                {
                    Dates = new Dictionary<string, GivenDay> { ["protectiveTime"] = new(UkTime.Day("2026-12-30")) },
                }
        );
        Assert.Equal("2026-12-24 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        story.Until("2026-12-24 17:00");
        Assert.Equal([$"{C}/lineManager", $"{R}/lineManager"], Procedure.Asked(story));
        Assert.Equal("2026-12-30 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        Assert.Equal(("2", true), Procedure.Stage(story.Until("2026-12-30 17:00")));
        Assert.Equal(["wirral/businessManager"], Procedure.Told(story, NoticeKinds.Told));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/boardMember", $"{R}/boardMember"], Procedure.Asked(story));
        Assert.Equal(["wirral/businessManager"], Procedure.Told(story, NoticeKinds.Told));
        Assert.Equal("done", story.Record(Outcomes.Resolved, R, m => m with { Actions = [] }));
        Procedure.HasEnded(story, CaseStatus.Resolved, "3");
        Assert.Equal(
            [
                $"childsFile {C} ",
                $"childsFile {R} ",
                $"escalationForm2 {R} ",
                $"proforma3 {R} ",
                $"resolutionForm {R} ",
                $"triggeringForm {R} ",
            ],
            Duties(story).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void In_Waltham_Forest_the_head_chooses_whether_the_partners_or_the_steering_group_take_it_up()
    {
        var partners = Disputed();
        Assert.Equal("done", partners.Record(Outcomes.Escalate, C));
        Assert.Equal(["waltham-forest/mashPartner"], Procedure.Asked(partners));
        var group = Disputed();
        Assert.Equal(Codes.Invalid, group.Record(Outcomes.Escalate, C, m => m with { To = "1" }));
        Assert.Equal("done", group.Record(Outcomes.Escalate, C, m => m with { To = "4" }));
        Assert.Equal(["waltham-forest/mashSteeringGroup"], Procedure.Asked(group));
        Assert.Contains(group.LatestEvents, e => e is StagesSkipped { Skipped: ["3"] });
        Assert.Equal(Codes.NotAllowed, group.Record(Outcomes.Decided, C));
        Assert.Equal("done", group.Record(Outcomes.Decided, "waltham-forest"));
        Procedure.HasEnded(group, CaseStatus.Decided, "4");
        // Or the head settles it in the MASH, once whoever disputed it agrees.
        var settled = Disputed();
        Assert.Equal("done", settled.Record(Outcomes.Resolved, C));
        Assert.Equal("done", settled.Do(Commands.Confirm(R)));
        Procedure.HasEnded(settled, CaseStatus.Resolved, "2");
    }

    /// <summary>Not settled by the MASH manager, and taken to the head in writing.</summary>
    private static CaseStory Disputed()
    {
        var story = Procedure.Opened("waltham-forest-mash", "2026-10-12 10:00");
        Assert.Equal([$"{C}/mashManager", "intake/raisedBy"], Procedure.Asked(story));
        Assert.Equal(("1", true), Procedure.Stage(story));
        Assert.Equal("done", story.Do(Commands.SetDate(R, "bestInterest", "2026-10-14")));
        Assert.Equal("2026-10-14 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        Assert.Equal(Codes.NotAllowed, story.Until("2026-10-14 10:00").Record(Outcomes.Escalate, C));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/headOfSafeguarding"], Procedure.Asked(story));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, R));
        return story;
    }

    [Fact]
    public void In_Pan_Dorset_a_conference_matter_goes_by_its_own_way_and_from_its_chair_to_the_complaints_procedure()
    {
        var refused = Assert.IsType<Decision.Refused>(
            Procedure.Try("pan-dorset", "2026-10-12 10:00", o => o with { Nature = ["conferenceNeed"] })
        );
        Assert.Equal((Codes.NotThisProcess, "pan-dorset-conference"), (refused.Why.Code, refused.Why.Policy));
        var story = Procedure.Opened("pan-dorset-conference", "2026-10-12 10:00");
        Assert.Equal([$"{C}/conferenceChair", "intake/raisedBy"], Procedure.Asked(story));
        Assert.Equal("done", story.Record(Outcomes.Responded, C));
        // There is no stage above it: the only way on is to the other procedure.
        Assert.Equal(Codes.Invalid, story.Record(Outcomes.Escalate, R));
        var complaints = "policy:pan-dorset-complaints";
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, C, m => m with { To = complaints }));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R, m => m with { To = complaints }));
        Assert.Equal(("pan-dorset-complaints.2", true), Procedure.Stage(story));
        Assert.Equal([$"{C}/complaintsManager"], Procedure.Asked(story));
        Assert.Equal("done", story.Until("2026-11-12 10:00").Record(Outcomes.Decided, C));
        Procedure.HasEnded(story, CaseStatus.Decided, "pan-dorset-complaints.2");
        Assert.Equal(("PDC-7K3M-Q9XA", "pan-dorset-conference"), (story.Case.Reference, story.Case.Before!.Policy.Id));
    }

    [Fact]
    public void In_Pan_Dorset_everything_else_goes_up_four_stages_by_people_alone()
    {
        var story = Procedure.Opened("pan-dorset", "2026-10-12 10:00");
        foreach (var tier in new[] { "lineManager", "headOfService", "director" })
        {
            Assert.Equal("done", story.Record(Outcomes.Escalate, R));
            Assert.Equal([$"{C}/{tier}", $"{R}/{tier}"], Procedure.Asked(story));
        }
        Assert.Equal("done", story.Record(Outcomes.Resolved, R));
        Procedure.HasEnded(story, CaseStatus.Resolved, "4");
    }

    [Fact]
    public void In_Leeds_the_own_manager_is_first_contact_is_due_at_once_and_a_chair_of_its_process_is_told()
    {
        var story = Procedure.Opened(
            "leeds",
            "2026-10-12 10:00",
            o => o with { Circumstances = ["hasMeetingChair"], Named = Named("meetingChair") }
        );
        Assert.Equal([$"{R}/lineManager", $"{R}/safeguardingLead"], Procedure.Asked(story));
        Assert.Equal("done", story.Until("2026-10-12 11:00").Record(Outcomes.Escalate, R));
        Assert.Equal(["intake/raisedBy", "intake/receivedBy.0"], Procedure.Asked(story));
        Assert.Equal(["named/meetingChair"], Procedure.Told(story, NoticeKinds.Told));
        Assert.Equal(
            (LimitFor.Contact, "2026-10-12 17:00"),
            (story.Case.Stage.For, UkTime.Text(story.Case.Stage.DeadlineInForce!.Value))
        );
        // A contact that was not made moves nothing.
        Assert.Equal("1b", story.Until("2026-10-13 10:00").Case.Stage.Id);
        Assert.Contains(story.History, e => e.Event is DeadlineMissed { Stage: "1b", Stays: true });
        Assert.Equal("done", story.Do(Commands.ContactMade(R)));
        Assert.Equal(("1b", true), Procedure.Stage(story));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/safeguardingLead", $"{R}/safeguardingLead"], Procedure.Asked(story));
        Assert.Equal("done", story.Record(Outcomes.NoLongerDisagrees, R));
        Procedure.HasEnded(story, CaseStatus.Withdrawn, "3");
    }

    [Fact]
    public void In_Dorset_escalating_formally_has_a_day_of_its_own_and_at_the_last_tier_two_directors_decide_together()
    {
        var story = Procedure.Opened("dorset-adults", "2026-12-23 10:00").Until("2026-12-30 10:00");
        Assert.Equal(("2", true), Procedure.Stage(story));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/headOfService", $"{R}/headOfService", $"{R}/lineManager"], Procedure.Asked(story));
        Assert.Equal(LimitFor.Referral, story.Case.Stage.For);
        var row = TrackerRow.Of(story.Document, story.Rules.Policy);
        Assert.Equal((null, "2026-12-31 17:00"), (row.Deadline, UkTime.Text(row.ReferBy!.Value)));
        // What is not referred is reminded of: the slow ones are on the raiser's side, and no stage is overdue for it.
        Assert.Equal("3", story.Until("2027-01-04 10:00").Case.Stage.Id);
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Referred, C));
        Assert.Equal("done", story.Record(Outcomes.Referred, R));
        Assert.Equal(("3", true), Procedure.Stage(story));
        Assert.Equal("done", story.Record(Outcomes.Escalate, C));
        Assert.Equal("2027-01-05 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        Assert.Equal(
            [$"chairAware {C} 2027-01-05 17:00", $"chairAware {R} 2027-01-05 17:00"],
            Duties(story).Order(StringComparer.Ordinal)
        );
        Assert.Equal("done", story.Record(Outcomes.Decided, R, By($"{R}/director")));
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
        Assert.Equal("done", story.Do(Commands.Confirm(C) with { Actor = $"link:{C}/director" }));
        Procedure.HasEnded(story, CaseStatus.Decided, "4");
    }

    [Fact]
    public void In_South_Tyneside_what_is_not_settled_goes_up_on_the_same_day_and_nobody_decides_at_the_end()
    {
        var story = Procedure.Opened(
            "south-tyneside",
            "2026-12-23 10:00",
            o => o with { Person = o.Person! with { Kind = "adult" } }
        );
        Assert.Equal("2026-12-23 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        Assert.Equal(("2", true), Procedure.Stage(story.Until("2026-12-23 17:00")));
        Assert.Equal("done", story.Until("2026-12-30 10:00").Record(Outcomes.Escalate, R));
        Assert.Equal(["south-tyneside/businessManager"], Procedure.Asked(story));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.WithoutAgreement, C));
        Assert.Equal("done", story.Record(Outcomes.WithoutAgreement, "south-tyneside"));
        Procedure.HasEnded(story, CaseStatus.WithoutAgreement, "3");
    }

    [Fact]
    public void In_Northamptonshire_whoever_mediates_is_of_no_party_and_a_mediation_may_end_without_agreement()
    {
        var story = Procedure.Opened("northamptonshire", "2026-10-12 10:00");
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal(["northamptonshire/partnershipManager"], Procedure.Asked(story));
        Assert.Equal(Codes.Invalid, Mediated(story, null));
        Assert.Equal(Codes.Invalid, Mediated(story, new Speaker(C, "Lee Lead", "Strategic lead")));
        Assert.Equal("done", Mediated(story, new Speaker(Sample.Third, "Lee Lead", "Strategic lead")));
        Procedure.HasEnded(story, CaseStatus.WithoutAgreement, "3");
    }

    private static string Mediated(CaseStory story, Speaker? by) =>
        story.Record(Outcomes.WithoutAgreement, "northamptonshire", m => m with { Chair = by });

    [Fact]
    public void In_Lincolnshire_an_agreed_plan_needs_an_action_with_a_date()
    {
        var story = Procedure.Opened("lincolnshire", "2026-12-23 10:00");
        Assert.Equal(Codes.Invalid, story.Record(Outcomes.Resolved, R, m => m with { Actions = [] }));
        Assert.Equal(["actions"], story.Refused!.Errors!.Keys);
        Assert.Equal("done", story.Record(Outcomes.Resolved, R));
        Procedure.HasEnded(story, CaseStatus.Resolved, "1");
    }

    [Fact]
    public void In_Darlington_the_meeting_records_what_is_outstanding_and_next_and_the_business_unit_gets_a_copy()
    {
        var story = Procedure.Opened("darlington", "2026-12-23 10:00").Until("2026-12-31 17:00");
        Assert.Equal(
            Codes.Invalid,
            story.Record(Outcomes.Escalate, R, m => m with { Fields = new Dictionary<string, string>() })
        );
        Assert.Equal(
            ["fields.nextSteps", "fields.outstandingIssues"],
            story.Refused!.Errors!.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal([$"recordingTool {R} "], Duties(story));
        Assert.Equal("done", story.Record(Outcomes.Decided, "darlington"));
        Procedure.HasEnded(story, CaseStatus.Decided, "4");
    }

    private static Func<RecordOutcome, RecordOutcome> By(string contact) => m => m with { Actor = $"link:{contact}" };

    private static Dictionary<string, PersonName> Named(string role) =>
        new() { [role] = new("Chris Chair", null, "chris@oak-primary.example.org") };

    /// <summary>Rule, owner, due.</summary>
    private static IEnumerable<string> Duties(CaseStory story) =>
        story.Case.Duties.Select(d => $"{d.Rule} {d.Owner} {(d.Due is { } due ? UkTime.Text(due) : "")}");
}
