using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>
/// Reads a database of which pages may be damaged, by whichever of its trees still leads to a row. What no tree leads to is not there.
/// </summary>
internal sealed class DamagedDatabase : IDisposable
{
    /// <summary>Every table and index that holds all the references, from both ends.</summary>
    private static readonly string[] ReferenceWalks =
    [
        .. Both("SELECT reference FROM cases INDEXED BY cases_raised ORDER BY raised_at {0}, reference {0}"),
        .. Both("SELECT reference FROM cases INDEXED BY cases_urgency ORDER BY ended {0}, sort_at {0}, reference {0}"),
        .. Both("SELECT reference FROM cases NOT INDEXED ORDER BY id {0}"),
    ];

    private static readonly string[] RecordWalks =
    [
        .. Both("SELECT kind, id FROM records ORDER BY kind {0}, id {0}"),
        .. Both("SELECT kind, id FROM records NOT INDEXED ORDER BY rowid {0}"),
    ];

    private readonly SqliteConnection _connection;

    /// <exception cref="StoreException">It is of another version of the program.</exception>
    public DamagedDatabase(string file)
    {
        _connection = Connections.OpenReader(file);
        var version = (long)Rows("PRAGMA user_version", []).Single().Values.Single()!;
        if (version == Schema.Known)
            return;
        _connection.Dispose();
        throw new StoreException(
            $"{file} has schema version {version}, and this program's is {Schema.Known}: use the version of the program that wrote it."
        );
    }

    public IReadOnlyCollection<string> References() =>
        ReferenceWalks
            .SelectMany(sql => Rows(sql, []))
            .Select(row => (string)row["reference"]!)
            .ToHashSet(StringComparer.Ordinal);

    public IReadOnlyCollection<(string Kind, string Id)> Records() =>
        RecordWalks
            .SelectMany(sql => Rows(sql, []))
            .Select(row => ((string)row["kind"]!, (string)row["id"]!))
            .ToHashSet();

    /// <summary>A case's row, and its document's parts in order; null when there is none, or it cannot be read.</summary>
    public (Dictionary<string, object?> Row, IReadOnlyList<byte[]> Parts)? Case(string reference)
    {
        var row =
            One("SELECT * FROM cases WHERE reference = $0", [reference])
            ?? One("SELECT * FROM cases NOT INDEXED WHERE reference = $0", [reference]);
        if (row is null)
            return null;
        return (row, Parts(row["id"]!));
    }

    /// <summary>Null when there is none, or it cannot be read, or holds bytes that are no text.</summary>
    public Dictionary<string, object?>? Record(string kind, string id)
    {
        var row =
            One("SELECT * FROM records WHERE kind = $0 AND id = $1", [kind, id])
            ?? One("SELECT * FROM records NOT INDEXED WHERE kind = $0 AND id = $1", [kind, id]);
        return row?["body"] is string body && !body.Contains('\uFFFD', StringComparison.Ordinal) ? row : null;
    }

    public void Dispose() => _connection.Dispose();

    private static string[] Both(string sql) =>
        [sql.Replace("{0}", "ASC", StringComparison.Ordinal), sql.Replace("{0}", "DESC", StringComparison.Ordinal)];

    /// <summary>Where the index is damaged it gives fewer than there are: then whichever way gives more.</summary>
    private IReadOnlyList<byte[]> Parts(object id)
    {
        var indexed = Of(
            "SELECT part FROM document_parts INDEXED BY document_parts_case WHERE case_id = $0 ORDER BY id"
        );
        var walked = indexed.Whole
            ? indexed
            : Of("SELECT part FROM document_parts NOT INDEXED WHERE case_id = $0 ORDER BY id");
        return walked.Parts;

        (IReadOnlyList<byte[]> Parts, bool Whole) Of(string sql)
        {
            var rows = Rows(sql, [id], out var whole);
            return ([.. rows.Select(row => (byte[])row["part"]!)], whole);
        }
    }

    private Dictionary<string, object?>? One(string sql, object[] values) => Rows(sql, values).FirstOrDefault();

    private List<Dictionary<string, object?>> Rows(string sql, object[] values) => Rows(sql, values, out _);

    /// <summary>The rows up to the first that cannot be read.</summary>
    private List<Dictionary<string, object?>> Rows(string sql, object[] values, out bool whole)
    {
        var rows = new List<Dictionary<string, object?>>();
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i}", values[i]);
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add(
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .ToDictionary(
                            reader.GetName,
                            i => reader.IsDBNull(i) ? null : reader.GetValue(i),
                            StringComparer.Ordinal
                        )
                );
            whole = true;
        }
        catch (SqliteException e) when (StoreFaults.IsDamage(e))
        {
            whole = false;
        }
        return rows;
    }
}
