using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>Whole cases in the order of a scan.</summary>
internal static class Scan
{
    private const int Chunk = 50;

    public static IReadOnlyList<FoundCase> Next(Statements statements, CaseScan scan, FoundCase? last)
    {
        return Damage.Around<IReadOnlyList<FoundCase>>(
            () => StoredCases.List(From(Sql(scan))),
            () => [.. PlacesOf(Places(scan)).Select(Alone)],
            () => [.. PlacesOf(Damage.WithoutIndex(Places(scan))).Select(Alone)]
        );

        List<(string Reference, long At)> PlacesOf(string sql) => From(sql).List(row => (row.Text(0), row.Number(1)));

        Statement From(string sql)
        {
            var statement = statements[sql]
                .Set("$at", last?.At ?? scan.RaisedFrom?.UtcTicks ?? 0L)
                .Set("$reference", last?.Case.Reference ?? "")
                .Set("$to", scan.RaisedTo?.UtcTicks ?? long.MaxValue)
                .Set("$chunk", Chunk);
            if (scan.Partnership is not null)
                statement.Set("$partnership", scan.Partnership);
            if (scan.Agency is not null)
                statement.Set("$agency", scan.Agency);
            return statement;
        }

        FoundCase Alone((string Reference, long At) place) =>
            new(place.At, CaseReads.Read(statements, place.Reference) ?? new StoredCase(place.Reference, 0, default));
    }

    /// <summary>The same cases, from the index alone: also where their rows or documents are damaged.</summary>
    public static string Places(CaseScan scan)
    {
        var by = scan.Agency is null ? "c" : "a";
        return $"""
            SELECT {by}.reference, {by}.raised_at FROM {(scan.Agency is null ? "cases c" : "case_agencies a")}
            {Where(scan, by)}
            """;
    }

    /// <summary>The unary plus keeps the order's index: SQLite would take one equality for a better start than it is.</summary>
    public static string Sql(CaseScan scan)
    {
        var by = scan.Agency is null ? "c" : "a";
        var from = scan.Agency is null ? "cases c" : "case_agencies a CROSS JOIN cases c ON c.id = a.case_id";
        return $"""
            SELECT {StoredCases.Columns}, f.raised_at FROM (
            SELECT c.id, c.reference, c.version, c.failures, c.size, c.raised_at FROM {from}
            {Where(scan, by)}) f
            {StoredCases.WithParts}
            """;
    }

    private static string Where(CaseScan scan, string by) =>
        $"""
            WHERE ({by}.raised_at, {by}.reference) > ($at, $reference) AND {by}.raised_at < $to
            {(scan.Agency is null ? "" : "AND a.agency = $agency")}
            {(scan.Partnership is null ? "" : $"AND +{by}.partnership = $partnership")}
            {(scan.OpenOnly ? $"AND +{by}.ended = 0" : "")}
            ORDER BY {by}.raised_at, {by}.reference LIMIT $chunk
            """;
}
