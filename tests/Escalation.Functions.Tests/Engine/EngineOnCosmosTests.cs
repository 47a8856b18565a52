using Escalation.Core.Policies;
using Escalation.Cosmos.Tests.Account;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Storage;

namespace Escalation.Functions.Tests.Engine;

/// <summary>The engine over the Cosmos store, on the emulator or the account that the store's own tests use.</summary>
public sealed class EngineOnCosmosTests(CosmosAccount account) : IClassFixture<CosmosAccount>
{
    [Fact]
    public async Task A_whole_story_gives_the_same_case_as_on_one_machine_event_for_event()
    {
        const string policy = "suffolk-mash";
        var store = await account.OpenEmptyAsync(_ => PolicyCatalogue.BuiltIn.Find(policy)!.Partnership);
        await using var azure = await CaseWorld.AtAsync("2026-09-25 11:00", store: StoreParts.Of(store));
        await using var engine = await EngineHost.StartAsync(azure);
        await using var machine = await CaseWorld.AtAsync("2026-09-25 11:00");
        machine.Hub.IsDown = true;

        var there = await Story.TellAsync(azure, policy, (_, at) => engine.UntilAsync(at));
        var here = await Story.TellAsync(machine, policy, (world, at) => world.UntilByItselfAsync(at));

        Assert.Equal(here.Events, there.Events);
        Assert.Equal(here.Head, there.Head);
        Assert.Equal(machine.Mail.Sent.Select(m => m.Operation), azure.Mail.Sent.Select(m => m.Operation));
    }
}
