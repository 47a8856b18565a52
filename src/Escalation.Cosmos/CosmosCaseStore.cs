using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Queries;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos;

/// <summary>
/// The cases and records of an Azure host: one item per case in the partition of its partnership. A write is
/// conditional on the item's ETag, read with the version it stands for. Every operation records its request units, and throws <see
/// cref="StoreBusyException"/> when the account throttles it for too long.
/// </summary>
public sealed class CosmosCaseStore : ICaseStore, ICaseQueries, IRecords
{
    private readonly ItemContainer _cases;
    private readonly CaseItems _items;
    private readonly CosmosCaseQueries _queries;
    private readonly CosmosRecords _records;

    /// <param name="client">Stays the caller's.</param>
    /// <param name="partnershipOf"> The partnership that a reference's prefix names. Null where it isn't known: then
    /// the case is looked for in all partitions, which costs a query more. It must never name a wrong one: the case
    /// would not be found. It may ask this store for records. </param>
    public CosmosCaseStore(
        CosmosClient client,
        CosmosOptions options,
        Func<string, CancellationToken, ValueTask<string?>> partnershipOf
    )
    {
        _cases = new ItemContainer(client.GetContainer(options.Database, options.Cases));
        _items = new CaseItems(_cases, partnershipOf);
        _queries = new CosmosCaseQueries(_cases);
        _records = new CosmosRecords(new ItemContainer(client.GetContainer(options.Database, options.Records)));
    }

    public Task<StoredCase?> ReadAsync(string reference, CancellationToken cancel) =>
        RequestUnits.CountAsync("read", units => _items.ReadAsync(reference, units, cancel));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The case is stored, or belongs by its reference, with another partnership
    /// than the one written.</exception>
    public Task<bool> WriteAsync(CaseWrite write, CancellationToken cancel)
    {
        DocumentSize.Check(write);
        return RequestUnits.CountAsync("write", units => _items.WriteAsync(write, units, cancel));
    }

    public IAsyncEnumerable<StoredCase> DueAsync(DateTimeOffset now, CancellationToken cancel) =>
        _cases.WalkAsync("due", CaseQueryTexts.Due(now), null, cancel);

    public Task<DateTimeOffset?> EarliestAsync(CancellationToken cancel) =>
        RequestUnits.CountAsync(
            "earliest",
            units => _cases.FirstInstantAsync(CaseQueryTexts.Earliest, null, units, cancel)
        );

    public Task DeferAsync(
        string reference,
        long version,
        DateTimeOffset nextTry,
        int failures,
        CancellationToken cancel
    ) =>
        RequestUnits.CountAsync(
            "defer",
            units => _items.DeferAsync(reference, version, nextTry, failures, units, cancel)
        );

    public Task<IReadOnlyList<string>> RetentionDueAsync(DateTimeOffset now, int take, CancellationToken cancel) =>
        RequestUnits.CountAsync<IReadOnlyList<string>>(
            "retention",
            async units => await _cases.QueryAsync<string>(CaseQueryTexts.RetentionDue(now), null, take, units, cancel)
        );

    public Task<string?> FindByOperationAsync(string operation, CancellationToken cancel) =>
        RequestUnits.CountAsync(
            "findByOperation",
            async units =>
                (
                    await _cases.QueryAsync<string>(CaseQueryTexts.WithOperation(operation), null, 1, units, cancel)
                ).FirstOrDefault()
        );

    public Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel) =>
        _queries.TrackerAsync(query, cancel);

    public IAsyncEnumerable<StoredCase> ScanAsync(CaseScan scan, CancellationToken cancel) =>
        _queries.ScanAsync(scan, cancel);

    public Task<IReadOnlyList<string>> SimilarAsync(
        string partnership,
        string similarityKey,
        CancellationToken cancel
    ) => _queries.SimilarAsync(partnership, similarityKey, cancel);

    public Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel) =>
        _queries.CountsAsync(partnership, now, cancel);

    public Task<StoredRecord?> ReadAsync(string kind, string id, CancellationToken cancel) =>
        _records.ReadAsync(kind, id, cancel);

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string prefix, CancellationToken cancel) =>
        _records.ListAsync(kind, prefix, cancel);

    public Task<bool> WriteAsync(
        string kind,
        string id,
        string? body,
        long expectedVersion,
        CancellationToken cancel
    ) => _records.WriteAsync(kind, id, body, expectedVersion, cancel);
}
