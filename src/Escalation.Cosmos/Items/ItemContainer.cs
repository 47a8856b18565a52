using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Escalation.Core.Storage;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos.Items;

/// <summary>
/// One container by item and by query. A conflict, a changed ETag and a missing item are answers; all else that fails
/// is an exception.
/// </summary>
internal sealed class ItemContainer(Container container)
{
    private const int WalkPage = 100;

    /// <summary>Null when there is none.</summary>
    public async Task<T?> ReadAsync<T>(string id, string partition, RequestUnits units, CancellationToken cancel)
        where T : class
    {
        using var response = await container.ReadItemStreamAsync(
            id,
            new PartitionKey(partition),
            cancellationToken: cancel
        );
        return Done(response, units, HttpStatusCode.NotFound)
            ? await JsonSerializer.DeserializeAsync<T>(response.Content, ItemJson.Options, cancel)
            : null;
    }

    /// <summary>False when the id is taken.</summary>
    public async Task<bool> CreateAsync<T>(T item, string partition, RequestUnits units, CancellationToken cancel)
    {
        using var body = Body(item);
        using var response = await container.CreateItemStreamAsync(
            body,
            new PartitionKey(partition),
            cancellationToken: cancel
        );
        return Done(response, units, HttpStatusCode.Conflict);
    }

    /// <summary>False when the item has another ETag, or is gone.</summary>
    public async Task<bool> ReplaceAsync<T>(
        T item,
        string id,
        string partition,
        string etag,
        RequestUnits units,
        CancellationToken cancel
    )
    {
        using var body = Body(item);
        using var response = await container.ReplaceItemStreamAsync(
            body,
            id,
            new PartitionKey(partition),
            If(etag),
            cancel
        );
        return Done(response, units, HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound);
    }

    /// <summary>False when the item has another ETag, or is gone.</summary>
    public async Task<bool> DeleteAsync(
        string id,
        string partition,
        string etag,
        RequestUnits units,
        CancellationToken cancel
    )
    {
        using var response = await container.DeleteItemStreamAsync(id, new PartitionKey(partition), If(etag), cancel);
        return Done(response, units, HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound);
    }

    /// <summary>False when the item has another version, or is none.</summary>
    public async Task<bool> PatchAsync(
        string id,
        string partition,
        long version,
        IReadOnlyList<PatchOperation> changes,
        RequestUnits units,
        CancellationToken cancel
    )
    {
        var onlyIf = new PatchItemRequestOptions
        {
            FilterPredicate = string.Create(CultureInfo.InvariantCulture, $"FROM c WHERE c.version = {version}"),
        };
        using var response = await container.PatchItemStreamAsync(
            id,
            new PartitionKey(partition),
            changes,
            onlyIf,
            cancel
        );
        return Done(response, units, HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound);
    }

    /// <summary>Everything that the query finds, or the first <paramref name="most"/> of it.</summary>
    /// <param name="partition">Null: all.</param>
    public async Task<List<T>> QueryAsync<T>(
        QueryDefinition query,
        string? partition,
        int? most,
        RequestUnits units,
        CancellationToken cancel
    )
    {
        using var pages = Pages<T>(query, partition, most);
        var found = new List<T>();
        while (pages.HasMoreResults && found.Count < (most ?? int.MaxValue))
        {
            var page = await pages.ReadNextAsync(cancel);
            units.Add(page.RequestCharge);
            found.AddRange(page);
        }

        return most is { } take && found.Count > take ? found[..take] : found;
    }

    /// <summary>The instant that the query finds first, or null.</summary>
    /// <param name="partition">Null: all.</param>
    public async Task<DateTimeOffset?> FirstInstantAsync(
        QueryDefinition query,
        string? partition,
        RequestUnits units,
        CancellationToken cancel
    ) => await QueryAsync<string>(query, partition, 1, units, cancel) is [var first] ? Instant.Read(first) : null;

    /// <summary>Reads in pages: a case written meanwhile comes as it is when its page is read.</summary>
    /// <param name="operation">As its request units are recorded, those of each page by themselves.</param>
    /// <param name="partition">Null: all.</param>
    public async IAsyncEnumerable<StoredCase> WalkAsync(
        string operation,
        QueryDefinition query,
        string? partition,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var pages = Pages<CaseFound>(query, partition, WalkPage);
        while (pages.HasMoreResults)
        {
            var page = await RequestUnits.CountAsync(
                operation,
                async units =>
                {
                    var next = await pages.ReadNextAsync(cancel);
                    units.Add(next.RequestCharge);
                    return next;
                }
            );
            foreach (var found in page)
                yield return found.Stored;
        }
    }

    /// <summary>
    /// Executed directly where one physical partition answers, which saves taking the query apart and putting the parts
    /// together again; where several do, the client does that.
    /// </summary>
    /// <param name="size">At the most, of a page.</param>
    private FeedIterator<T> Pages<T>(QueryDefinition query, string? partition, int? size) =>
        container.GetItemQueryIterator<T>(
            query,
            requestOptions: new QueryRequestOptions
            {
                PartitionKey = partition is null ? null : new PartitionKey(partition),
                MaxItemCount = size,
                EnableOptimisticDirectExecution = true,
            }
        );

    private static bool Done(ResponseMessage response, RequestUnits units, params ReadOnlySpan<HttpStatusCode> answers)
    {
        if (!answers.Contains(response.StatusCode))
            response.EnsureSuccessStatusCode();
        units.Add(response.Headers.RequestCharge);
        return response.IsSuccessStatusCode;
    }

    private static MemoryStream Body<T>(T item) =>
        new(JsonSerializer.SerializeToUtf8Bytes(item, ItemJson.Options), writable: false);

    private static ItemRequestOptions If(string etag) => new() { IfMatchEtag = etag };
}
