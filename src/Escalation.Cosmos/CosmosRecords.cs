using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Queries;

namespace Escalation.Cosmos;

/// <summary>The records beside the cases, a kind to a partition.</summary>
internal sealed class CosmosRecords(ItemContainer container) : IRecords
{
    public Task<StoredRecord?> ReadAsync(string kind, string id, CancellationToken cancel) =>
        RequestUnits.CountAsync("readRecord", async units => (await FindAsync(kind, id, units, cancel))?.Stored);

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string prefix, CancellationToken cancel) =>
        RequestUnits.CountAsync("listRecords", units => ListAsync(kind, prefix, units, cancel));

    public Task<bool> WriteAsync(
        string kind,
        string id,
        string? body,
        long expectedVersion,
        CancellationToken cancel
    ) => RequestUnits.CountAsync("writeRecord", units => WriteAsync(kind, id, body, expectedVersion, units, cancel));

    private async Task<StoredRecordItem?> FindAsync(
        string kind,
        string name,
        RequestUnits units,
        CancellationToken cancel
    ) => ItemId.Find(name) is { } id ? await container.ReadAsync<StoredRecordItem>(id, kind, units, cancel) : null;

    /// <summary>Sorted here: the account's order of texts is not promised to be ordinal.</summary>
    private async Task<IReadOnlyList<StoredRecord>> ListAsync(
        string kind,
        string prefix,
        RequestUnits units,
        CancellationToken cancel
    )
    {
        var query = new Conditions()
            .And("c.kind = @kind", ("@kind", kind))
            .AndIf("STARTSWITH(c.name, @prefix)", "@prefix", prefix.Length == 0 ? null : prefix)
            .Select("c.id, c.kind, c.name, c.version, c.body");
        var found = await container.QueryAsync<StoredRecordItem>(query, kind, null, units, cancel);
        return [.. found.Select(item => item.Stored).OrderBy(record => record.Id, StringComparer.Ordinal)];
    }

    private async Task<bool> WriteAsync(
        string kind,
        string name,
        string? body,
        long expectedVersion,
        RequestUnits units,
        CancellationToken cancel
    )
    {
        if (expectedVersion == 0 && body is not null)
            return await container.CreateAsync(
                new StoredRecordItem(ItemId.Of(name), kind, name, 1, body),
                kind,
                units,
                cancel
            );

        var found = await FindAsync(kind, name, units, cancel);
        if ((found?.Version ?? 0) != expectedVersion)
            return false;
        if (found is null)
            return true;
        return body is null
            ? await container.DeleteAsync(found.Id, kind, found.ETag!, units, cancel)
            : await container.ReplaceAsync(
                found with
                {
                    Version = expectedVersion + 1,
                    Body = body,
                    ETag = null,
                },
                found.Id,
                kind,
                found.ETag!,
                units,
                cancel
            );
    }
}
