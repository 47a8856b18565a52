using System.Runtime.CompilerServices;
using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Web.Api;
using Escalation.Web.Problems;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Tracking;

/// <summary><c>GET /api/escalations</c>.</summary>
internal static class TrackerEndpoint
{
    public static void MapTracker(this IEndpointRouteBuilder routes) => routes.MapGet("/api/escalations", ListAsync)
        .ForStaff("the tracker, JSON or CSV", "a BusinessManager its partnership; a Practitioner its agency's cases")
        .WithName("listCases").Produces<TrackerView>(200, "application/json", "text/csv");

    private static async Task<IResult> ListAsync(HttpContext context, ICaseStore store)
    {
        var (query, problem) = TrackerQuestion.Read(context);
        if (query is null)
            return problem!;
        try
        {
            var page = await store.TrackerAsync(query, context.RequestAborted);
            if (Csv.IsAsked(context.Request))
                return new TrackerCsv(AllAsync(store, query, page, context.RequestAborted));
            return Results.Json(new TrackerView(ItemsOf(page, query), page.Next), ApiJson.Default.TrackerView);
        }
        catch (ArgumentException e) when (e.ParamName == "cursor")
        {
            return Problem.Invalid("cursor", "Not a cursor of this list.");
        }
    }

    /// <summary>A file has every row from the cursor on, page by page.</summary>
    private static async IAsyncEnumerable<TrackerItem> AllAsync(ICaseStore store, TrackerQuery query, TrackerPage page, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            foreach (var item in ItemsOf(page, query))
                yield return item;
            if (page.Next is null)
                yield break;
            page = await store.TrackerAsync(query with { Cursor = page.Next, Limit = TrackerQuestion.Most }, cancel);
        }
    }

    private static IReadOnlyList<TrackerItem> ItemsOf(TrackerPage page, TrackerQuery query) =>
        [.. page.Rows.Select(row => TrackerItem.Of(JsonSerializer.Deserialize(row.Span, ApiJson.Default.TrackerRow)!, query.Now))];
}
