using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>An outcome against its deadline, Wednesday 14 October 2026 at 17:00 (Suffolk stage 1), in both orders of writing.</summary>
public sealed class RaceTests
{
    private static readonly DateTimeOffset Deadline = UkTime.At("2026-10-14");

    [Fact]
    public void A_moment_before_the_deadline_it_stands_and_the_deadlines_wake_does_nothing()
    {
        var story = Opened();
        Assert.Equal("done", Resolve(story, Deadline.AddTicks(-1)));
        Assert.Equal((CaseStatus.Resolved, false), (story.Case.Status, story.Case.Stage.Late));
        story.Sleep("2026-10-14").Wake();
        Assert.Empty(story.Latest);
    }

    [Fact]
    public void A_moment_before_but_written_after_the_miss_it_is_recorded_as_in_time_and_moves_nothing()
    {
        var story = Opened().Sleep("2026-10-14").Wake();
        Assert.Equal(Answers.StageClosed, Resolve(story, Deadline.AddTicks(-1)));
        var late = Assert.Single(story.Case.LateResponses);
        Assert.Equal(
            (true, "1", Deadline.AddTicks(-1), "2"),
            (late.Said.InTime, late.Said.Stage, late.Said.ReceivedAt, late.Said.Present)
        );
        Assert.Equal("What was agreed.", late.Said.Words!.Text("summary"));
        Assert.Equal(("2", CaseStatus.Open), (story.Case.Stage.Id, story.Case.Status));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(600)]
    public void At_or_after_the_deadline_both_orders_come_to_the_same(int secondsLate)
    {
        var arrived = Deadline.AddSeconds(secondsLate);
        var (wakeFirst, outcomeFirst) = (Opened(), Opened());
        wakeFirst.Sleep(UkTime.Text(arrived));
        wakeFirst.Until(arrived);
        Assert.Equal(Answers.StageClosed, Resolve(wakeFirst, arrived));
        Assert.Equal(Answers.StageClosed, Resolve(outcomeFirst, arrived));
        outcomeFirst.Until(arrived);
        foreach (var story in new[] { wakeFirst, outcomeFirst })
        {
            Assert.Equal(["1", "2"], story.Case.Stages.Select(s => s.Id));
            Assert.Equal(
                (StageEnding.Escalated, ClosedBy.Deadline, true),
                (story.Case.Stages[0].Outcome, story.Case.Stages[0].By, story.Case.Stages[0].Late)
            );
            Assert.False(Assert.Single(story.Case.LateResponses).Said.InTime);
        }
        Assert.Equal(Kinds(wakeFirst), Kinds(outcomeFirst));
        Assert.Equal(wakeFirst.Case.Stage.Deadline!.At, outcomeFirst.Case.Stage.Deadline!.At);
    }

    [Fact]
    public void The_present_tier_is_told_of_a_late_response_and_takes_it_over_with_one_command()
    {
        var story = Opened().Until(Deadline);
        Resolve(story, Deadline);
        var told = story.LatestEvents.OfType<NoticeQueued>().ToList();
        Assert.All(
            told,
            n =>
                Assert.Equal(
                    (NoticeKinds.LateResponse, NoticeAction.Outcome, Sample.Raising),
                    (n.Kind, n.Action, n.Agency)
                )
        );
        Assert.Equal(["oak-primary/lineManager", "oak-primary/safeguardingLead"], told.Select(n => n.Contact));
        Assert.Equal(1, TrackerRow.Of(story.Document, story.Rules.Policy).LateResponses);
        Assert.Equal("done", story.Do(Commands.Adopt(Sample.Raising, story.Case.LateResponses[0].Number)));
        var said = story.LatestEvents.OfType<OutcomeRecorded>().Single();
        Assert.Equal((story.Case.LateResponses[0].Number, Sample.Raising), (said.Adopts, said.Agency));
        Assert.Equal((CaseStatus.Resolved, true), (story.Case.Status, story.Case.LateResponses[0].Adopted));
        Assert.Equal(0, TrackerRow.Of(story.Document, story.Rules.Policy).LateResponses);
        Assert.Equal("What was agreed.", said.Words!.Text("summary"));
        Assert.Contains(story.Case.Duties, d => d.Rule == "action");
    }

