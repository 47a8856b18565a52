using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Procedures;

/// <summary>A case under a procedure from its opening to its end: who is asked, until when, and how it ends.</summary>
public sealed class ProcedureStoriesTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving;

    [Fact]
    public void In_London_a_working_week_passes_more_senior_staff_settle_it_and_the_raiser_confirms()
    {
        var story = Procedure.Opened("london", "2026-12-23 10:00");
        Assert.Equal(["intake/raisedBy", "intake/receivedBy.0"], Procedure.Asked(story));
        Assert.Equal("2027-01-04 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        Assert.Equal(("2", true), Procedure.Stage(story.Until("2027-01-04 17:00")));
        Assert.Equal(
            [$"{C}/lineManager", $"{C}/safeguardingLead", $"{R}/lineManager", $"{R}/safeguardingLead"],
            Procedure.Asked(story)
        );
        Assert.Equal("done", story.Until("2027-01-06 11:00").Record(Outcomes.Resolved, C));
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Confirm(C)));
        Assert.Equal("done", story.Do(Commands.Confirm(R)));
        Procedure.HasEnded(story, CaseStatus.Resolved, "2");
    }

    [Fact]
    public void In_Cheshire_East_an_urgent_matter_that_the_managers_leave_goes_on_the_same_day_and_senior_managers_settle_it()
    {
        var story = Procedure.Opened(
            "cheshire-east",
            "2026-12-23 10:00",
            o => o with { Fields = new Dictionary<string, string> { ["priority"] = "urgent" } }
        );
        Assert.Equal(("1", true), Procedure.Stage(story));
        Assert.Equal("done", story.Until("2026-12-23 11:00").Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/lineManager", $"{R}/lineManager"], Procedure.Asked(story));
        Assert.Equal("2026-12-23 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        Assert.Equal(("3", true), Procedure.Stage(story.Until("2026-12-23 17:00")));
        Assert.Equal([$"{C}/seniorManager", $"{R}/seniorManager"], Procedure.Asked(story));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, R));
        Assert.Equal("done", story.Until("2026-12-30 10:00").Record(Outcomes.Resolved, R));
        Procedure.HasEnded(story, CaseStatus.Resolved, "3");
    }

    [Fact]
    public void In_Leicestershire_health_asks_its_designated_professional_and_after_the_meeting_the_raiser_is_content()
    {
        var story = Procedure.Opened(
            "leicestershire",
            "2026-10-12 10:00",
            o => o with { Dates = new Dictionary<string, GivenDay> { ["agreed"] = new(UkTime.Day("2026-10-16")) } },
            directory: r => r.With(C, a => a.Without("secondTierManager"))
        );
        Assert.Equal("2026-10-16 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        Assert.Equal(("2", true), Procedure.Stage(story.Until("2026-10-16 17:00")));
        Assert.Equal([$"{C}/designatedProfessional", $"{R}/secondTierManager"], Procedure.Asked(story));
        Assert.Equal("done", story.Until("2026-10-19 10:00").Record(Outcomes.Escalate, C));
        Assert.Equal(("3", true), Procedure.Stage(story));
        Assert.Equal(
            [$"{C}/headOfSafeguarding", $"{C}/seniorManager", $"{R}/headOfSafeguarding", $"{R}/seniorManager"],
            Procedure.Asked(story)
        );
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.NoLongerDisagrees, C));
        Assert.Equal("done", story.Until("2026-10-22 10:00").Record(Outcomes.NoLongerDisagrees, R));
        Procedure.HasEnded(story, CaseStatus.Withdrawn, "3");
    }

    [Fact]
    public void In_Rotherham_the_family_is_told_the_agency_answers_and_the_practice_review_group_decides()
    {
        var story = Procedure.Opened("rotherham", "2026-10-12 10:00");
        Assert.Equal([$"{C}/lineManager", "intake/receivedBy.0"], Procedure.Asked(story));
        var family = Assert.Single(story.Case.Duties);
        Assert.Equal(("familyTold", R, null), (family.Rule, family.Owner, family.Due));
        Assert.Equal("done", story.Do(Commands.Complete(R, family.Id, "2026-10-12")));
        Assert.Equal("done", story.Until("2026-10-13 10:00").Record(Outcomes.Responded, C));
        Assert.Equal(("1", true), Procedure.Stage(story));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/lineManager", $"{C}/seniorManager"], Procedure.Asked(story));
        Assert.Equal("done", story.Until("2026-10-20 10:00").Record(Outcomes.Escalate, R));
        Assert.Equal(["rotherham/boardManager"], Procedure.Asked(story));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Decided, C));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Decided, R));
        Assert.Equal("done", story.Record(Outcomes.Decided, "rotherham"));
        Procedure.HasEnded(story, CaseStatus.Decided, "3");
    }

    [Fact]
    public void In_Sussex_a_dissent_in_time_is_answered_and_decided_by_the_side_that_is_asked()
    {
        var story = Procedure.Opened(
            "sussex-dissent",
            "2027-03-25 18:00",
            o =>
                o with
                {
                    Dates = new Dictionary<string, GivenDay>
                    {
                        ["conference"] = new(UkTime.Day("2027-03-25"), new TimeOnly(16, 0)),
                    },
                }
        );
        Assert.Equal([], story.Case.RaisedLateAfter);
        Assert.Equal([$"{C}/serviceManager"], Procedure.Asked(story));
        Assert.Equal(("1", true), Procedure.Stage(story));
        // Every five working days, Good Friday and Easter Monday apart: 30, 31 March, 1, 2, 5 April.
        Assert.Equal([$"{C}/serviceManager"], Procedure.Told(story.Until("2027-04-05 09:00"), NoticeKinds.Reminder));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Responded, R));
        Assert.Equal("done", story.Record(Outcomes.Responded, C));
        Assert.True(story.Case.IsOpen);
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Decided, R));
        Assert.Equal("done", story.Until("2027-04-06 10:00").Record(Outcomes.Decided, C));
        Procedure.HasEnded(story, CaseStatus.Decided, "1");
    }

    [Fact]
    public void In_Nottinghamshire_an_answer_that_does_not_content_the_officer_goes_on_and_what_is_agreed_then_ends_it()
    {
        var story = Procedure.Opened("nottinghamshire", "2026-12-23 10:00");
        Assert.Equal([$"{C}/lineManager", "intake/raisedBy", "intake/receivedBy.0"], Procedure.Asked(story));
        Assert.Equal(
            (LimitFor.Answer, "2027-01-11 17:00"),
            (story.Case.Stage.For, UkTime.Text(story.Case.Stage.DeadlineInForce!.Value))
        );
        Assert.Equal("done", story.Until("2026-12-30 10:00").Record(Outcomes.Responded, C));
        Assert.Equal(("1", true), Procedure.Stage(story));
        Assert.Equal("done", story.Until("2027-01-05 10:00").Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/serviceManager"], Procedure.Asked(story));
        var cafcass = Assert.Single(story.Case.Duties, d => d.Rule == "cafcass");
        Assert.Equal("done", story.Do(Commands.Complete(R, cafcass.Id, "2027-01-05")));
        Assert.Equal("done", story.Until("2027-01-12 10:00").Record(Outcomes.Resolved, C));
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
        Assert.Equal("done", story.Do(Commands.Confirm(R)));
        Procedure.HasEnded(story, CaseStatus.Resolved, "2");
    }
}
