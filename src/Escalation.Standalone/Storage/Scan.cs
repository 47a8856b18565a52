using Escalation.Core.Cases;

namespace Escalation.Standalone.Storage;

/// <summary>Whole cases in the order of a scan.</summary>
internal static class Scan
{
    private const int Chunk = 50;

    public static IReadOnlyList<FoundCase> Next(Statements statements, CaseScan scan, FoundCase? last)
    {
        var statement = statements[Sql(scan)]
            .Set("$at", last?.At ?? scan.RaisedFrom?.UtcTicks ?? 0L)
            .Set("$reference", last?.Case.Reference ?? "")
            .Set("$to", scan.RaisedTo?.UtcTicks ?? long.MaxValue)
            .Set("$chunk", Chunk);
        if (scan.Partnership is not null)
            statement.Set("$partnership", scan.Partnership);
        if (scan.Agency is not null)
            statement.Set("$agency", scan.Agency);
        return StoredCases.List(statement);
    }

    /// <summary>The unary plus keeps the order's index: SQLite would take one equality for a better start than it is.</summary>
    public static string Sql(CaseScan scan)
    {
        var by = scan.Agency is null ? "c" : "a";
        var from = scan.Agency is null ? "cases c" : "case_agencies a CROSS JOIN cases c ON c.id = a.case_id";
        return $"""
            SELECT {StoredCases.Columns}, f.raised_at FROM (
            SELECT c.id, c.reference, c.version, c.failures, c.size, c.raised_at FROM {from}
            WHERE ({by}.raised_at, {by}.reference) > ($at, $reference) AND {by}.raised_at < $to
            {(scan.Agency is null ? "" : "AND a.agency = $agency")}
            {(scan.Partnership is null ? "" : $"AND +{by}.partnership = $partnership")}
            {(scan.OpenOnly ? $"AND +{by}.ended = 0" : "")}
            ORDER BY {by}.raised_at, {by}.reference LIMIT $chunk) f
            {StoredCases.WithParts}
            """;
    }
}
