using Escalation.Functions.Tests.World;

namespace Escalation.Functions.Tests.Orchestrations;

public sealed class StoryTests
{
    [Fact]
    public async Task A_replay_from_the_first_event_after_every_step_of_a_whole_story_asks_for_the_same_and_the_history_stays_bounded()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var document = await Story.TellAsync(world, "sandwell", (w, at) => w.UntilAsync(at));

        var instance = Assert.Single(world.Hub.Instances).Value;
        Assert.Equal(document.Case.Reference, instance.Id);
        Assert.Equal(document.NextWake is null, instance.IsFinished);
        Assert.InRange(instance.LongestHistory, 1, 520);
        Assert.Equal(0, world.Hub.Failures);
    }
}
