using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Testing.Storage;

namespace Escalation.Standalone.Tests.Storage;

public sealed class SqliteCaseStoreContractTests : CaseStoreContract
{
    private readonly TemporaryFolder _folder = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override Task<ICaseStore> OpenEmptyAsync() =>
        Task.FromResult<ICaseStore>(SqliteCaseStore.Open(_folder.Path));
}
