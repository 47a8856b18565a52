using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Seeded random lives of cases under every policy: whatever people do and whenever the host wakes, these hold.</summary>
public sealed class RandomStoriesTests
{
    private const int PerSeed = 50;

    public static IEnumerable<object[]> Seeds { get; } =
    [.. from policy in Sample.Policies from seed in Enumerable.Range(1, 5) select new object[] { policy, seed }];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Invariants_hold_whatever_happens(string policy, int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < PerSeed; n++)
            Live(policy, random);
    }

    private static void Live(string policy, Random random)
    {
        var story = RandomLife.Open(policy, random);
        for (var step = 0; step < 25; step++)
        {
            RandomLife.Step(story, random);
            Check(story);
        }
        var reread = story.Reread();
        Assert.Equal(Compare.Text(story.Case), Compare.Text(reread.Case));
        Assert.Equal(story.Document.Head, reread.Head);
        Assert.Equal(story.Document.Head, EventChain.Hashes(reread.Events).Last());
        Assert.Equal(Compare.Text(story.Case), Compare.Text(Evolution.Fold(story.History)));
    }

    private static void Check(CaseStory story)
    {
        var c = story.Case;
        Assert.Equal(c.IsOpen ? 1 : 0, c.Stages.Count(s => s.ClosedAt is null));
        Assert.True(!c.IsOpen || c.Stage.ClosedAt is null, "The present stage is the open one.");
        Assert.Equal(c.Status == CaseStatus.OnHold, c.Hold is not null);
        Assert.Equal(c.Status == CaseStatus.AwaitingConfirmation, c.Awaiting is not null);
        Assert.Equal(c.IsOpen, c.Status is CaseStatus.Open or CaseStatus.OnHold or CaseStatus.AwaitingConfirmation);
        Assert.Equal(c.Notices.Count, c.Notices.Select(n => n.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(c.Duties.Count, c.Duties.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(c.Notices, n => n.Key.Contains('@'));
        Assert.Equal(Enumerable.Range(1, story.History.Count), story.History.Select(e => e.Number));
        Assert.True(
            story.History.Zip(story.History.Skip(1)).All(p => p.First.At <= p.Second.At),
            "Instants never decrease."
        );
        Assert.True(
            c.Stages.Zip(c.Stages.Skip(1))
                .All(p => story.Rules.Policy.IndexOf(p.First.Id) < story.Rules.Policy.IndexOf(p.Second.Id)),
            "Stages only go forward."
        );
        Assert.All(c.Stages, s => Assert.True(s.Deadline!.At > s.OpenedAt, "A deadline lies after its opening."));
        Carried(story);
    }

    /// <summary>Once carried out, nothing is due any more: the next wake lies ahead, and the same wake again does nothing.</summary>
    private static void Carried(CaseStory story)
    {
        story.Wake();
        Assert.Empty(story.Wake().Latest);
        Assert.True(
            story.NextWake is null || story.NextWake > story.Now,
            $"Next wake {story.NextWake} at {story.Now}."
        );
        Assert.True(!story.Case.IsOpen || story.NextWake is not null, "An open case always wakes again.");
    }
}
