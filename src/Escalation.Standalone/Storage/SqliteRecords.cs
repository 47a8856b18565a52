using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>The records beside the cases. A write shares its commit with those that wait with it, of cases too.</summary>
internal sealed class SqliteRecords(ReaderPool reads, WriteQueue writes) : IRecords
{
    public Task<StoredRecord?> ReadAsync(string kind, string id, CancellationToken cancel) =>
        reads.QueryAsync(statements => Read(statements, kind, id), cancel);

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string prefix, CancellationToken cancel) =>
        reads.QueryAsync(statements => List(statements, kind, prefix), cancel);

    public Task<bool> WriteAsync(
        string kind,
        string id,
        string? body,
        long expectedVersion,
        CancellationToken cancel
    ) => writes.RunAsync(statements => Write(statements, kind, id, body, expectedVersion), cancel);

    private static StoredRecord? Read(Statements statements, string kind, string id) =>
        statements["SELECT id, version, body FROM records WHERE kind = $kind AND id = $id"]
            .Set("$kind", kind)
            .Set("$id", id)
            .First(Map);

    /// <summary>
    /// No id that starts with the prefix sorts at or after the prefix followed by the byte FF, which is in no UTF-8
    /// text.
    /// </summary>
    private static IReadOnlyList<StoredRecord> List(Statements statements, string kind, string prefix) =>
        statements[
            """
            SELECT id, version, body FROM records
            WHERE kind = $kind AND id >= $prefix AND id < CAST(CAST($prefix AS BLOB) || x'FF' AS TEXT)
            ORDER BY id
            """
        ]
            .Set("$kind", kind)
            .Set("$prefix", prefix)
            .List(Map);

    private static bool Write(Statements statements, string kind, string id, string? body, long expectedVersion)
    {
        if ((Read(statements, kind, id)?.Version ?? 0) != expectedVersion)
            return false;

        if (body is null)
            statements["DELETE FROM records WHERE kind = $kind AND id = $id"].Set("$kind", kind).Set("$id", id).Run();
        else
            Put(statements, kind, id, body, expectedVersion + 1);
        return true;
    }

    private static void Put(Statements statements, string kind, string id, string body, long version) =>
        statements[
            """
            INSERT INTO records (kind, id, version, body) VALUES ($kind, $id, $version, $body)
            ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, body = excluded.body
            """
        ]
            .Set("$kind", kind)
            .Set("$id", id)
            .Set("$version", version)
            .Set("$body", body)
            .Run();

    private static StoredRecord Map(ResultRow row) => new(row.Text(0), row.Number(1), row.Text(2));
}
