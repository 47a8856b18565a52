using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>The queries of the scheduler, the intake and the health check.</summary>
internal static class CaseQueries
{
    /// <summary>So few that little is held in memory, so many that finding the place again costs nothing.</summary>
    private const int DueChunk = 128;

    public const string Due = $"""
        SELECT {StoredCases.Columns}, f.next_try FROM (
            SELECT id, reference, version, failures, size, next_try FROM cases
            WHERE next_try <= $now AND (next_try, reference) > ($at, $reference) ORDER BY next_try, reference LIMIT $take) f
        {StoredCases.WithParts}
        """;

    public const string One =
        $"SELECT {StoredCases.Columns}, f.raised_at FROM cases f {StoredCases.WithParts} WHERE f.reference = $reference";

    /// <summary>What is due, from its index alone: also where a case's row or document is damaged.</summary>
    public const string DuePlaces = """
        SELECT reference, failures, next_try FROM cases
        WHERE next_try <= $now AND (next_try, reference) > ($at, $reference) ORDER BY next_try, reference LIMIT $take
        """;

    /// <summary>All that wait, from the same index.</summary>
    public const string WaitingPlaces =
        "SELECT reference FROM cases WHERE next_try > $now ORDER BY next_try, reference";

    private const string RowAlone = "SELECT version, failures FROM cases WHERE reference = $reference";

    public const string Earliest =
        "SELECT next_try, reference FROM cases WHERE next_try IS NOT NULL ORDER BY next_try, reference LIMIT $take";

    public const string RetentionDue =
        "SELECT reference FROM cases WHERE retain_until <= $now ORDER BY retain_until LIMIT $take";

    public const string Similar =
        "SELECT reference FROM cases WHERE likeness = $likeness AND partnership = $partnership AND ended = 0 ORDER BY reference";

    public const string Operation =
        "SELECT c.reference FROM operations o JOIN cases c ON c.id = o.case_id WHERE o.operation = $operation";

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

    /// <summary>The case; null when there is none. One whose document, or row, is damaged comes without them.</summary>
    public static StoredCase? Read(Statements statements, string reference) =>
        Damage.Around<StoredCase?>(
            () => StoredCases.List(statements[One].Set("$reference", reference)) is [var found] ? found.Case : null,
            () =>
                statements[RowAlone]
                    .Set("$reference", reference)
                    .First(row => new StoredCase(reference, row.Number(0), default, row.Small(1))),
            () => new StoredCase(reference, 0, default)
        );

    /// <param name="last">The one that the walk has come to; null at its beginning.</param>
    public static IReadOnlyList<FoundCase> DueAt(Statements statements, DateTimeOffset now, FoundCase? last)
    {
        return Damage.Around<IReadOnlyList<FoundCase>>(
            () => StoredCases.List(From(Due)),
            () => [.. Places(DuePlaces).Select(Alone)],
            () => [.. Places(Damage.WithoutIndex(DuePlaces)).Select(Alone)]
        );

        List<(string Reference, int Failures, long At)> Places(string sql) =>
            From(sql).List(row => (row.Text(0), row.Small(1), row.Number(2)));

        Statement From(string sql) =>
            statements[sql]
                .Set("$now", now.UtcTicks)
                .Set("$at", last?.At ?? -1)
                .Set("$reference", last?.Case.Reference ?? "")
                .Set("$take", DueChunk);

        FoundCase Alone((string Reference, int Failures, long At) place) =>
            new(
                place.At,
                Read(statements, place.Reference) ?? new StoredCase(place.Reference, 0, default, place.Failures)
            );
    }

    /// <summary>The earliest next tries.</summary>
    public static IReadOnlyList<(DateTimeOffset At, string Reference)> EarliestTries(Statements statements, int take)
    {
        return Damage.Around(() => From(Earliest), () => From(Damage.WithoutIndex(Earliest)));

        IReadOnlyList<(DateTimeOffset, string)> From(string sql) =>
            statements[sql].Set("$take", take).List(row => (row.Instant(0), row.Text(1)));
    }

    /// <summary>References, in the order of their next tries.</summary>
    public static IReadOnlyList<string> Waiting(Statements statements, DateTimeOffset now) =>
        statements[WaitingPlaces].Set("$now", now.UtcTicks).List(row => row.Text(0));

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
