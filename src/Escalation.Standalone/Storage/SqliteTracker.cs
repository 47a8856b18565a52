using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>A page of the tracker.</summary>
internal static class SqliteTracker
{
    /// <summary>The rows after the cursor. One row more than shown is read, to know whether there is a next page.</summary>
    /// <exception cref="ArgumentException">The cursor is none, or of another sort.</exception>
    public static TrackerPage Page(Statements statements, TrackerQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var after = SqliteTrackerCursor.Parse(query.Cursor, query.Sort);
        var statement = statements[TrackerSql.For(query)].Set("$take", query.Limit + 1L);
        after?.Set(statement);
        TrackerSql.Bind(statement, query);

        var rows = statement.List(row => (Row: row.Bytes(0).ToArray(), Place: Place(row, query.Sort)));
        var shown = rows.Take(query.Limit).ToList();
        return new TrackerPage(
            [.. shown.Select(row => new ReadOnlyMemory<byte>(row.Row))],
            rows.Count > shown.Count ? shown[^1].Place.Encode() : null
        );
    }

    private static SqliteTrackerCursor Place(ResultRow row, TrackerSort sort) =>
        new(sort, row.Number(1), row.Number(sort == TrackerSort.Raised ? 3 : 2), row.Text(4));
}
