using Escalation.Standalone.Storage;
using Escalation.Testing.Storage;

namespace Escalation.Standalone.Tests.Storage;

public sealed class SqliteCaseStoreContractTests : StoreContract
{
    private readonly TemporaryFolder _folder = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override Task<StoreParts> OpenEmptyAsync() =>
        Task.FromResult(StoreParts.Of(SqliteCaseStore.Open(_folder.Path)));
}
