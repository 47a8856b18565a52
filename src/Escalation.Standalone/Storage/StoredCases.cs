using Escalation.Core.Cases;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escalation.Standalone.Storage;

/// <param name="At">The instant it was looked for by, in ticks.</param>
internal sealed record FoundCase(long At, StoredCase Case);

/// <summary>
/// Cases with their documents, put together from their parts. The loops of the join stand as they are written, and the inner one walks an index that ends in
/// the parts' ids: so parts come in order without a sort, which is checked all the same. A document that is not all there comes empty, which is no document:
/// its case cannot be read, and holds up no other.
/// </summary>
internal static class StoredCases
{
    /// <summary>Of a case found, <c>f</c>; after them comes the instant it was looked for by.</summary>
    public const string Columns = "f.reference, f.version, f.failures, f.size, f.id, p.id, p.part";
    public const string WithParts = "LEFT JOIN document_parts p INDEXED BY document_parts_case ON p.case_id = f.id";

    public static List<FoundCase> List(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var found = new List<FoundCase>();
        for (var more = reader.Read(); more;)
        {
            var (at, reference, version, failures) = (reader.GetInt64(7), reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2));
            (var document, more) = Document(reader);
            found.Add(new FoundCase(at, new StoredCase(reference, version, document, failures)));
        }

        return found;
    }

    /// <summary>Reads on to the next case's first row, or to the end.</summary>
    private static (byte[] Document, bool More) Document(SqliteDataReader reader)
    {
        var (document, filled, id, part, whole) = (new byte[reader.GetInt32(3)], 0, reader.GetInt64(4), 0L, true);
        bool more;
        do
        {
            if (reader.IsDBNull(5))
                continue;
            var bytes = raw.sqlite3_column_blob(reader.Handle, 6);
            whole = whole && reader.GetInt64(5) > part && bytes.Length <= document.Length - filled;
            if (!whole)
                continue;
            bytes.CopyTo(document.AsSpan(filled));
            (filled, part) = (filled + bytes.Length, reader.GetInt64(5));
        }
        while ((more = reader.Read()) && reader.GetInt64(4) == id);
        return (whole && filled == document.Length ? document : [], more);
    }
}
