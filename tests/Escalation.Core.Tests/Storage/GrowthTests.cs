using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Cases;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>
/// Nothing grows without bound: whatever anybody sends, a case has room for its deadlines, its notices and an outcome at each stage.
/// </summary>
public sealed class GrowthTests
{
    [Fact]
    public void Whatever_anybody_does_a_case_stays_under_the_bound_and_takes_every_deadline_notice_and_an_outcome_a_stage() =>
        Lives.Check(stories: 60, deeds: 120, Live);

    [LongFact]
    public void Of_five_hundred_stories_none_fills_a_case() => Lives.Check(stories: 500, deeds: 120, Live);

    /// <summary>Everybody does as they like, at any length; then every deadline comes, to three years after the last.</summary>
    private static void Live(Setting setting, int[] deeds)
    {
        var crowd = new Crowd(setting);
        foreach (var deed in deeds)
        {
            crowd.Happens(deed);
            Check(crowd);
        }
        ToTheEnd(crowd);
    }

    private static void ToTheEnd(Crowd crowd)
    {
        var story = crowd.Story;
        if (story.Case.Status == CaseStatus.OnHold)
            Assert.Equal("done", story.Do(Commands.Resume(Sample.Raising)));
        while (story.Case.IsOpen && !Stays(story.Case.Stage))
        {
            TakesAnOutcome(crowd);
            story.Next();
            Check(crowd);
            if (story.Case.Stage.Id != story.Rules.Policy.FinalStage.Id && Stays(story.Case.Stage))
                Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        }
        story.Until(story.Now.AddYears(3));
        Check(crowd);
        if (story.Case.IsOpen)
            TakesAnOutcome(crowd);
        foreach (var opened in story.History.Where(e => e.Event is StageOpened))
            Assert.Contains(story.Case.Notices, n => n.Queued.Cause == opened.Number);
        Assert.InRange(CaseSize.Of(DocumentFormat.Write(story.Document)), 1, DocumentSize.Of(story.Document));
    }

    /// <summary>Nothing moves it by itself any more.</summary>
    private static bool Stays(StageRecord stage) => stage.MissedAt is not null || stage.IsWithoutLimit;

    /// <summary>One outcome a stage: the first, or, while that one waits, the answer to it.</summary>
    private static void TakesAnOutcome(Crowd crowd)
    {
        var (c, story) = (crowd.Case, crowd.Story);
        var final = story.Rules.Policy.FinalStage;
        if (c.Awaiting is { } awaiting)
        {
            var by = c.AgenciesOf(awaiting.Sides[0]).First();
            Assert.Equal("done", story.Try(Commands.Dispute(by) with { Reason = new string('x', 2_000) }));
        }
        else if (c.Stage.DiscussedOn is null)
        {
            var ending = final.Outcomes.First(o => o is not (Outcomes.Responded or Outcomes.NoLongerDisagrees));
            Assert.Equal(
                "done",
                story.Try(crowd.Longest(c.Stage.Id == final.Id ? ending : Outcomes.Escalate, c.Partnership))
            );
        }
    }

    private static void Check(Crowd crowd)
    {
        var size = DocumentSize.Of(crowd.Document);
        Assert.True(size <= CaseSize.Most - CaseSize.MostRepeated, $"The case takes {size:N0} bytes.");
    }
}
