using System.Runtime.CompilerServices;
using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Queries;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos;

/// <summary>
/// The cases of an Azure host: one item per case in the partition of its partnership. A write is conditional on the
/// item's ETag, read with the version it stands for. Every operation records its request units, and throws <see
/// cref="StoreBusyException"/> when the account throttles it for too long.
/// </summary>
public sealed class CosmosCaseStore : ICaseStore
{
    private const int WalkPage = 100;

    private readonly ItemContainer _cases;
    private readonly CaseItems _items;
    private readonly RecordItems _records;

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
        _records = new RecordItems(new ItemContainer(client.GetContainer(options.Database, options.Records)));
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
        WalkAsync("due", CaseQueries.Due(now), null, cancel);

    public Task<DateTimeOffset?> EarliestAsync(CancellationToken cancel) =>
        RequestUnits.CountAsync("earliest", units => FirstInstantAsync(CaseQueries.Earliest, null, units, cancel));

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

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The cursor (parameter name <c>cursor</c>) is none of this store's, or of
    /// another sort.</exception>
    public Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel) =>
        RequestUnits.CountAsync("tracker", units => Tracker.PageAsync(_cases, query, units, cancel));

    public IAsyncEnumerable<StoredCase> ScanAsync(CaseScan scan, CancellationToken cancel) =>
        WalkAsync("scan", CaseQueries.Scan(scan), scan.Partnership, cancel);

    public Task<IReadOnlyList<string>> SimilarAsync(string partnership, string likeness, CancellationToken cancel) =>
        RequestUnits.CountAsync<IReadOnlyList<string>>(
            "similar",
            async units =>
                await _cases.QueryAsync<string>(
                    CaseQueries.Similar(partnership, likeness),
                    partnership,
                    null,
                    units,
                    cancel
                )
        );

    public Task<IReadOnlyList<string>> RetentionDueAsync(DateTimeOffset now, int take, CancellationToken cancel) =>
        RequestUnits.CountAsync<IReadOnlyList<string>>(
            "retention",
            async units => await _cases.QueryAsync<string>(CaseQueries.RetentionDue(now), null, take, units, cancel)
        );

    /// <summary>
    /// The case with a notice that the mail provider took under this operation id, or null: a delivery report carries the id and no case.
    /// </summary>
    public Task<string?> FindByOperationAsync(string operation, CancellationToken cancel) =>
        RequestUnits.CountAsync(
            "findByOperation",
            async units =>
                (
                    await _cases.QueryAsync<string>(CaseQueries.WithOperation(operation), null, 1, units, cancel)
                ).FirstOrDefault()
        );

    /// <inheritdoc/>
    /// <remarks>Seven counts side by side, each of an index and not of the cases; a write between two of them shows in one only.</remarks>
    public Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel) =>
        RequestUnits.CountAsync(
            "counts",
            async units =>
            {
                var cases = NumberAsync(CaseQueries.CountCases(partnership));
                var open = NumberAsync(CaseQueries.CountOpen(partnership));
                var queued = NumberAsync(CaseQueries.SumQueued(partnership));
                var failed = NumberAsync(CaseQueries.SumFailed(partnership));
                var overdue = NumberAsync(CaseQueries.CountOverdue(partnership, now));
                var failing = NumberAsync(CaseQueries.CountFailing(partnership));
                var oldest = FirstInstantAsync(CaseQueries.OldestOverdue(partnership, now), partnership, units, cancel);
                return new StoreCounts(
                    await cases,
                    await open,
                    await queued,
                    await failed,
                    await overdue,
                    await oldest,
                    await failing
                );

                async Task<long> NumberAsync(QueryDefinition query) =>
                    (long)(await _cases.QueryAsync<double>(query, partnership, null, units, cancel)).Sum();
            }
        );

    public Task<StoredRecord?> ReadRecordAsync(string kind, string id, CancellationToken cancel) =>
        RequestUnits.CountAsync(
            "readRecord",
            async units => (await _records.FindAsync(kind, id, units, cancel))?.Stored
        );

    public Task<IReadOnlyList<StoredRecord>> ListRecordsAsync(string kind, string prefix, CancellationToken cancel) =>
        RequestUnits.CountAsync("listRecords", units => _records.ListAsync(kind, prefix, units, cancel));

    public Task<bool> WriteRecordAsync(
        string kind,
        string id,
        string? body,
        long expectedVersion,
        CancellationToken cancel
    ) =>
        RequestUnits.CountAsync(
            "writeRecord",
            units => _records.WriteAsync(kind, id, body, expectedVersion, units, cancel)
        );

    /// <summary>Reads in pages: a case written meanwhile comes as it is when its page is read.</summary>
    private async IAsyncEnumerable<StoredCase> WalkAsync(
        string name,
        QueryDefinition query,
        string? partnership,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var pages = _cases.Pages<CaseFound>(query, partnership, WalkPage);
        while (pages.HasMoreResults)
        {
            var page = await RequestUnits.CountAsync(
                name,
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

    private async Task<DateTimeOffset?> FirstInstantAsync(
        QueryDefinition query,
        string? partnership,
        RequestUnits units,
        CancellationToken cancel
    ) =>
        await _cases.QueryAsync<string>(query, partnership, 1, units, cancel) is [var first]
            ? Instant.Read(first)
            : null;
}
