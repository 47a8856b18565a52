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
