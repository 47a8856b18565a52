using System.Text.Json;
using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>
/// What a case is filed under: the columns that stand in an index or in another table too. A write sets only those that
/// change, and so touches no other index but that of next tries.
/// </summary>
internal sealed record IndexColumns(
    string Partnership,
    string Status,
    string Stage,
    bool Ended,
    long RaisedAt,
    long SortAt,
    long? Deadline,
    long? RetainUntil,
    string? SimilarityKey,
    string Agencies,
    string Numbers,
    string Operations
)
{
    private static readonly (string Column, string Parameter, Func<IndexColumns, object?> Value)[] Each =
    [
        Filed("partnership", f => f.Partnership),
        Filed("status", f => f.Status),
        Filed("stage", f => f.Stage),
        Filed("ended", f => f.Ended ? 1L : 0L),
        Filed("raised_at", f => f.RaisedAt),
        Filed("sort_at", f => f.SortAt),
        Filed("deadline", f => f.Deadline),
        Filed("retain_until", f => f.RetainUntil),
        Filed("likeness", f => f.SimilarityKey),
        Filed("agencies", f => f.Agencies),
        Filed("numbers", f => f.Numbers),
        Filed("operations", f => f.Operations),
    ];

    private static (string Column, string Parameter, Func<IndexColumns, object?> Value) Filed(
        string column,
        Func<IndexColumns, object?> value
    ) => (column, "$" + column, value);

    public static string Columns { get; } = string.Join(", ", Each.Select(c => c.Column));

    public static string Parameters { get; } = string.Join(", ", Each.Select(c => c.Parameter));

    public static IndexColumns Of(CaseIndex index) =>
        new(
            index.Partnership,
            index.Status,
            index.Stage,
            !index.Open,
            index.RaisedAt.UtcTicks,
            index.SortAt.UtcTicks,
            index.Deadline?.UtcTicks,
            index.RetainUntil?.UtcTicks,
            index.SimilarityKey,
            Joined(index.Agencies),
            Joined(index.CaseNumbers),
            Joined(index.Operations)
        );

    /// <param name="from">The column of the row that <see cref="Columns"/> begin at.</param>
    public static IndexColumns Read(ResultRow row, int from) =>
        new(
            row.Text(from),
            row.Text(from + 1),
            row.Text(from + 2),
            row.Number(from + 3) != 0,
            row.Number(from + 4),
            row.Number(from + 5),
            row.NumberOrNull(from + 6),
            row.NumberOrNull(from + 7),
            row.TextOrNull(from + 8),
            row.Text(from + 9),
            row.Text(from + 10),
            row.Text(from + 11)
        );

    /// <summary>The values as parameters named after their columns.</summary>
    public IEnumerable<(string Column, string Parameter, object? Value)> All() =>
        Each.Select(c => (c.Column, c.Parameter, c.Value(this)));

    /// <summary>
    /// As <see cref="All"/>, of the columns in which this differs. An index is written when a column of it is set,
    /// changed or not.
    /// </summary>
    public List<(string Column, string Parameter, object? Value)> ChangedFrom(IndexColumns before)
    {
        var changed = new List<(string, string, object?)>();
        foreach (var (column, parameter, value) in Each)
        {
            var now = value(this);
            if (!Equals(now, value(before)))
                changed.Add((column, parameter, now));
        }
        return changed;
    }

    /// <summary>The columns that <c>case_agencies</c> copies.</summary>
    public bool SameTrackerPlace(IndexColumns other) =>
        Agencies == other.Agencies
        && Partnership == other.Partnership
        && Ended == other.Ended
        && RaisedAt == other.RaisedAt
        && SortAt == other.SortAt;

    public static string[] Split(string joined) => JsonSerializer.Deserialize<string[]>(joined) ?? [];

    private static string Joined(IReadOnlyList<string> items) =>
        items.Count == 0 ? "[]" : JsonSerializer.Serialize(items.Distinct(StringComparer.Ordinal).ToArray());
}
