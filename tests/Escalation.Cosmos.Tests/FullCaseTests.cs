using Escalation.Core.Cases;
using Escalation.Cosmos.Tests.Account;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;

namespace Escalation.Cosmos.Tests;

/// <summary>A case that takes no more words, in a store whose items are of 2 MB at the most: its clock goes on to the end.</summary>
[Collection(CosmosTests.Name)]
public sealed class FullCaseTests(CosmosAccount account)
{
    [EmulatorFact]
    public async Task A_case_at_its_bound_takes_every_deadline_to_its_end_and_the_outcome_of_each_stage()
    {
        var memory = new MemoryStore();
        var filled = await FullCase.OpenAsync(StoreParts.Of(memory));
        Assert.All(await filled.FillAsync(), code => Assert.Equal(Codes.TooLarge, code));
        var store = await account.OpenEmptyAsync(_ => "suffolk");

        var full = await filled.CopyAsync(memory, StoreParts.Of(store));
        await full.ToTheEndAsync();
    }
}
