using Escalation.Cosmos.Tests.Account;
using Escalation.Testing.Storage;

namespace Escalation.Cosmos.Tests;

/// <summary>As hosts use it: a reference's prefix names the partnership, where it is a prefix of the host's policies.</summary>
[Collection(CosmosTests.Name)]
public sealed class CosmosCaseStoreContractTests(CosmosAccount account) : StoreContract
{
    protected override async Task<StoreParts> OpenEmptyAsync() =>
        StoreParts.Of(
            await account.OpenEmptyAsync(reference =>
                reference.StartsWith("SAN-", StringComparison.Ordinal) ? "sandwell" : null
            )
        );
}

/// <summary>With references that name none, so that every case is first looked for in all partitions.</summary>
[Collection(CosmosTests.Name)]
public sealed class CosmosCaseStoreWithoutPrefixesContractTests(CosmosAccount account) : StoreContract
{
    protected override async Task<StoreParts> OpenEmptyAsync() =>
        StoreParts.Of(await account.OpenEmptyAsync(_ => null));
}
