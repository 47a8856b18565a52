using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <param name="At">The instant it was looked for by, in ticks.</param>
internal sealed record FoundCase(long At, StoredCase Case);

/// <summary>
/// Cases with their documents, put together from their parts. The loops of the join stand as they are written, and the
/// inner one walks an index that ends in the parts' ids: so parts come in order without a sort, which is checked all
/// the same. A document that is not all there comes empty, which is no document: its case cannot be read, and holds up
/// no other.
/// </summary>
internal static class StoredCases
{
    /// <summary>Of a case found, <c>f</c>; after them comes the instant it was looked for by.</summary>
    public const string Columns = "f.reference, f.version, f.failures, f.size, f.id, p.id, p.part";
    public const string WithParts = "LEFT JOIN document_parts p INDEXED BY document_parts_case ON p.case_id = f.id";

    public static List<FoundCase> List(Statement statement)
    {
        using var rows = statement.Rows();
        var found = new List<FoundCase>();
        for (var more = rows.Read(); more; )
        {
            var (at, reference, version, failures) = (
                rows.Row.Number(7),
                rows.Row.Text(0),
                rows.Row.Number(1),
                rows.Row.Small(2)
            );
            (var document, more) = Document(rows);
            found.Add(new FoundCase(at, new StoredCase(reference, version, document, failures)));
        }

        return found;
    }

    /// <summary>Reads on to the next case's first row, or to the end.</summary>
    private static (byte[] Document, bool More) Document(Rows rows)
    {
        var row = rows.Row;
        var (document, filled, id, part, whole) = (new byte[row.Small(3)], 0, row.Number(4), 0L, true);
        bool more;
        do
        {
            if (row.IsNull(5))
                continue;
            var bytes = row.Bytes(6);
            whole = whole && row.Number(5) > part && bytes.Length <= document.Length - filled;
            if (!whole)
                continue;
            bytes.CopyTo(document.AsSpan(filled));
            (filled, part) = (filled + bytes.Length, row.Number(5));
        } while ((more = rows.Read()) && row.Number(4) == id);
        return (whole && filled == document.Length ? document : [], more);
    }
}
