using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

public sealed class ConfirmationTests
{
    /// <summary>Policy, stage, who records <c>resolved</c>, and whose confirmation is awaited (empty: nobody's).</summary>
    [Theory]
    [InlineData("suffolk", "1", Sample.Raising, "")]
    [InlineData("suffolk", "1", Sample.Receiving, "Raising")]
    [InlineData("suffolk", "5", "suffolk", "")]
    [InlineData("suffolk", "5", Sample.Receiving, "Raising")]
    [InlineData("suffolk-mash", "1", Sample.Receiving, "Raising")]
    [InlineData("suffolk-mash", "1", Sample.Raising, "")]
    [InlineData("berkshire-west", "pre", Sample.Receiving, "Raising")]
    [InlineData("berkshire-west-disagreement", "4", Sample.Receiving, "Raising")]
    [InlineData("sandwell", "2", Sample.Receiving, "Raising")]
    [InlineData("sandwell", "2", Sample.Raising, "")]
    [InlineData("surrey-adults", "2", Sample.Raising, "Receiving")]
    [InlineData("surrey-adults", "3", Sample.Receiving, "Raising")]
    [InlineData("surrey-adults", "5", Sample.Raising, "Receiving")]
    [InlineData("surrey-adults", "6", Sample.Raising, "Receiving")]
    [InlineData("surrey-adults", "6", "surrey-adults", "")]
    [InlineData("sefton", "1", Sample.Raising, "Receiving")]
    [InlineData("sefton", "3", Sample.Receiving, "Raising")]
    [InlineData("sefton", "4", Sample.Raising, "Receiving")]
    [InlineData("sefton", "4", "sefton", "")]
    public void Who_must_confirm_an_agreed_outcome(string policy, string stage, string by, string awaited)
    {
        var story = At(policy, stage);
        Assert.Equal("done", story.Record(Outcomes.Resolved, by));
        Assert.Equal(awaited, string.Join(' ', story.LatestEvents.OfType<OutcomeRecorded>().Single().Awaiting));
        Assert.Equal(awaited.Length > 0 ? CaseStatus.AwaitingConfirmation : CaseStatus.Resolved, story.Case.Status);
    }

    [Fact]
    public void Confirmed_it_ends_the_case_and_its_duties_arise_only_then()
    {
        var story = At("sefton", "1");
        story.Record(Outcomes.Resolved, Sample.Raising);
        Assert.Empty(story.Case.Duties);
        Assert.Equal("done", story.Do(Commands.Confirm(Sample.Receiving)));
        Assert.Equal((CaseStatus.Resolved, "resolved"), (story.Case.Status, story.Case.Stage.Outcome));
        Assert.Equal(["action", "writtenFollowUp", "writtenFollowUp"], story.Case.Duties.Select(d => d.Rule));
    }

