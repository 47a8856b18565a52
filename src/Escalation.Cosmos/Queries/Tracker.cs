using System.Text;
using Escalation.Core.Cases;
using Escalation.Cosmos.Items;

namespace Escalation.Cosmos.Queries;

/// <summary>A page of the tracker.</summary>
internal static class Tracker
{
    /// <exception cref="ArgumentException">The cursor is none, or of another sort.</exception>
    public static async Task<TrackerPage> PageAsync(ItemContainer container, TrackerQuery query, RequestUnits units, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var after = TrackerCursor.Parse(query.Cursor, query.Sort);
        var found = new List<Row>();
        foreach (var next in TrackerQueries.For(query, after))
        {
            var wanted = query.Limit + 1 - found.Count;
            if (wanted > 0)
                found.AddRange(await container.QueryAsync<Row>(next, query.Partnership, wanted, units, cancel));
        }

        var shown = found.Take(query.Limit).ToList();
        return new TrackerPage(
            [.. shown.Select(row => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(row.Text)))],
            found.Count > shown.Count ? shown[^1].Place(query.Sort).Encode() : null);
    }

    private sealed record Row(
        [property: System.Text.Json.Serialization.JsonPropertyName("row")] string Text, bool Ended, string SortAt, string RaisedAt, string Reference)
    {
        public TrackerCursor Place(TrackerSort sort) => new(sort, Ended, sort == TrackerSort.Raised ? RaisedAt : SortAt, Reference);
    }
}
