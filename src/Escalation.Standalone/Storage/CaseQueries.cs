using Escalation.Core.Cases;

namespace Escalation.Standalone.Storage;

/// <summary>The queries of the scheduler, the intake and the health check.</summary>
internal static class CaseQueries
{
    /// <summary>So few that little is held in memory, so many that finding the place again costs nothing.</summary>
    private const int DueChunk = 128;

    public const string Due =
        $"""
        SELECT {StoredCases.Columns}, f.next_try FROM (
            SELECT id, reference, version, failures, size, next_try FROM cases
            WHERE next_try <= $now AND (next_try, reference) > ($at, $reference) ORDER BY next_try, reference LIMIT $take) f
        {StoredCases.WithParts}
        """;

    public const string One = $"SELECT {StoredCases.Columns}, f.raised_at FROM cases f {StoredCases.WithParts} WHERE f.reference = $reference";

    public const string Earliest = "SELECT next_try FROM cases WHERE next_try IS NOT NULL ORDER BY next_try LIMIT 1";

    public const string RetentionDue = "SELECT reference FROM cases WHERE retain_until <= $now ORDER BY retain_until LIMIT $take";

    public const string Similar =
        "SELECT reference FROM cases WHERE likeness = $likeness AND partnership = $partnership AND ended = 0 ORDER BY reference";

    public const string Operation = "SELECT c.reference FROM operations o JOIN cases c ON c.id = o.case_id WHERE o.operation = $operation";

    /// <summary>A case that doesn't fail is next tried at its next wake; one that does may have been put off past it.</summary>
    public const string OverdueWakes =
        """
        SELECT COUNT(*), MIN(wake) FROM (
            SELECT next_try AS wake FROM cases WHERE next_try <= $now AND failures = 0 AND ($partnership IS NULL OR partnership = $partnership)
            UNION ALL
            SELECT next_wake FROM cases WHERE failures > 0 AND next_wake <= $now AND ($partnership IS NULL OR partnership = $partnership))
        """;

    public const string Failing = "SELECT COUNT(*) FROM cases WHERE failures > 0 AND ($partnership IS NULL OR partnership = $partnership)";

    private const string Counters =
        """
        SELECT COALESCE(SUM(cases), 0), COALESCE(SUM(open), 0), COALESCE(SUM(queued), 0), COALESCE(SUM(failed), 0)
        FROM counters WHERE $partnership IS NULL OR partnership = $partnership
        """;

    public static StoredCase? Read(Statements statements, string reference) =>
        StoredCases.List(statements[One].Set("$reference", reference)) is [var found] ? found.Case : null;

    /// <param name="last">The one that the walk has come to; null at its beginning.</param>
    public static IReadOnlyList<FoundCase> DueAt(Statements statements, DateTimeOffset now, FoundCase? last) => StoredCases.List(statements[Due]
        .Set("$now", now.UtcTicks)
        .Set("$at", last?.At ?? -1)
        .Set("$reference", last?.Case.Reference ?? "")
        .Set("$take", DueChunk));

    public static DateTimeOffset? EarliestTry(Statements statements) =>
        statements[Earliest].List(row => row.Instant(0)) is [var first] ? first : null;

    public static IReadOnlyList<string> RetentionDueAt(Statements statements, DateTimeOffset now, int take) =>
        statements[RetentionDue].Set("$now", now.UtcTicks).Set("$take", take).List(row => row.Text(0));

    public static IReadOnlyList<string> SimilarTo(Statements statements, string partnership, string likeness) =>
        statements[Similar].Set("$partnership", partnership).Set("$likeness", likeness).List(row => row.Text(0));

    public static string? WithOperation(Statements statements, string operation) =>
        statements[Operation].Set("$operation", operation).First(row => row.Text(0));

    public static StoreCounts Counts(Statements statements, string? partnership, DateTimeOffset now)
    {
        var failing = statements[Failing].Set("$partnership", partnership).First(row => row.Number(0));
        var (overdue, oldest) = statements[OverdueWakes]
            .Set("$partnership", partnership)
            .Set("$now", now.UtcTicks)
            .First(row => (row.Number(0), row.IsNull(1) ? (DateTimeOffset?)null : row.Instant(1)));
        return statements[Counters].Set("$partnership", partnership).First(row => new StoreCounts(
            row.Number(0),
            row.Number(1),
            row.Number(2),
            row.Number(3),
            overdue,
            oldest,
            failing))!;
    }
}
