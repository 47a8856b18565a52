using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>Writes to one case, inside a transaction of the caller's.</summary>
internal static class CaseWriter
{
    private static readonly string Find =
        $"SELECT id, version, size, last_part, queued, failed, {IndexColumns.Columns} FROM cases WHERE reference = $reference";

    private static readonly string Insert = $"""
        INSERT INTO cases (
            reference, version, policy, next_wake, next_try, failures, queued, failed, row, size, last_part,
            {IndexColumns.Columns})
        VALUES ($reference, 1, $policy, $next_wake, $next_wake, 0, $queued, $failed, $row, $size, $last_part, {IndexColumns.Parameters})
        RETURNING id
        """;

    private const string Update = """
        UPDATE cases SET version = version + 1, policy = $policy, next_wake = $next_wake, next_try = $next_wake, failures = 0,
            queued = $queued, failed = $failed, row = $row, size = $size, last_part = $last_part
        """;

    private const string PutOff =
        "UPDATE cases SET next_try = $next_try, failures = $failures WHERE reference = $reference AND version = $version";

    /// <summary>
    /// Left alone, either by a deferring or by the write of a step whose emails were then to be sent. A case that
    /// fails is left to its own backoff.
    /// </summary>
    public const string Reclaim = """
        UPDATE cases SET next_try = MIN(next_wake, $now)
        WHERE next_try > $now AND next_try <= $until AND (next_wake <= $now OR queued > 0) AND failures = 0
        """;

    private const string OfOne = " AND reference = $reference";

    /// <summary>
    /// Not the next wake that the case itself says: put off, in its own backoff, or waiting to send. Also where it is the next wake, of
    /// which sending may be the reason.
    /// </summary>
    public const string PutOffCases =
        "UPDATE cases SET next_try = $now WHERE next_try > $now AND (queued > 0 OR failures > 0 OR next_try IS NOT next_wake)";

    /// <param name="filing">Of the write's index.</param>
    public static bool Write(Statements statements, Counters tallies, CaseWrite write, IndexColumns filing)
    {
        var stored = statements[Find].Set("$reference", write.Reference).First(StoredRow.Read);
        if ((stored?.Version ?? 0) != write.ExpectedVersion)
            return false;

        var part = DocumentParts.Next(write, stored?.Size ?? 0, stored?.LastPart ?? 0);
        var id = stored is null
            ? Add(statements, write, part, filing)
            : Change(statements, write, stored, part, filing);
        DocumentParts.Write(statements, id, part);
        CaseLists.Replace(statements, write.Reference, id, stored?.IndexColumns, filing);
        tallies.Add(stored?.Counter, Counter.Of(filing, write.Index.Queued, write.Index.Failed));
        return true;
    }

    public static bool Defer(
        Statements statements,
        string reference,
        long version,
        DateTimeOffset nextTry,
        int failures
    ) =>
        statements[PutOff]
            .Set("$reference", reference)
            .Set("$version", version)
            .Set("$next_try", nextTry.UtcTicks)
            .Set("$failures", failures)
            .Run() == 1;

    /// <param name="reference">Null: of all cases.</param>
    public static bool TakeUp(Statements statements, DateTimeOffset now, DateTimeOffset until, string? reference) =>
        Of(statements, Reclaim, reference).Set("$now", now.UtcTicks).Set("$until", until.UtcTicks).Run() > 0;

    /// <param name="reference">Null: of all cases.</param>
    public static bool Replan(Statements statements, DateTimeOffset now, string? reference) =>
        Of(statements, PutOffCases, reference).Set("$now", now.UtcTicks).Run() > 0;

    private static Statement Of(Statements statements, string sql, string? reference) =>
        reference is null ? statements[sql] : statements[sql + OfOne].Set("$reference", reference);

    private static long Add(Statements statements, CaseWrite write, NextPart part, IndexColumns filing)
    {
        var statement = Contents(statements[Insert], write, part).Set("$reference", write.Reference);
        foreach (var (_, parameter, value) in filing.All())
            statement.Set(parameter, value);
        return statement.First(row => row.Number(0));
    }

    private static long Change(
        Statements statements,
        CaseWrite write,
        StoredRow stored,
        NextPart part,
        IndexColumns filing
    )
    {
        var changed = filing.ChangedFrom(stored.IndexColumns);
        var set = string.Concat(changed.Select(c => $", {c.Column} = {c.Parameter}"));
        var statement = Contents(statements[$"{Update}{set} WHERE id = $id"], write, part).Set("$id", stored.Id);
        foreach (var (_, parameter, value) in changed)
            statement.Set(parameter, value);
        statement.Run();
        return stored.Id;
    }

    private static Statement Contents(Statement statement, CaseWrite write, NextPart part) =>
        statement
            .Set("$policy", write.Index.Policy)
            .Set("$next_wake", write.Index.NextWake?.UtcTicks)
            .Set("$queued", write.Index.Queued)
            .Set("$failed", write.Index.Failed)
            .Set("$row", write.Index.Row.Span)
            .Set("$size", (long)write.Kept.Length + write.Added.Length)
            .Set("$last_part", part.Bytes.Length);

    private sealed record StoredRow(
        long Id,
        long Version,
        int Size,
        int LastPart,
        IndexColumns IndexColumns,
        Counter Counter
    )
    {
        public static StoredRow Read(ResultRow row)
        {
            var filing = IndexColumns.Read(row, from: 6);
            return new StoredRow(
                row.Number(0),
                row.Number(1),
                row.Small(2),
                row.Small(3),
                filing,
                Counter.Of(filing, row.Number(4), row.Number(5))
            );
        }
    }
}
