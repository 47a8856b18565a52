using Microsoft.Data.Sqlite;

namespace Escalation.Bench.DueCases;

/// <summary>The product's documents by reference, as they stand in its database: what Quartz's jobs find, and what they write.</summary>
internal sealed class Documents
{
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    private Documents() { }

    public IReadOnlyCollection<string> References => _documents.Keys;
    public double AverageSize => _documents.Values.Average(d => d.Length);

    public byte[] this[string reference] => _documents[reference];

    public static Documents ReadFrom(string file)
    {
        var read = new Documents();
        using var connection = Workspace.Connect(file);
        using var command = new SqliteCommand(
            "SELECT c.reference, p.part FROM cases c JOIN document_parts p ON p.case_id = c.id ORDER BY c.id, p.id",
            connection
        );
        using var reader = command.ExecuteReader();
        while (reader.Read())
            read._documents[reader.GetString(0)] =
            [
                .. read._documents.GetValueOrDefault(reader.GetString(0), []),
                .. reader.GetFieldValue<byte[]>(1),
            ];
        return read;
    }

    /// <summary>A new file with a table of them: reference, version, document.</summary>
    public void WriteTo(string file)
    {
        using var connection = Workspace.Connect(file);
        Workspace.Run(
            connection,
            "CREATE TABLE documents (id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, "
                + "version INTEGER NOT NULL, document BLOB NOT NULL); BEGIN"
        );
        using var insert = new SqliteCommand(
            "INSERT INTO documents (reference, version, document) VALUES ($reference, 1, $document)",
            connection
        );
        foreach (var (reference, document) in _documents)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$reference", reference);
            insert.Parameters.AddWithValue("$document", document);
            insert.ExecuteNonQuery();
        }
        Workspace.Run(connection, "COMMIT");
    }
}