    [Fact]
    public void An_outcome_recorded_in_time_and_confirmed_after_the_deadline_closes_its_stage_in_time()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Until("2026-10-15 16:59");
        story.Record(Outcomes.Resolved, Sample.Receiving);
        story.Until("2026-10-16 10:00");
        Assert.Equal("done", story.Do(Commands.Confirm(Sample.Raising)));
        Assert.Equal((CaseStatus.Resolved, false), (story.Case.Status, story.Case.Stage.Late));
    }

    [Fact]
    public void One_side_cannot_confirm_for_both()
    {
        var story = At("sefton", "1");
        story.Record(Outcomes.Resolved, Sample.Raising);
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Confirm(Sample.Raising)));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Confirm("sefton")));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Confirm(Sample.Third)));
    }

    [Theory]
    [InlineData("2026-10-12 09:00", "2026-10-15 17:00")] // the stage's deadline is later
    [InlineData("2026-10-15 16:00", "2026-10-16 17:00")] // the close of the next working day is later
    public void It_is_awaited_until_the_deadline_or_the_close_of_the_next_working_day(string recorded, string by)
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Until(recorded);
        story.Record(Outcomes.Resolved, Sample.Receiving);
        Assert.Equal(by, UkTime.Text(story.Case.Awaiting!.By));
    }

    [Fact]
    public void Neither_confirmed_nor_disputed_in_time_it_escalates_by_itself()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Record(Outcomes.Resolved, Sample.Receiving);
        story.Until("2026-10-15");
        Assert.Equal(
            ("2", CaseStatus.Open, OpenedBecause.Unconfirmed),
            (story.Case.Stage.Id, story.Case.Status, story.Case.Stage.Because)
        );
        Assert.True(story.History.Select(e => e.Event).OfType<DeadlineMissed>().Single().Unconfirmed);
        Assert.DoesNotContain(story.Case.Duties, d => d.Rule == "action");
    }

    [Fact]
    public void Unconfirmed_at_the_final_stage_it_stays_open_and_overdue()
    {
        var story = At("surrey-adults", "6");
        story.Record(Outcomes.Resolved, Sample.Raising);
        story.Until(story.Case.Awaiting!.By);
        Assert.Equal(
            (CaseStatus.Open, "6", true),
            (story.Case.Status, story.Case.Stage.Id, story.Case.Stage.MissedAt is not null)
        );
        Assert.Null(story.Case.Awaiting);
    }

    [Fact]
    public void Disputed_before_the_deadline_the_stage_goes_on_until_it()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", mailWorks: false);
        story.Record(Outcomes.Resolved, Sample.Receiving);
        Assert.Equal("done", story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal((CaseStatus.Open, "1"), (story.Case.Status, story.Case.Stage.Id));
        Assert.Equal("Not what we said.", story.LatestEvents.OfType<OutcomeDisputed>().Single().Words!.Text("reason"));
        Assert.All(
            story.Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.ConfirmationAsked),
            n => Assert.Equal(NoticeState.Superseded, n.Status)
        );
        Assert.Equal("2", story.Until("2026-10-15").Case.Stage.Id);
    }

    [Fact]
    public void Disputed_after_the_deadline_it_escalates_at_once()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Until("2026-10-15 16:00");
        story.Record(Outcomes.Resolved, Sample.Receiving);
        story.Until("2026-10-16 10:00");
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
        Assert.Equal("done", story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal(("2", OpenedBecause.Escalated), (story.Case.Stage.Id, story.Case.Stage.Because));
        Assert.Equal(("escalated", ClosedBy.Person), (story.Case.Stages[0].Outcome, story.Case.Stages[0].By));
    }

    [Fact]
    public void Disputed_at_an_overdue_final_stage_it_is_told_as_overdue()
    {
        var story = At("suffolk-mash", "2").Until("2026-10-20 12:00");
        story.Record(Outcomes.Resolved, Sample.Receiving);
        Assert.Equal("done", story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal((CaseStatus.Open, "2"), (story.Case.Status, story.Case.Stage.Id));
        Assert.NotNull(story.NextWake);
    }

    [Fact]
    public void What_waited_for_confirmation_at_a_stage_that_imminent_risk_left_waits_no_more_at_the_next()
    {
        var story = At("berkshire-west", "1");
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Receiving));
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Raising)));
        Assert.Equal(("3", CaseStatus.Open, null), (story.Case.Stage.Id, story.Case.Status, story.Case.Awaiting));
        Assert.Equal(story.Case.Stage.Deadline!.At, story.As(null).EscalatesAt);
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Confirm(Sample.Raising)));

        Assert.Equal("done", story.Do(Commands.SendAgain(Sample.Raising)));
        Assert.All(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => Assert.Equal((NoticeKinds.StageOpened, NoticeAction.Outcome), (n.Kind, n.Action))
        );
        story.Until(story.Case.Stage.Deadline.At);
        Assert.False(story.LatestEvents.OfType<DeadlineMissed>().Single().Unconfirmed);
    }

    [Fact]
    public void Who_was_to_confirm_is_asked_so_no_more_once_imminent_risk_left_the_stage()
    {
        var story = CaseStory.Open("berkshire-west", "2026-10-12 09:00", mailWorks: false);
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Receiving));
        var asked = story.LatestEvents.OfType<NoticeQueued>().Single(n => n.Kind == NoticeKinds.ConfirmationAsked);
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Raising)));
        Assert.Equal(NoticeState.Superseded, story.Case.Notices.Single(n => n.Key == asked.Key).Status);
    }

    [Fact]
    public void A_case_that_is_withdrawn_while_an_outcome_waits_for_confirmation_waits_for_nothing_more()
    {
        var story = At("sefton", "1");
        story.Record(Outcomes.Resolved, Sample.Raising);
        Assert.Equal("done", story.Do(Commands.Withdraw(Sample.Raising)));
        Assert.Equal((CaseStatus.Withdrawn, null), (story.Case.Status, story.Case.Awaiting));
        Assert.Empty(story.Until("2026-12-01 09:00").LatestEvents.OfType<DeadlineMissed>());
    }

    [Fact]
    public void Who_referred_to_MASH_is_asked_to_confirm()
    {
        var story = At("suffolk-mash", "1");
        story.Record(Outcomes.Resolved, Sample.Receiving);
        var asked = story.LatestEvents.OfType<NoticeQueued>().Single();
        Assert.Equal(
            (NoticeKinds.ConfirmationAsked, "intake/raisedBy", NoticeAction.Confirm),
            (asked.Kind, asked.Contact, asked.Action)
        );
    }

    [Fact]
    public void The_business_manager_is_told_of_a_confirmation_nobody_can_give_but_cannot_give_it()
    {
        var rules = Sample.Rules("sefton").With(Sample.Receiving, a => a with { Contacts = [] });
        var story = CaseStory.Open(
            "sefton",
            "2026-10-12 09:00",
            o => o with { ReceivedBy = [o.ReceivedBy[0] with { Email = null }] },
            rules
        );
        story.Record(Outcomes.Resolved, Sample.Raising);
        var asked = story.LatestEvents.OfType<NoticeQueued>().Single();
        Assert.Equal(("sefton/businessManager", NoticeAction.None), (asked.Contact, asked.Action));
    }

    private static CaseStory At(string policy, string stage)
    {
        var story = CaseStory.Open(policy, "2026-10-12 09:00");
        story.ToStage(stage);
        return story;
    }
}
