using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Notices;

/// <summary>Whom a case reminds and when, and what quiets it.</summary>
public sealed class RemindedTests
{
    [Theory]
    [InlineData("suffolk", "1", "2026-10-12 09:00", "2026-10-14 09:00", "2026-10-15 09:00")]
    [InlineData("suffolk", "2", "2026-10-12 09:00", "2026-10-16 09:00")]
    [InlineData("sandwell", "informal", "2026-10-12 10:00", "2026-10-13 09:00")]
    [InlineData("sandwell", "informal", "2026-10-16 16:15", "2026-10-16 16:45")]
    [InlineData("sandwell", "informal", "2026-10-16 12:00", "2026-10-16 16:00")]
    public void Reminders_go_to_the_stages_people(string policy, string stage, string opened, params string[] expected)
    {
        var story = CaseStory.Open(policy, opened);
        story.ToStage(stage);
        story.Until(story.Case.Stage.Deadline!.At);
        Assert.Equal(
            expected,
            story.History.Where(e => e.Event is ReminderDue r && r.Stage == stage).Select(e => UkTime.Text(e.At))
        );
        Assert.All(
            story.Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.Reminder && n.Queued.Stage == stage),
            n => Assert.Equal(NoticeAction.Outcome, n.Queued.Action)
        );
    }

    [Fact]
    public void Suffolks_stage_2_reminds_the_same_day_when_it_opens_in_time()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Record(Outcomes.Escalate, Sample.Raising);
        story.Until("2026-10-13");
        Assert.Equal(
            ["2026-10-12 15:00", "2026-10-13 09:00"],
            story.History.Where(e => e.Event is ReminderDue).Select(e => UkTime.Text(e.At))
        );
    }

    [Fact]
    public void A_host_that_slept_past_several_reminders_sends_the_latest_alone()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Sleep("2026-10-15 10:00").Wake();
        var reminder = Assert.IsType<ReminderDue>(Assert.Single(story.History, e => e.Event is ReminderDue).Event);
        Assert.Equal("2026-10-15 09:00", UkTime.Text(reminder.Scheduled));
    }

    [Fact]
    public void Contact_made_quiets_the_reminders_but_the_last_and_not_the_clock()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Do(Commands.ContactMade(Sample.Receiving));
        story.Until("2026-10-15 17:00");
        Assert.Equal(
            ["2026-10-15 09:00"],
            story.History.Where(e => e.Event is ReminderDue { Stage: "1" }).Select(e => UkTime.Text(e.At))
        );
        Assert.Equal("2", story.Case.Stage.Id);
    }

    // "If resolution is not agreed before going to Stage 3 the Director for Quality and Review must be informed."
    [Fact]
    public void Contact_at_Sandwells_stage_2_does_not_keep_back_its_last_reminder_with_which_others_are_warned_of_stage_3()
    {
        var told = Reminded(inTouch: true);
        Assert.NotEmpty(told);
        Assert.Equal(told, Reminded(inTouch: false));

        static IReadOnlyList<string> Reminded(bool inTouch)
        {
            var story = CaseStory.Open("sandwell", "2026-10-12 09:00").ToStage("2");
            if (inTouch)
                story.Do(Commands.ContactMade(Sample.Raising));
            story.Until(story.Case.Stage.Deadline!.At.AddMinutes(-1));
            return
            [
                .. story
                    .Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.Reminder && n.Queued.Stage == "2")
                    .Select(n => n.Queued.Contact)
                    .Distinct(),
            ];
        }
    }

    [Fact]
    public void After_a_disputed_contact_the_other_sides_word_for_another_changes_nothing()
    {
        var story = CaseStory.Open("sandwell", "2026-10-12 09:00").ToStage("1");
        story.Do(Commands.ContactMade(Sample.Receiving));
        Assert.Equal("done", story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal("done", story.Do(Commands.ContactMade(Sample.Receiving)));
        Assert.Equal((LimitFor.Contact, (string?)null), (story.Case.Stage.For, story.Case.Stage.ContactBy));
        story.Do(Commands.ContactMade(Sample.Raising));
        Assert.Equal(LimitFor.Outcome, story.Case.Stage.For);
    }
}
