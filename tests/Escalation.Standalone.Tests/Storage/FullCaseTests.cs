using Escalation.Core.Cases;
using Escalation.Standalone.Storage;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;

namespace Escalation.Standalone.Tests.Storage;

/// <summary>A case that takes no more words, on SQLite: its clock goes on to the end.</summary>
public sealed class FullCaseTests
{
    [Fact]
    public async Task A_case_at_its_bound_takes_every_deadline_to_its_end_and_the_outcome_of_each_stage()
    {
        using var folder = new TemporaryFolder();
        await using var store = SqliteCaseStore.Open(folder.Path);
        var full = await FullCase.OpenAsync(StoreParts.Of(store));
        Assert.All(await full.FillAsync(), code => Assert.Equal(Codes.TooLarge, code));

        await full.ToTheEndAsync();
    }
}
