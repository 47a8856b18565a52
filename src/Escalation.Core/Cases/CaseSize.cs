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
    /// A write that only appends to the document adds a JSON frame of its own and the attempts at sending once more. At
    /// so many bytes of these the document is written whole again, without them.
    /// </summary>
    public const int MostRepeated = 32_000;

    /// <summary>What an event's words take beside their text.</summary>
    private const int SaltAndNames = 90;

    /// <summary>Bytes that a document takes within an item of Cosmos DB.</summary>
    public static long Of(ReadOnlySpan<byte> document) =>
        (long)document.Length + document.Count((byte)'"') + document.Count((byte)'\\');

    /// <summary>The private words of one event, within the document: a text in a text.</summary>
    internal static long Of(PrivateWords words) =>
        OfWords(JsonSerializer.Serialize(words, CaseJson.Plain.PrivateWords));

    /// <summary>The same, of words as they are stored.</summary>
    internal static long OfWords(string json) => SaltAndNames + Of(json);

    /// <summary>
    /// JSON that stands as a text within the document: a quote of it is a backslash and a quote there, which take two bytes each.
    /// </summary>
    internal static long Of(string json) =>
        System.Text.Encoding.UTF8.GetByteCount(json) + (3L * (json.AsSpan().Count('"') + json.AsSpan().Count('\\')));
}
