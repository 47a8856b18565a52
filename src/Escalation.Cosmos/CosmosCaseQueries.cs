using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Queries;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos;

/// <summary>Lists, counts and searches: of one partnership in its partition, of all across the partitions.</summary>
internal sealed class CosmosCaseQueries(ItemContainer container) : ICaseQueries
{
    public Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel) =>
        RequestUnits.CountAsync("tracker", units => CosmosTracker.PageAsync(container, query, units, cancel));

    public IAsyncEnumerable<StoredCase> ScanAsync(CaseScan scan, CancellationToken cancel) =>
        container.WalkAsync("scan", CaseQueryTexts.Scan(scan), scan.Partnership, cancel);

    public Task<IReadOnlyList<string>> SimilarAsync(
        string partnership,
        string similarityKey,
        CancellationToken cancel
    ) =>
        RequestUnits.CountAsync<IReadOnlyList<string>>(
            "similar",
            async units =>
                await container.QueryAsync<string>(
                    CaseQueryTexts.Similar(partnership, similarityKey),
                    partnership,
                    null,
                    units,
                    cancel
                )
        );

    /// <remarks>
    /// Seven counts side by side, each of an index and not of the cases; a write between two of them shows in one only.
    /// </remarks>
    public Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel) =>
        RequestUnits.CountAsync(
            "counts",
            async units =>
            {
                var cases = NumberAsync(CaseQueryTexts.CountCases(partnership));
                var open = NumberAsync(CaseQueryTexts.CountOpen(partnership));
                var queued = NumberAsync(CaseQueryTexts.SumQueued(partnership));
                var failed = NumberAsync(CaseQueryTexts.SumFailed(partnership));
                var overdue = NumberAsync(CaseQueryTexts.CountOverdue(partnership, now));
                var failing = NumberAsync(CaseQueryTexts.CountFailing(partnership));
                var oldest = container.FirstInstantAsync(
                    CaseQueryTexts.OldestOverdue(partnership, now),
                    partnership,
                    units,
                    cancel
                );
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
                    (long)(await container.QueryAsync<double>(query, partnership, null, units, cancel)).Sum();
            }
        );
}
