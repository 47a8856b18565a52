using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>A closure declared while a case is open. Suffolk stage 1 opens on Monday 12 October 2026 and ends on Thursday 15.</summary>
public sealed class AmendedCalendarTests
{
    [Theory]
    [InlineData("2026-10-14", "2026-10-16")]
    [InlineData("2026-10-15", "2026-10-16")]
    [InlineData("2026-10-16", "2026-10-15")]
    [InlineData("2026-10-17", "2026-10-15")]
    public void A_closure_moves_the_deadline_later_or_not_at_all(string closed, string deadline)
    {
        var story = Amended(CaseStory.Open("suffolk", "2026-10-12 09:00"), closed).Wake();
        Assert.Equal(deadline + " 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
        Assert.Equal(deadline == "2026-10-15" ? 0 : 1, story.LatestEvents.OfType<DeadlineMoved>().Count());
    }

    [Fact]
    public void The_change_is_recorded_with_both_instants_and_told_to_the_stages_people()
    {
        var story = Amended(CaseStory.Open("suffolk", "2026-10-12 09:00"), "2026-10-14").Wake();
        var moved = story.LatestEvents.OfType<DeadlineMoved>().Single();
        Assert.Equal((UkTime.At("2026-10-15"), UkTime.At("2026-10-16")), (moved.From, moved.Deadline.At));
        Assert.Contains(moved.Deadline.Explanation.Skipped, s => s.Date == UkTime.Day("2026-10-14"));
        Assert.Equal(
            ["intake/raisedBy", "intake/receivedBy.0"],
            story
                .LatestEvents.OfType<NoticeQueued>()
                .Where(n => n.Kind == NoticeKinds.DeadlineMoved)
                .Select(n => n.Contact)
        );
        Assert.Equal(["2026-10-15 09:00", "2026-10-16 09:00"], moved.Reminders.Select(UkTime.Text));
    }

    [Fact]
    public void Applied_twice_it_changes_nothing_more()
    {
        var story = Amended(CaseStory.Open("suffolk", "2026-10-12 09:00"), "2026-10-14").Wake();
        Assert.Empty(story.Wake().Latest);
    }

    [Fact]
    public void Never_earlier_when_a_closure_is_taken_back()
    {
        var story = Amended(CaseStory.Open("suffolk", "2026-10-12 09:00"), "2026-10-14").Wake();
        story.Rules = story.Rules with { Calendar = Sample.Calendar(version: 3) };
        Assert.Empty(story.Wake().Latest);
        Assert.Equal("2026-10-16 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
    }

    [Fact]
    public void A_stage_already_missed_stays_missed()
    {
        var story = CaseStory.Open("suffolk-mash", "2026-10-12 09:00").Until("2026-10-21 10:00");
        Assert.NotNull(story.Case.Stage.MissedAt);
        Amended(story, "2026-10-20").Wake();
        Assert.Empty(story.LatestEvents.OfType<DeadlineMoved>());
        Assert.NotNull(story.Case.Stage.MissedAt);
    }

    [Fact]
    public void A_command_sees_the_moved_deadline_first()
    {
        var story = Amended(CaseStory.Open("suffolk", "2026-10-12 09:00").Until("2026-10-14 12:00"), "2026-10-15")
            .Sleep("2026-10-16 12:00");
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Raising));
        Assert.Equal((CaseStatus.Resolved, false), (story.Case.Status, story.Case.Stage.Late));
    }

    [Fact]
    public void On_hold_nothing_moves_until_it_ends_then_the_new_calendar_counts()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Do(Commands.Hold(Sample.Raising));
        Amended(story, "2026-10-15").Wake();
        Assert.Empty(story.Latest);
        story.Until("2026-10-14 10:00").Do(Commands.Resume(Sample.Raising));
        // Three days were left: Friday 16, Monday 19, Tuesday 20.
        Assert.Equal("2026-10-20 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
    }

    [Fact]
    public void Resumed_before_the_closure_was_declared_the_days_left_are_counted_again()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Do(Commands.Hold(Sample.Raising));
        story.Until("2026-10-14 10:00").Do(Commands.Resume(Sample.Raising));
        Assert.Equal("2026-10-19 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
        Amended(story, "2026-10-16").Wake();
        Assert.Equal("2026-10-20 17:00", UkTime.Text(story.Case.Stage.Deadline.At));
    }

    [Fact]
    public void Who_is_asked_to_confirm_has_until_the_moved_deadline()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Record(Outcomes.Resolved, Sample.Receiving);
        Amended(story, "2026-10-14").Wake();
        Assert.Equal("2026-10-16 17:00", UkTime.Text(story.Case.Awaiting!.By));
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Until("2026-10-15").Case.Status);
    }

    private static CaseStory Amended(CaseStory story, string closed)
    {
        story.Rules = story.Rules with
        {
            Calendar = Sample.Calendar(2, new Closure(UkTime.Day(closed), "A day of mourning")),
        };
        return story;
    }
}
