using System.Text.Json;
using Escalation.Core.Cases;
using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>What a case is filed under: the columns that stand in an index or in another table too. A write sets only those that change, and so touches no other index but that of next tries.</summary>
internal sealed record Filing(
    string Partnership,
    string Status,
    string Stage,
    bool Ended,
    long RaisedAt,
    long SortAt,
    long? Deadline,
    long? RetainUntil,
    string? Likeness,
    string Agencies,
    string Numbers,
    string Operations)
{
    private static readonly (string Name, Func<Filing, object?> Value)[] Each =
    [
        ("partnership", f => f.Partnership),
        ("status", f => f.Status),
        ("stage", f => f.Stage),
        ("ended", f => f.Ended ? 1L : 0L),
        ("raised_at", f => f.RaisedAt),
        ("sort_at", f => f.SortAt),
        ("deadline", f => f.Deadline),
        ("retain_until", f => f.RetainUntil),
        ("likeness", f => f.Likeness),
        ("agencies", f => f.Agencies),
        ("numbers", f => f.Numbers),
        ("operations", f => f.Operations),
    ];

    public static string Columns { get; } = string.Join(", ", Each.Select(c => c.Name));

    public static string Parameters { get; } = string.Join(", ", Each.Select(c => "$" + c.Name));

    public static Filing Of(CaseIndex index) => new(
        index.Partnership,
        index.Status,
        index.Stage,
        !index.Open,
        index.RaisedAt.UtcTicks,
        index.SortAt.UtcTicks,
        index.Deadline?.UtcTicks,
        index.RetainUntil?.UtcTicks,
        index.Likeness,
        Joined(index.Agencies),
        Joined(index.CaseNumbers),
        Joined(index.Operations));

    /// <summary>The filing of the row the reader stands on.</summary>
    /// <param name="from">The column of the reader that <see cref="Columns"/> begin at.</param>
    public static Filing Read(SqliteDataReader reader, int from) => new(
        reader.GetString(from),
        reader.GetString(from + 1),
        reader.GetString(from + 2),
        reader.GetBoolean(from + 3),
        reader.GetInt64(from + 4),
        reader.GetInt64(from + 5),
        reader.Whole(from + 6),
        reader.Whole(from + 7),
        reader.Text(from + 8),
        reader.GetString(from + 9),
        reader.GetString(from + 10),
        reader.GetString(from + 11));

    /// <summary>The values as parameters named after their columns.</summary>
    public IEnumerable<(string Name, object? Value)> All() => Each.Select(c => (c.Name, c.Value(this)));

    /// <summary>As <see cref="All"/>, of the columns in which this differs. An index is written when a column of it is set, changed or not.</summary>
    public List<(string Name, object? Value)> ChangedFrom(Filing before)
    {
        var changed = new List<(string, object?)>();
        foreach (var (name, value) in Each)
        {
            var now = value(this);
            if (!Equals(now, value(before)))
                changed.Add((name, now));
        }
        return changed;
    }

    /// <summary>The columns that <c>case_agencies</c> copies.</summary>
    public bool SameTrackerPlace(Filing other) =>
        Agencies == other.Agencies && Partnership == other.Partnership && Ended == other.Ended && RaisedAt == other.RaisedAt && SortAt == other.SortAt;

    public static string[] Split(string joined) => JsonSerializer.Deserialize<string[]>(joined) ?? [];

    private static string Joined(IReadOnlyList<string> items) =>
        items.Count == 0 ? "[]" : JsonSerializer.Serialize(items.Distinct(StringComparer.Ordinal));
}

/// <summary>What a case adds to its partnership's counters, or a write to what it added before.</summary>
internal sealed record Tally(string Partnership, long Cases, long Open, long Queued, long Failed)
{
    public Tally Negative => new(Partnership, -Cases, -Open, -Queued, -Failed);

    public static Tally Of(Filing filing, long queued, long failed) => new(filing.Partnership, 1, filing.Ended ? 0 : 1, queued, failed);

    public Tally Less(Tally before) => new(Partnership, Cases - before.Cases, Open - before.Open, Queued - before.Queued, Failed - before.Failed);
}
