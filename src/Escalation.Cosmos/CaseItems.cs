using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Queries;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos;

/// <summary>One case at a time.</summary>
internal sealed class CaseItems(
    ItemContainer container,
    Func<string, CancellationToken, ValueTask<string?>> partnershipOf
)
{
    public async Task<StoredCase?> ReadAsync(string reference, RequestUnits units, CancellationToken cancel) =>
        await HomeAsync(reference, units, cancel) is { } home
            ? (await FindAsync(reference, home, units, cancel))?.Stored
            : null;

    public async Task<bool> WriteAsync(CaseWrite write, RequestUnits units, CancellationToken cancel)
    {
        var item = CaseItem.Of(write);
        var home = await HomeAsync(write.Reference, units, cancel) ?? item.Partnership;
        if (write.ExpectedVersion == 0 && home == item.Partnership)
            return await container.CreateAsync(item, home, units, cancel);

        // Again only when a deferral, which leaves the version, came between reading and writing.
        while (true)
        {
            var found = await FindAsync(write.Reference, home, units, cancel);
            if ((found?.Version ?? 0) != write.ExpectedVersion)
                return false;
            if (home != item.Partnership || found is null)
                throw new ArgumentException(
                    $"Case {write.Reference} belongs to {home}, not to {item.Partnership}.",
                    nameof(write)
                );
            if (await container.ReplaceAsync(item, item.Id, home, found.ETag!, units, cancel))
                return true;
        }
    }

    public async Task<bool> DeferAsync(
        string reference,
        long version,
        DateTimeOffset nextTry,
        int failures,
        RequestUnits units,
        CancellationToken cancel
    ) =>
        await HomeAsync(reference, units, cancel) is { } home
        && ItemId.Find(reference) is { } id
        && await container.PatchAsync(
            id,
            home,
            version,
            [PatchOperation.Set("/nextTry", Instant.Write(nextTry)), PatchOperation.Set("/failures", failures)],
            units,
            cancel
        );

    private async Task<CaseFound?> FindAsync(
        string reference,
        string home,
        RequestUnits units,
        CancellationToken cancel
    ) => ItemId.Find(reference) is { } id ? await container.ReadAsync<CaseFound>(id, home, units, cancel) : null;

    private async Task<string?> HomeAsync(string reference, RequestUnits units, CancellationToken cancel) =>
        await partnershipOf(reference, cancel) is { } known ? known
        : await container.QueryAsync<string>(CaseQueryTexts.Partnership(reference), null, 1, units, cancel)
            is [var found]
            ? found
        : null;
}
