using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>
/// A case's document, kept as the parts it grew by: a write that only goes on leaves what was said before where it is.
/// Small parts grow together, so that a document is read from few places.
/// </summary>
internal static class DocumentParts
{
    private const int SmallerThan = 2048;

    private const string Add = "INSERT INTO document_parts (case_id, part) VALUES ($id, $part)";
    private const string ChangeLast =
        "UPDATE document_parts SET part = $part WHERE id = (SELECT MAX(id) FROM document_parts WHERE case_id = $id)";
    private const string DropAll = "DELETE FROM document_parts WHERE case_id = $id";

    /// <summary>The part that this write makes: the whole document, what it adds, or that together with the last part there is.</summary>
    /// <param name="size">The stored document's length, <paramref name="last"/> that of its last part; 0 when there is none.</param>
    /// <exception cref="InvalidOperationException">What the write goes on after is not what is stored: something would be lost.</exception>
    public static NextPart Next(CaseWrite write, int size, int last)
    {
        if (write.Kept.IsEmpty)
            return new NextPart(write.Added, size == 0 ? PartPlace.AtTheEnd : PartPlace.InsteadOfAll);
        if (write.Kept.Length != size)
            throw new InvalidOperationException(
                $"Case {write.Reference}: what a write goes on after is not what is stored."
            );
        return last + write.Added.Length < SmallerThan
            ? new NextPart((byte[])[.. write.Kept.Span[^last..], .. write.Added.Span], PartPlace.InsteadOfLast)
            : new NextPart(write.Added, PartPlace.AtTheEnd);
    }

    public static void Write(Statements statements, long id, NextPart part)
    {
        if (part.Place == PartPlace.InsteadOfAll)
            statements[DropAll].Set("$id", id).Run();
        statements[part.Place == PartPlace.InsteadOfLast ? ChangeLast : Add]
            .Set("$id", id)
            .Set("$part", part.Bytes.Span)
            .Run();
    }
}

internal enum PartPlace
{
    AtTheEnd,
    InsteadOfLast,
    InsteadOfAll,
}

internal sealed record NextPart(ReadOnlyMemory<byte> Bytes, PartPlace Place);
