using System.Buffers.Text;
using System.Text;
using Escalation.Core.Storage;
using Escalation.Cosmos.Items;

namespace Escalation.Cosmos.Queries;

/// <summary>
/// The <see cref="ListPlace"/> of the last row a page showed, encoded. Opaque to callers; good only for the sort it
/// came from.
/// </summary>
internal static class CosmosTrackerCursor
{
    public static string Write(string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));

    /// <exception cref="ArgumentException">Not a cursor, or one of another sort.</exception>
    public static string? Read(string? cursor, TrackerSort sort)
    {
        if (cursor is null)
            return null;
        var place = Decoded(cursor);
        return ListPlace.IsOne(place, sort) ? place : throw Bad(null);
    }

    private static string Decoded(string cursor)
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
