using System.Text;
using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos.Queries;

/// <summary>A page of the tracker: one range of the index of its sort, walked from the cursor on. Filters are tested on the way.</summary>
internal static class CosmosTracker
{
    /// <summary>
    /// References are in capitals and case numbers in small letters; to convert them in the query would be to use no
    /// index.
    /// </summary>
    private const string TextFound =
        "(STARTSWITH(c.reference, @upper) OR EXISTS(SELECT VALUE n FROM n IN c.numbers WHERE CONTAINS(n, @lower)))";

    /// <exception cref="ArgumentException">The cursor is none, or of another sort.</exception>
    public static async Task<TrackerPage> PageAsync(
        ItemContainer container,
        TrackerQuery query,
        RequestUnits units,
        CancellationToken cancel
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var after = CosmosTrackerCursor.Read(query.Cursor, query.Sort);
        var found = await container.QueryAsync<ShownRow>(
            For(query, after),
            query.Partnership,
            query.Limit + 1,
            units,
            cancel
        );
        var shown = found.Take(query.Limit).ToList();
        return new TrackerPage(
            [.. shown.Select(row => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(row.Row)))],
            found.Count > shown.Count ? CosmosTrackerCursor.Write(shown[^1].Place) : null
        );
    }

    private static QueryDefinition For(TrackerQuery query, string? after)
    {
        var conditions = CaseQueryTexts.Of(query.Partnership);
        Choose(conditions, query);
        return query.Sort == TrackerSort.Urgency
            ? conditions.AndIf("c.urgency > @after", "@after", after).Select("c.row, c.urgency AS place", "c.urgency")
            : conditions
                .AndIf("c.raised < @after", "@after", after)
                .Select("c.row, c.raised AS place", "c.raised DESC");
    }

    private static void Choose(Conditions conditions, TrackerQuery query)
    {
        ChooseStatus(conditions, query.Status)
            .AndIf("c.stage = @stage", "@stage", query.Stage)
            .AndIf("ARRAY_CONTAINS(c.agencies, @agency)", "@agency", query.Agency)
            .AndRaised(query.RaisedFrom, query.RaisedTo)
            .AndIf(query.DueFrom is not null || query.DueTo is not null, "c.ended = false")
            .AndIf("c.urgency >= @dueFrom", "@dueFrom", query.DueFrom is { } from ? ListPlace.OfOpen(from) : null)
            .AndIf("c.urgency < @dueTo", "@dueTo", query.DueTo is { } to ? ListPlace.OfOpen(to) : null);
        if (query.Overdue is { } overdue)
            conditions.And(
                $"{(overdue ? "" : "NOT ")}(c.ended = false AND IS_DEFINED(c.deadline) AND c.deadline <= @now)",
                ("@now", Instant.Write(query.Now))
            );
        if (!string.IsNullOrEmpty(query.Text))
            conditions.And(
                TextFound,
                ("@upper", query.Text.ToUpperInvariant()),
                ("@lower", query.Text.ToLowerInvariant())
            );
    }

    private static Conditions ChooseStatus(Conditions conditions, string status) =>
        status switch
        {
            "all" => conditions,
            "active" => conditions.And("c.urgency < @ended", ("@ended", ListPlace.Ended)),
            "ended" => conditions.And("c.urgency > @ended", ("@ended", ListPlace.Ended)),
            _ => conditions.And("c.status = @status", ("@status", status)),
        };

    private sealed record ShownRow(string Row, string Place);
}
