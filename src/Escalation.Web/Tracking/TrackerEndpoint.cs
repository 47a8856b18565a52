using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Tracking;

/// <summary><c>GET /api/escalations</c>.</summary>
internal static class TrackerEndpoint
{
    public static void MapTracker(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/escalations", ListAsync)
            .ForStaff(
                "the tracker, JSON or CSV",
                "a BusinessManager its partnership; a Practitioner its agency's cases"
            )
            .WithName("listCases")
            .Produces<TrackerView>(200, "application/json", "text/csv");

    private static async Task<IResult> ListAsync(HttpContext context, ICaseQueries queries)
    {
        var (query, problem) = TrackerQuestion.Read(context);
        if (query is null)
            return problem!;
        try
        {
            var page = await TrackerRows.PageAsync(queries, query, context.Caller(), context.RequestAborted);
            if (Csv.IsAsked(context.Request))
                return TrackerCsv.Of(queries, query, context.Caller(), page, context.RequestAborted);
            var items = page.Rows.Select(row => TrackerItem.Of(row, query.Now));
            return Results.Json(new TrackerView([.. items], page.Next), ApiJson.Default.TrackerView);
        }
        catch (ArgumentException e) when (e.ParamName == "cursor")
        {
            return Problem.Invalid("cursor", "Not a cursor of this list.");
        }
    }
}
