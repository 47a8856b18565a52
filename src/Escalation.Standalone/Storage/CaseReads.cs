using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>What a host reads: one case, the cases that are due or wait, and the case of a delivery report.</summary>
internal static class CaseReads
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

    public const string Operation =
        "SELECT c.reference FROM operations o JOIN cases c ON c.id = o.case_id WHERE o.operation = $operation";

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

    public static string? WithOperation(Statements statements, string operation) =>
        statements[Operation].Set("$operation", operation).First(row => row.Text(0));
}
