using Escalation.Core.Cases;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Cases;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Tests.Engine;

/// <summary>Whole stories on the real engine, told the same as on one machine.</summary>
public sealed class EngineStoryTests
{
    public static TheoryData<string> Policies { get; } = [.. Sample.Policies];

    [Theory]
    [MemberData(nameof(Policies))]
    public Task The_first_stages_of_each_procedure_give_the_same_case_as_on_one_machine_event_for_event(
        string policy
    ) => AssertSameAsync(policy, escalations: 0);

    [Fact]
    public Task A_story_of_every_stage_gives_the_same_case_as_on_one_machine_event_for_event() =>
        AssertSameAsync("sandwell", escalations: int.MaxValue);

    [Fact]
    public async Task Input_output_custom_status_and_history_hold_references_keys_and_instants_and_nothing_personal()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var engine = await EngineHost.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");
        await engine.UntilAsync(world.Now.AddDays(5));

        var seen = (await engine.Client.GetInstanceAsync(reference, getInputsAndOutputs: true))!;
        Assert.Equal(
            (OrchestrationRuntimeStatus.Running, null, null),
            (seen.RuntimeStatus, seen.SerializedInput, seen.SerializedOutput)
        );
        var present = (await world.ReadAsync(reference)).Case.Stage;
        Assert.Contains($"\"Stage\":\"{present.Id}\"", seen.SerializedCustomStatus, StringComparison.Ordinal);
        var text = seen.SerializedCustomStatus + string.Join('\n', engine.Instance(reference).Texts);
        Assert.Contains(reference, text, StringComparison.Ordinal);
        foreach (
            var personal in new[] { "Robin Example", "Rae", "Cam", "1 Example Street", "example.org", "disagreement" }
        )
            Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
    }

    private static async Task AssertSameAsync(string policy, int escalations)
    {
        await using var azure = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var engine = await EngineHost.StartAsync(azure);
        await using var machine = await CaseWorld.AtAsync("2026-09-25 11:00");
        machine.Hub.IsDown = true;

        var there = await Story.TellAsync(azure, policy, (_, at) => engine.UntilAsync(at), escalations);
        var here = await Story.TellAsync(machine, policy, (world, at) => world.UntilByItselfAsync(at), escalations);

        Assert.False(here.Case.IsOpen);
        Assert.Contains(here.Case.Stages, s => s.MissedAt is not null);
        Assert.Equal(here.Events, there.Events);
        Assert.Equal(here.Head, there.Head);
        Assert.Empty(there.ToSend(azure.Now));
        Assert.Equal(machine.Mail.Sent.Select(m => m.Operation), azure.Mail.Sent.Select(m => m.Operation));
        var instance = Assert.Single(engine.Engine.Instances);
        Assert.Equal((there.Case.Reference, there.NextWake is null), (instance.Id, instance.IsFinished));
        Assert.InRange(instance.LongestHistory, 1, 520);
    }
}
