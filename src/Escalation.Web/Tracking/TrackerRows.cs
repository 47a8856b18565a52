using System.Runtime.CompilerServices;
using System.Text.Json;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.SignIn;

namespace Escalation.Web.Tracking;

/// <summary>A page of the tracker, as its reader may know the cases.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record RowPage(IReadOnlyList<TrackerRow> Rows, string? Next);

/// <summary>Reads the rows that the store keeps.</summary>
internal static class TrackerRows
{
    /// <exception cref="ArgumentException">The cursor is none of this list.</exception>
    public static async Task<RowPage> PageAsync(
        ICaseQueries queries,
        TrackerQuery query,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (caller.IsPractitioner)
            return await AgencyList.PageAsync(queries, query, cancel);
        var page = await queries.TrackerAsync(query, cancel);
        return new RowPage([.. Of(page)], page.Next);
    }

    /// <summary>Every row of that page and of those after it.</summary>
    /// <param name="page">What the query found.</param>
    public static async IAsyncEnumerable<TrackerRow> AllAsync(
        ICaseQueries queries,
        TrackerQuery query,
        Caller caller,
        RowPage page,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var limit = caller.IsPractitioner ? AgencyList.Most : TrackerQuestion.Most;
        while (true)
        {
            foreach (var row in page.Rows)
                yield return row;
            if (page.Next is null)
                yield break;
            page = await PageAsync(queries, query with { Cursor = page.Next, Limit = limit }, caller, cancel);
        }
    }

    public static IEnumerable<TrackerRow> Of(TrackerPage page) =>
        page.Rows.Select(row => JsonSerializer.Deserialize(row.Span, ApiJson.Default.TrackerRow)!);
}
