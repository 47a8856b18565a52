using Escalation.Core.Cases;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escalation.Standalone.Storage;

/// <param name="At">The instant it was looked for by, in ticks.</param>
internal sealed record FoundCase(long At, StoredCase Case);

/// <summary>
/// Cases with their documents, put together from their parts. The loops of the join stand as they are written, and the inner one walks an index that ends in
/// the parts' ids: so parts come in order without a sort, which is checked all the same.
/// </summary>
internal static class StoredCases
{
    /// <summary>Of a case found, <c>f</c>; after them comes the instant it was looked for by.</summary>
    public const string Columns = "f.reference, f.version, f.failures, f.size, p.case_id, p.id, p.part";
    public const string WithParts = "CROSS JOIN document_parts p INDEXED BY document_parts_case ON p.case_id = f.id";

    /// <exception cref="InvalidDataException">A document is not all there.</exception>
    public static List<FoundCase> List(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var found = new List<FoundCase>();
        var (document, filled, id, part) = (Array.Empty<byte>(), 0, 0L, 0L);
        while (reader.Read())
        {
            if (filled == document.Length)
            {
                (document, filled, id, part) = (new byte[reader.GetInt32(3)], 0, reader.GetInt64(4), 0);
                found.Add(new FoundCase(reader.GetInt64(7), new StoredCase(reader.GetString(0), reader.GetInt64(1), document, reader.GetInt32(2))));
            }

            var bytes = raw.sqlite3_column_blob(reader.Handle, 6);
            if (reader.GetInt64(4) != id || reader.GetInt64(5) <= part || bytes.Length > document.Length - filled)
                throw new InvalidDataException($"The document of case {found[^1].Case.Reference} is not all there.");
            bytes.CopyTo(document.AsSpan(filled));
            (filled, part) = (filled + bytes.Length, reader.GetInt64(5));
        }

        return filled == document.Length ? found : throw new InvalidDataException($"The document of case {found[^1].Case.Reference} is not all there.");
    }
}
