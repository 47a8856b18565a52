using System.Text.Json;

namespace Escalation.Core.Cases;

/// <summary>
/// How large a stored case may be. Counted in bytes as Cosmos DB counts it, where the document is a text within an item of at most 2 MB:
/// each quote and each backslash of it takes two. The same bound holds in every store, so that a case can be moved from one to another.
/// </summary>
public static class CaseSize
{
    /// <summary>
    /// No store takes a larger document. What is left to 2 MB is for the rest of the item: the tracker row and what queries need.
    /// </summary>
    public const int Most = 1_900_000;

    /// <summary>
    /// What may lie in a document beside its events and words before it is written anew: a write that only goes on has its own frame, and
    /// repeats the attempts at sending.
    /// </summary>
    public const int MostRepeated = 32_000;

    /// <summary>What an event's words take beside their text.</summary>
    private const int SaltAndNames = 90;

    public static long Of(ReadOnlySpan<byte> document) =>
        (long)document.Length + document.Count((byte)'"') + document.Count((byte)'\\');

    /// <summary>For a store to call before it writes. Nothing that a <see cref="CaseHandler"/> makes is refused here.</summary>
    /// <exception cref="CaseTooLargeException">The document would be larger than <see cref="Most"/>.</exception>
    public static void Check(CaseWrite write)
    {
        var length = (long)write.Kept.Length + write.Added.Length;
        if (2 * length <= Most)
            return;
        var size = Of(write.Kept.Span) + Of(write.Added.Span);
        if (size > Most)
            throw new CaseTooLargeException(
                $"Case {write.Reference} would take {size:N0} bytes; {Most:N0} is the most."
            );
    }

    /// <summary>The document with everything in it once: its events, their words, the attempts at sending.</summary>
    public static long Of(CaseDocument document)
    {
        const int Frame = 500,
            Comma = 1;
        long size = Frame;
        foreach (var text in document.Events.All)
            size += Of(text.Bytes.Span) + Comma;
        foreach (var words in document.Words.Values)
            size += Of(words);
        foreach (var (key, _) in document.Sends)
            size += key.Length + SendState.Room;
        return size;
    }

    /// <summary>The private words of one event, within the document: a text in a text.</summary>
    internal static long Of(StoredWords words) => SaltAndNames + Of(words.Text);

    /// <summary>The same, of words that are to be stored.</summary>
    internal static long Of(PrivateWords words) =>
        SaltAndNames + Of(JsonSerializer.Serialize(words, CaseJson.Plain.PrivateWords));

    /// <summary>
    /// JSON that stands as a text within the document: a quote of it is a backslash and a quote there, which take two bytes each.
    /// </summary>
    internal static long Of(string json) =>
        System.Text.Encoding.UTF8.GetByteCount(json) + (3L * (json.AsSpan().Count('"') + json.AsSpan().Count('\\')));
}

/// <summary>A fault of the program: what it writes always has room. The store keeps the case as it was.</summary>
public sealed class CaseTooLargeException(string message) : InvalidOperationException(message);
