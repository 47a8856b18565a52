using System.Buffers.Text;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Cosmos.Items;

namespace Escalation.Cosmos.Queries;

/// <summary>The last row a page showed. Opaque to callers; good only for the sort it came from.</summary>
/// <param name="At">What the row is sorted by, as an <see cref="Instant"/>.</param>
internal sealed record TrackerCursor(TrackerSort Sort, bool Ended, string At, string Reference)
{
    /// <exception cref="ArgumentException">Not a cursor, or one of another sort.</exception>
    public static TrackerCursor? Parse(string? cursor, TrackerSort sort)
    {
        if (cursor is null)
            return null;
        if (Decode(cursor).Split(' ', 4) is [var of, ("0" or "1") and var ended, var at, var reference] && of == $"{sort:D}" && Instant.IsOne(at))
            return new TrackerCursor(sort, ended == "1", at, reference);
        throw Bad(null);
    }

    public string Encode() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Sort:D} {(Ended ? "1" : "0")} {At} {Reference}"));

    private static string Decode(string cursor)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (FormatException bad)
        {
            throw Bad(bad);
        }
    }

    private static ArgumentException Bad(Exception? inner) => new("Not a cursor of this list.", "cursor", inner);
}
