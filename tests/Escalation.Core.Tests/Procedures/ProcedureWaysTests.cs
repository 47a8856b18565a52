using System.Text.Json.Nodes;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Procedures;

/// <summary>Ways that depend on the concern: where it starts, which stages are there, how long they have, what is refused.</summary>
public sealed class ProcedureWaysTests
{
    [Fact]
    public void Lincolnshires_fork_is_taken_by_what_was_said_at_intake_and_the_other_way_is_not_there()
    {
        var urgent = ToLast("lincolnshire", o => o with { Circumstances = ["urgent"] });
        Assert.Equal("4a", urgent.Case.Stage.Id);
        Assert.Equal(["4b"], urgent.Case.LeavesOut);
        var plain = ToLast("lincolnshire", o => o);
        Assert.Equal("4b", plain.Case.Stage.Id);
        Assert.Equal(["4a"], plain.Case.LeavesOut);
        // Either is the last: nothing is above it.
        Assert.Equal(Codes.NotAllowed, urgent.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal(Codes.NotAllowed, plain.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("done", urgent.Record(Outcomes.Decided, "lincolnshire"));
    }

    private static CaseStory ToLast(string id, Func<OpenCase, OpenCase> change)
    {
        var story = Procedure.Opened(id, "2026-12-23 10:00", change);
        while (story.Case.Stage.Id is "1" or "2" or "3")
            Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        return story;
    }

    [Fact]
    public void In_Lincolnshire_an_agency_without_a_liaison_officer_is_asked_by_the_health_commissioners()
    {
        var story = Procedure.Opened(
            "lincolnshire",
            "2026-12-23 10:00",
            directory: r => r.With(Sample.Receiving, a => a.Without("seniorLiaisonOfficer"))
        );
        story.Record(Outcomes.Escalate, Sample.Raising);
        story.Record(Outcomes.Escalate, Sample.Raising);
        var asked = story
            .Case.Notices.Select(n => n.Queued)
            .Where(n => n is { Stage: "3", Kind: NoticeKinds.StageOpened })
            .ToList();
        Assert.Contains(asked, n => n.Contact == "childrens-services/healthCommissioner" && n.InsteadOf is null);
        Assert.Contains(asked, n => n.Contact == "oak-primary/seniorLiaisonOfficer");
        Assert.DoesNotContain(asked, n => n.Contact == "oak-primary/healthCommissioner");
        Assert.DoesNotContain(story.History, e => e.Event is NobodyToTell { Stage: "3" });
    }

    [Fact]
    public void In_Darlington_the_manager_judges_whether_the_meeting_is_held_or_passed_over()
    {
        var held = Procedure.Opened("darlington", "2026-12-23 10:00").ToStage("2");
        Assert.Equal("done", held.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("3", held.Case.Stage.Id);
        var passed = Procedure.Opened("darlington", "2026-12-23 10:00").ToStage("2");
        Assert.Equal("done", passed.Record(Outcomes.Escalate, Sample.Raising, m => m with { To = "4" }));
        Assert.Equal(("4", OpenedBecause.Escalated), (passed.Case.Stage.Id, passed.Case.Stage.Because));
        Assert.Contains(passed.LatestEvents, e => e is StagesSkipped { From: "2", To: "4", Skipped: ["3"] });
        // A clock passes nothing over, and nothing but the optional stage can be.
        Assert.Equal("3", Procedure.Opened("darlington", "2026-12-23 10:00").Until("2027-01-04 10:00").Case.Stage.Id);
        var first = Procedure.Opened("darlington", "2026-12-23 10:00");
        Assert.Equal(Codes.Invalid, first.Record(Outcomes.Escalate, Sample.Raising, m => m with { To = "4" }));
        Assert.Equal(Codes.Invalid, held.Record(Outcomes.Resolved, Sample.Raising, m => m with { To = "4" }));
    }

    [Fact]
    public void A_stage_that_is_not_for_the_concern_is_no_start_and_the_answer_says_so()
    {
        var policy = OwnDocument.Read(
            OwnDocument.OfEssex(change: d =>
            {
                d["skip"]!["forward"] = true;
                OwnDocument.Stage(d, "3")["unless"] = JsonNode.Parse("""{ "personKinds": ["child"] }""");
            })
        );
        var open = Sample.Opening("sefton") with { StartAtStage = "3", StartReason = "It is serious." };
        var refused = Assert.IsType<Decision.Refused>(
            CaseRoom.Try(open, Sample.Rules("sefton") with { Policy = policy }, UkTime.At("2026-12-23 10:00"))
        );
        Assert.Equal("Stage 3 is not for this concern.", Assert.Single(refused.Why.Errors!["startAtStage"]).Text);
    }

    [Fact]
    public void In_Rotherham_a_challenge_may_start_higher_with_a_reason_and_after_the_own_manager_was_consulted()
    {
        var refused = Assert.IsType<Decision.Refused>(
            Procedure.Try("rotherham", "2026-12-23 10:00", o => o with { StartAtStage = "2" })
        );
        Assert.Equal(["startConsulted", "startReason"], refused.Why.Errors!.Keys.Order(StringComparer.Ordinal));
        var story = Procedure.Opened(
            "rotherham",
            "2026-12-23 10:00",
            o =>
                o with
                {
                    StartAtStage = "3",
                    StartReason = "It is serious.",
                    StartConsulted = "Mo Manager, team manager",
                }
        );
        Assert.Equal("3", story.Case.Stage.Id);
        var skipped = Assert.Single(story.History, e => e.Event is StagesSkipped).Event;
        Assert.Equal("Mo Manager, team manager", skipped.Words!.Text("consulted"));
        // In order all the same, once it has started.
        var first = Procedure.Opened("rotherham", "2026-12-23 10:00");
        Assert.Equal(Codes.NotAllowed, first.Do(Commands.Skip(Sample.Raising, "3")));
        Assert.Equal("done", first.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Contains(first.LatestEvents.OfType<NoticeQueued>(), n => n is { Kind: NoticeKinds.Told });
    }

    [Theory]
    [InlineData("sussex-dissent", "personal")]
    [InlineData("sussex-dissent", "other")]
    [InlineData("cheshire-appeals", "other")]
    public void What_a_procedure_is_not_for_is_refused_at_intake_with_the_texts_own_route(string id, string nature)
    {
        var refused = Assert.IsType<Decision.Refused>(
            Procedure.Try(id, "2026-12-23 10:00", o => o with { Nature = [nature] })
        );
        Assert.Equal((Codes.NotThisProcess, null), (refused.Why.Code, refused.Why.Policy));
        Assert.Equal(
            Procedure.Read(id).Policy!.Elsewhere.Single(e => e.When.Natures!.Contains(nature)).Text,
            refused.Why.Reason
        );
        // What is about something else besides is taken.
        var grounds = Procedure.Read(id).Policy!.Natures[0].Id;
        Assert.IsType<Decision.Accepted>(
            Procedure.Try(id, "2026-12-23 10:00", o => o with { Nature = [grounds, nature] })
        );
    }

    [Theory]
    [InlineData("urgent", "2026-12-23 17:00")]
    [InlineData("soon", "2026-12-30 17:00")]
    // The 14th day is 6 January, a Wednesday.
    [InlineData("routine", "2027-01-06 17:00")]
    public void In_Cheshire_East_the_limit_depends_on_the_priority(string priority, string deadline)
    {
        var story = Procedure.Opened(
            "cheshire-east",
            "2026-12-23 10:00",
            o => o with { Fields = new Dictionary<string, string> { ["priority"] = priority } }
        );
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal(deadline, UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        // Counted again with a calendar that knows of a closure, it has the same length.
        story.Rules = story.Rules with
        {
            Calendar = Sample.Calendar(2, new Closure(new DateOnly(2026, 12, 29), "Closed")),
        };
        story.Wake();
        Assert.Equal(
            priority == "soon" ? "2026-12-31 17:00" : deadline,
            UkTime.Text(story.Case.Stage.DeadlineInForce!.Value)
        );
    }

    [Fact]
    public void In_Bedfordshire_only_a_risk_of_harm_limits_the_first_stage_and_the_board_hears_of_a_settled_second()
    {
        var risk = Procedure.Opened("bedfordshire", "2026-12-23 10:00", o => o with { Circumstances = ["riskOfHarm"] });
        Assert.Equal("2026-12-24 10:00", UkTime.Text(risk.Case.Stage.DeadlineInForce!.Value));
        Assert.Equal("2", risk.Until("2026-12-24 10:00").Case.Stage.Id);

        var none = Procedure.Opened("bedfordshire", "2026-12-23 10:00");
        Assert.True(none.Case.Stage.IsWithoutLimit);
        Assert.NotNull(none.Case.Stage.Again);
        none.Until("2027-01-20 10:00").Record(Outcomes.Escalate, Sample.Raising);
        var told = none.Case.Notices.Count(n => n.Queued.Kind == NoticeKinds.Told);
        Assert.Equal("done", none.Record(Outcomes.Resolved, Sample.Receiving));
        Assert.Equal(told, none.Case.Notices.Count(n => n.Queued.Kind == NoticeKinds.Told));
        // It stands once the other side has confirmed it.
        Assert.Equal("done", none.Do(Commands.Confirm(Sample.Raising)));
        Assert.Equal(
            "bedfordshire/boardManager",
            Assert.Single(none.LatestEvents.OfType<NoticeQueued>(), n => n.Kind == NoticeKinds.Told).Contact
        );
        Assert.Equal("done", risk.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal(
            ["childrens-services/seniorManager", "oak-primary/seniorManager"],
            risk.LatestEvents.OfType<NoticeQueued>()
                .Where(n => n.Kind == NoticeKinds.Told)
                .Select(n => n.Contact)
                .Order()
        );
    }

    [Fact]
    public void In_Nottinghamshire_silence_moves_nothing_and_the_officer_takes_the_next_step()
    {
        var story = Procedure.Opened("nottinghamshire", "2026-12-23 10:00").Until("2027-02-01 10:00");
        Assert.Equal("1", story.Case.Stage.Id);
        Assert.Contains(story.History, e => e.Event is DeadlineMissed { Stays: true });
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, Sample.Receiving));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        // No date is printed for what is open at any point: it is reminded of after five working days, and never overdue.
        var duty = Assert.Single(story.Case.Duties, d => d.Rule == "cafcass");
        Assert.Equal((null, false), (duty.Due, duty.Overdue));
        var reminded = Assert.Single(story.History, e => e.Event is DutyReminded told && told.Id == duty.Id);
        Assert.Equal("2027-01-04 09:00", UkTime.Text(reminded.At));
    }
}
