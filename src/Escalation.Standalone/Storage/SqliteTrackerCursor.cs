using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>The last row a page showed. Opaque to callers; good only for the sort it came from.</summary>
internal sealed record SqliteTrackerCursor(TrackerSort Sort, long Ended, long At, string Reference)
{
    /// <summary>Null for the first page.</summary>
    /// <exception cref="ArgumentException">Not a cursor, or one of another sort.</exception>
    public static SqliteTrackerCursor? Parse(string? cursor, TrackerSort sort)
    {
        if (cursor is null)
            return null;
        var parts = Decode(cursor).Split(' ', 4);
        if (
            parts.Length == 4
            && parts[0] == $"{sort:D}"
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ended)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        )
        {
            return new SqliteTrackerCursor(sort, ended, at, parts[3]);
        }

        throw Bad(null);
    }

    public string Encode() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Sort:D} {Ended} {At} {Reference}"))
        );

    public void Set(Statement statement) =>
        statement.Set("$last_ended", Ended).Set("$last_at", At).Set("$last_reference", Reference);

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
