using Escalation.Core.Cases;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Cases;

namespace Escalation.Functions.Tests.Orchestrations;

public sealed class StoryTests
{
    public static TheoryData<string> Policies { get; } = [.. Sample.Policies];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_whole_story_gives_the_same_case_as_on_one_machine_event_for_event(string policy)
    {
        await using var azure = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var machine = await CaseWorld.AtAsync("2026-09-25 11:00");
        machine.Hub.IsDown = true;

        var there = await Story.TellAsync(azure, policy, (world, at) => world.UntilAsync(at));
        var here = await Story.TellAsync(machine, policy, (world, at) => world.UntilByItselfAsync(at));

        Assert.False(here.Case.IsOpen);
        Assert.Contains(here.Case.Stages, s => s.By == "deadline");
        Assert.Equal(here.Events, there.Events);
        Assert.Equal(here.Head, there.Head);
        Assert.Empty(there.ToSend(azure.Now));
        Assert.Equal(machine.Mail.Sent.Select(m => m.Operation), azure.Mail.Sent.Select(m => m.Operation));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_story_over_the_instance_ends_and_its_history_stays_bounded(string policy)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var document = await Story.TellAsync(world, policy, (w, at) => w.UntilAsync(at));

        var instance = Assert.Single(world.Hub.Instances).Value;
        Assert.Equal(document.Case.Reference, instance.Id);
        Assert.Equal(document.NextWake is null, instance.IsFinished);
        Assert.InRange(instance.LongestHistory, 1, 700);
        Assert.Equal(0, world.Hub.Failures);
    }

    [Fact]
    public async Task The_history_holds_references_keys_and_instants_and_nothing_personal()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var reference = await world.OpenAsync("sandwell");
        await world.UntilAsync(world.Now.AddDays(5));

        var text = string.Join('\n', world.Hub.Instances[reference].History);
        Assert.Contains(reference, text, StringComparison.Ordinal);
        foreach (var personal in new[] { "Robin Example", "Rae", "Cam", "1 Example Street", "example.org", "disagreement" })
            Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
    }
}
