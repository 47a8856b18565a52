using Escalation.Core.Cases;
using Escalation.Cosmos.Items;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos.Queries;

/// <summary>
/// A tracker page's queries. Each walks a composite index in the order of its sort from the cursor on. Open and ended cases are asked for one
/// after the other, so that the walk begins at a value and not in an "or" of two.
/// </summary>
internal static class TrackerQueries
{
    private const string Selected = "c.row, c.ended, c.sortAt, c.raisedAt, c.reference";

    /// <summary>In the order of the list; the next is needed only when those before it didn't fill the page.</summary>
    public static IEnumerable<QueryDefinition> For(TrackerQuery query, TrackerCursor? after)
    {
        if (query.Sort == TrackerSort.Raised)
        {
            yield return Raised(query, after);
            yield break;
        }

        var ended = Ended(query.Status);
        if (ended is not true && after is not { Ended: true })
            yield return Urgency(query, ended: false, after);
        if (ended is not false)
            yield return Urgency(query, ended: true, after is { Ended: true } ? after : null);
    }

    private static QueryDefinition Urgency(TrackerQuery query, bool ended, TrackerCursor? after)
    {
        var conditions = Chosen(query).And(ended ? "c.ended = true" : "c.ended = false");
        if (after is not null)
            conditions.And("c.sortAt >= @at AND (c.sortAt > @at OR c.reference > @last)", ("@at", after.At), ("@last", after.Reference));
        return conditions.Select(Selected, "c.ended, c.sortAt, c.reference");
    }

    private static QueryDefinition Raised(TrackerQuery query, TrackerCursor? after)
    {
        var conditions = Chosen(query);
        if (Ended(query.Status) is { } ended)
            conditions.And(ended ? "c.ended = true" : "c.ended = false");
        if (after is not null)
            conditions.And("c.raisedAt <= @at AND (c.raisedAt < @at OR c.reference < @last)", ("@at", after.At), ("@last", after.Reference));
        return conditions.Select(Selected, "c.raisedAt DESC, c.reference DESC");
    }

    private static Conditions Chosen(TrackerQuery query)
    {
        var conditions = CaseQueries.Of(query.Partnership)
            .AndIf("c.status = @status", "@status", query.Status is "active" or "ended" or "all" ? null : query.Status)
            .AndIf("c.stage = @stage", "@stage", query.Stage)
            .AndIf("ARRAY_CONTAINS(c.agencies, @agency)", "@agency", query.Agency)
            .AndIf("c.raisedAt >= @raisedFrom", "@raisedFrom", CaseQueries.Written(query.RaisedFrom))
            .AndIf("c.raisedAt < @raisedTo", "@raisedTo", CaseQueries.Written(query.RaisedTo));
        if (query.Overdue is { } overdue)
            conditions.And($"{(overdue ? "" : "NOT ")}(c.ended = false AND IS_DEFINED(c.deadline) AND c.deadline <= @now)", ("@now", Instant.Write(query.Now)));
        if (!string.IsNullOrEmpty(query.Text))
            conditions.And(Text, ("@upper", query.Text.ToUpperInvariant()), ("@lower", query.Text.ToLowerInvariant()));
        return conditions;
    }

    private static bool? Ended(string status) => status switch
    {
        "active" => false,
        "ended" => true,
        _ => null,
    };

    /// <summary>References are in capitals and case numbers in small letters; to convert them here would be to use no index.</summary>
    private const string Text = "(STARTSWITH(c.reference, @upper) OR EXISTS(SELECT VALUE n FROM n IN c.numbers WHERE CONTAINS(n, @lower)))";
}