    [Fact]
    public void At_a_stage_of_its_own_an_agency_does_not_say_that_both_agree_and_takes_over_what_both_agreed_too_late()
    {
        var story = Opened().Until(Deadline);
        Assert.Equal("2", story.Case.Stage.Id);
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Resolved, Sample.Raising));
        var late = Commands.Outcome(
            story.Rules.Policy,
            story.Case,
            Outcomes.Resolved,
            Sample.Receiving,
            UkTime.DayOf(story.Now)
        );
        story.Do(late with { Stage = "1" });
        Assert.Equal("done", story.Do(Commands.Adopt(Sample.Raising, story.Case.LateResponses[0].Number)));
        Assert.Equal(CaseStatus.Resolved, story.Case.Status);
    }

    [Fact]
    public void A_late_response_that_lacks_what_the_present_stage_asks_for_is_not_taken_over()
    {
        var story = Opened().Until(Deadline);
        Assert.Equal(
            Answers.StageClosed,
            story.Record(
                Outcomes.Escalate,
                Sample.Raising,
                m => m with { Stage = "1", Fields = new Dictionary<string, string>() }
            )
        );
        Assert.Equal(Codes.Invalid, story.Do(Commands.Adopt(Sample.Raising, story.Case.LateResponses[0].Number)));
        Assert.Contains("fields.stepsFollowed", story.Refused!.Errors!.Keys);
        Assert.StartsWith("It does not say all that", story.Refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_response_is_taken_over_once_also_where_what_it_came_to_was_disputed()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Record(Outcomes.Escalate, Sample.Raising);
        story.Record(Outcomes.Escalate, Sample.Raising);
        Resolve(story, story.Now);
        var late = Assert.Single(story.Case.LateResponses).Number;
        Assert.Equal("done", story.Do(Commands.Adopt(Sample.Receiving, late)));
        Assert.Equal("done", story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Adopt(Sample.Receiving, late)));
        Assert.Contains("no such late response", story.Refused!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open", "done")]
    [InlineData("onHold", "done")]
    [InlineData("awaiting", Codes.NotAllowed)]
    [InlineData("resolved", Codes.NotAllowed)]
    [InlineData("withdrawn", Codes.NotAllowed)]
    public void A_late_response_is_taken_over_while_the_case_is_open_and_no_other_outcome_waits_for_confirmation(
        string state,
        string answer
    )
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Record(Outcomes.Escalate, Sample.Raising);
        story.Record(Outcomes.Escalate, Sample.Raising);
        Resolve(story, story.Now);
        Assert.Equal(
            "done",
            state switch
            {
                "onHold" => story.Do(Commands.Hold(Sample.Raising)),
                "awaiting" => story.Record(Outcomes.Resolved, Sample.Receiving),
                "resolved" => story.Record(Outcomes.Resolved, Sample.Raising),
                "withdrawn" => story.Do(Commands.Withdraw(Sample.Raising)),
                _ => "done",
            }
        );
        var status = story.Case.Status;
        Assert.Equal(answer, story.Do(Commands.Adopt(Sample.Raising, Assert.Single(story.Case.LateResponses).Number)));
        var taken = answer == "done";
        Assert.Equal(
            (taken ? CaseStatus.Resolved : status, taken),
            (story.Case.Status, story.Case.LateResponses[0].Adopted)
        );
    }

    [Fact]
    public void At_a_stage_that_needs_its_chair_named_no_late_response_is_taken_over()
    {
        var story = CaseStory.Open("sefton", "2026-10-12 09:00");
        while (story.Rules.Policy.Find(story.Case.Stage.Id)!.Chair is null)
            story.Next();
        Resolve(story, story.Now);
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Adopt(Sample.Raising, story.Case.LateResponses[0].Number)));
        Assert.Contains("needs its chair named", story.Refused!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void At_the_final_stage_an_outcome_in_time_but_written_after_the_miss_stands_and_is_not_late()
    {
        var story = CaseStory.Open("suffolk-mash", "2026-09-25 11:00").ToStage("2").Until("2026-10-05");
        Assert.NotNull(story.Case.Stage.MissedAt);
        Assert.Equal(
            "done",
            story.Record(Outcomes.Decided, Sample.Receiving, arrived: UkTime.At("2026-10-05").AddTicks(-1))
        );
        Assert.Equal((CaseStatus.Decided, false), (story.Case.Status, story.Case.Stage.Late));
        Assert.True(story.LatestEvents.OfType<OutcomeRecorded>().Single().InTime);
    }

    [Fact]
    public void After_the_end_an_outcome_is_recorded_and_the_business_manager_told()
    {
        var story = Opened();
        story.Do(Commands.Withdraw(Sample.Raising));
        Assert.Equal(Answers.StageClosed, story.Record(Outcomes.Resolved, Sample.Receiving));
        Assert.Equal(CaseStatus.Withdrawn, story.Case.Status);
        Assert.Equal(["suffolk/businessManager"], story.LatestEvents.OfType<NoticeQueued>().Select(n => n.Contact));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stage_that_has_not_opened_has_no_late_response(bool ended)
    {
        var story = Opened();
        if (ended)
            story.Do(Commands.Withdraw(Sample.Raising));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Resolved, Sample.Raising, m => m with { Stage = "3" }));
    }

    [Fact]
    public void The_same_command_twice_answers_as_at_first_even_after_the_stage_moved()
    {
        var story = Opened();
        RecordOutcome Escalation() =>
            Commands.Outcome(
                story.Rules.Policy,
                story.Case,
                Outcomes.Escalate,
                Sample.Raising,
                UkTime.Day("2026-10-10")
            ) with
            {
                Id = "mine",
                Stage = "1",
            };
        var command = Escalation();
        Assert.Equal("done", story.Do(command));
        Assert.Equal("2", story.Case.Stage.Id);
        Assert.Equal("done", story.Do(command with { Actor = "somebody else" }));
        Assert.Empty(story.Latest);
        story.Until("2026-10-20");
        Assert.Equal("done", story.Do(command));
        Assert.Empty(story.Latest);
    }

    [Fact]
    public void A_late_response_sent_twice_answers_stageClosed_twice_and_is_kept_once()
    {
        var story = Opened().Until(Deadline);
        var command = Commands.Outcome(
            story.Rules.Policy,
            story.Case,
            Outcomes.Resolved,
            Sample.Raising,
            UkTime.Day("2026-10-14")
        ) with
        {
            Id = "mine",
            Stage = "1",
        };
        Assert.Equal((Answers.StageClosed, Answers.StageClosed), (story.Do(command), story.Do(command)));
        Assert.Single(story.Case.LateResponses);
    }

    [Fact]
    public void The_same_id_with_other_content_is_a_conflict()
    {
        var story = Opened();
        Assert.Equal("done", story.Do(Commands.Note(Sample.Raising) with { Id = "mine" }));
        Assert.Equal(Codes.Conflict, story.Do(Commands.Note(Sample.Raising, "Another note.") with { Id = "mine" }));
        Assert.Empty(story.Latest);
    }

    [Theory]
    [InlineData("case/open")]
    [InlineData("amendment/1")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("é")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void An_id_of_the_hosts_or_malformed_cannot_be_written_by_a_caller(string id)
    {
        var story = Opened();
        var decision = Decisions.Decide(
            story.Case,
            Commands.Note(Sample.Raising) with
            {
                Id = id,
                Stage = "1",
            },
            "digest",
            story.Rules,
            story.Now
        );
        Assert.Contains(Assert.IsType<Decision.Refused>(decision).Why.Code, new[] { Codes.Invalid, Codes.Conflict });
    }

    private static CaseStory Opened() => CaseStory.Open("suffolk", "2026-10-10 12:00");

    private static string Resolve(CaseStory story, DateTimeOffset arrived) =>
        story.Record(Outcomes.Resolved, Sample.Raising, m => m with { Stage = "1" }, arrived);

    private static IEnumerable<string> Kinds(CaseStory story) =>
        story
            .Case.Notices.Select(n => $"{n.Queued.Kind} {n.Queued.Contact} {n.Queued.Action}")
            .Order(StringComparer.Ordinal);
}
