using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Queries;

namespace Escalation.Cosmos;

/// <summary>The records beside the cases, a kind to a partition.</summary>
internal sealed class RecordItems(ItemContainer container)
{
    public async Task<RecordItem?> FindAsync(string kind, string name, RequestUnits units, CancellationToken cancel) =>
        ItemId.Find(name) is { } id ? await container.ReadAsync<RecordItem>(id, kind, units, cancel) : null;

    /// <summary>Sorted here: the account's order of texts is not promised to be ordinal.</summary>
    public async Task<IReadOnlyList<StoredRecord>> ListAsync(
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
        var found = await container.QueryAsync<RecordItem>(query, kind, null, units, cancel);
        return [.. found.Select(item => item.Stored).OrderBy(record => record.Id, StringComparer.Ordinal)];
    }

    public async Task<bool> WriteAsync(
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
                new RecordItem(ItemId.Of(name), kind, name, 1, body),
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
