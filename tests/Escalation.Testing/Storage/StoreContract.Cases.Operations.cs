using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_case_is_found_by_an_operation_of_its_notices_until_a_write_drops_it()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { Operations = ["first", "second"] });
        await AddAsync("SUF-0000-0002", AnOpenCase with { Partnership = "suffolk", Operations = ["third"] });

        Assert.Equal("SAN-0000-0001", await Store.FindByOperationAsync("first", CancellationToken.None));
        Assert.Equal("SAN-0000-0001", await Store.FindByOperationAsync("second", CancellationToken.None));
        Assert.Equal("SUF-0000-0002", await Store.FindByOperationAsync("third", CancellationToken.None));
        Assert.Null(await Store.FindByOperationAsync("fourth", CancellationToken.None));

        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { Operations = ["first"] }),
                CancellationToken.None
            )
        );
        Assert.Null(await Store.FindByOperationAsync("second", CancellationToken.None));
        Assert.Equal("SAN-0000-0001", await Store.FindByOperationAsync("first", CancellationToken.None));
    }
}
