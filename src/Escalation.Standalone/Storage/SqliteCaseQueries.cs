using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>Lists, counts and searches, on the reading connections.</summary>
internal sealed class SqliteCaseQueries(ReaderPool reads) : ICaseQueries
{
    public const string Similar =
        "SELECT reference FROM cases WHERE likeness = $likeness AND partnership = $partnership AND ended = 0 ORDER BY reference";

    /// <summary>A case that doesn't fail is next tried at its next wake; one that does may have been put off past it.</summary>
    public const string OverdueWakes = """
        SELECT COUNT(*), MIN(wake) FROM (
            SELECT next_try AS wake FROM cases
            WHERE next_try <= $now AND failures = 0 AND ($partnership IS NULL OR partnership = $partnership)
            UNION ALL
            SELECT next_wake FROM cases
            WHERE failures > 0 AND next_wake <= $now AND ($partnership IS NULL OR partnership = $partnership))
        """;

    public const string Failing =
        "SELECT COUNT(*) FROM cases WHERE failures > 0 AND ($partnership IS NULL OR partnership = $partnership)";

    private const string Counters = """
        SELECT COALESCE(SUM(cases), 0), COALESCE(SUM(open), 0), COALESCE(SUM(queued), 0), COALESCE(SUM(failed), 0)
        FROM counters WHERE $partnership IS NULL OR partnership = $partnership
        """;

    /// <summary>As <see cref="Counters"/>, counted anew.</summary>
    private const string CountedCases = """
        SELECT COUNT(*), COALESCE(SUM(1 - ended), 0), COALESCE(SUM(queued), 0), COALESCE(SUM(failed), 0)
        FROM cases WHERE $partnership IS NULL OR partnership = $partnership
        """;

    public Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel) =>
        reads.QueryAsync(statements => SqliteTracker.Page(statements, query), cancel);

    public IAsyncEnumerable<StoredCase> ScanAsync(CaseScan scan, CancellationToken cancel) =>
        reads.WalkAsync((statements, last) => Scan.Next(statements, scan, last), cancel);

    public Task<IReadOnlyList<string>> SimilarAsync(
        string partnership,
        string similarityKey,
        CancellationToken cancel
    ) =>
        reads.QueryAsync<IReadOnlyList<string>>(
            statements =>
                statements[Similar]
                    .Set("$partnership", partnership)
                    .Set("$likeness", similarityKey)
                    .List(row => row.Text(0)),
            cancel
        );

    public Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel) =>
        reads.QueryAsync(statements => Counts(statements, partnership, now), cancel);

    private static StoreCounts Counts(Statements statements, string? partnership, DateTimeOffset now)
    {
        var failing = statements[Failing].Set("$partnership", partnership).First(row => row.Number(0));
        var (overdue, oldest) = statements[OverdueWakes]
            .Set("$partnership", partnership)
            .Set("$now", now.UtcTicks)
            .First(row => (row.Number(0), row.IsNull(1) ? (DateTimeOffset?)null : row.Instant(1)));
        return Damage.Around<StoreCounts>(() => Count(Counters), () => Count(CountedCases));

        StoreCounts Count(string sql) =>
            statements[sql]
                .Set("$partnership", partnership)
                .First(row => new StoreCounts(
                    row.Number(0),
                    row.Number(1),
                    row.Number(2),
                    row.Number(3),
                    overdue,
                    oldest,
                    failing
                ))!;
    }
}
