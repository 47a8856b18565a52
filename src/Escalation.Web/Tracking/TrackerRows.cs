using System.Runtime.CompilerServices;
using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Core.Reporting;
using Escalation.Web.Api;

namespace Escalation.Web.Tracking;

/// <summary>Reads the rows that the store keeps.</summary>
internal static class TrackerRows
{
    public static IEnumerable<TrackerRow> Of(TrackerPage page) => page.Rows.Select(row => JsonSerializer.Deserialize(row.Span, ApiJson.Default.TrackerRow)!);

    /// <summary>Every row of that page and of those after it.</summary>
    /// <param name="page">What the query found.</param>
    public static async IAsyncEnumerable<TrackerRow> AllAsync(ICaseStore store, TrackerQuery query, TrackerPage page, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            foreach (var row in Of(page))
                yield return row;
            if (page.Next is null)
                yield break;
            page = await store.TrackerAsync(query with { Cursor = page.Next, Limit = TrackerQuestion.Most }, cancel);
        }
    }
}
