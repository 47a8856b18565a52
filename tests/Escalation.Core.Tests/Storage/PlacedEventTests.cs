using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Reporting;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>Which stage an event belongs to: by it, an internal stage is kept from the other agency.</summary>
public sealed class PlacedEventTests
{
    [Fact]
    public void What_happens_to_a_stage_and_to_its_emails_and_duties_belongs_to_it_also_after_it_closed()
    {
        var story = CaseStory.Open("surrey-adults", "2026-03-27 16:30").Until("2026-03-31 12:00");
        var placed = PlacedEvent.Of(story.Document);
        Assert.Null(placed[0].Stage);
        Assert.All(
            placed.Where(e =>
                e.Event is StageOpened { Stage: "1" } or StageClosed { Stage: "1" } or DeadlineMissed { Stage: "1" }
            ),
            e => Assert.Equal("1", e.Stage)
        );
        var stageOf = story.Case.Notices.ToDictionary(n => n.Key, n => n.Queued.Stage, StringComparer.Ordinal);
        Assert.All(
            placed.Where(e => e.Event is NoticeSent),
            e => Assert.Equal(stageOf[((NoticeSent)e.Event).Key], e.Stage)
        );
        Assert.Contains(placed, e => e is { Event: NoticeSent, Stage: "1" });
        Assert.Contains(placed, e => e is { Event: NoticeSent, Stage: "2" });
    }

    [Fact]
    public void A_late_answer_belongs_to_the_stage_it_answers_and_not_to_the_present_one()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Until("2026-10-15 18:00");
        Assert.Equal("2", story.Case.Stage.Id);
        Assert.Equal("stageClosed", story.Record(Outcomes.Resolved, Sample.Receiving, m => m with { Stage = "1" }));
        var late = Assert.Single(PlacedEvent.Of(story.Document), e => e.Event is LateResponseRecorded);
        Assert.Equal(("1", "2", "1"), (late.Stage, late.Present, late.Said));
    }

    [Fact]
    public void A_note_belongs_to_the_stage_at_which_it_was_said_and_urgency_to_the_whole_case()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Until("2026-10-15 18:00");
        story.Do(Commands.Note(Sample.Raising));
        story.Do(Commands.Urgent(Sample.Receiving));
        var placed = PlacedEvent.Of(story.Document);
        Assert.Equal("2", Assert.Single(placed, e => e.Event is NoteAdded).Stage);
        var urgent = Assert.Single(placed, e => e.Event is UrgentRaised);
        Assert.Equal((null, "2"), (urgent.Stage, urgent.Said));
    }

    [Fact]
    public void An_event_of_a_newer_program_belongs_to_the_whole_case()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").WrittenByANewerProgram("""{"type":"somethingNew"}""");
        Assert.Null(PlacedEvent.Of(story.Document)[^1].Stage);
    }
}
