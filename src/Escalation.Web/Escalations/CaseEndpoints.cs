using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Escalations;

/// <summary>Reading one case.</summary>
internal static class CaseEndpoints
{
    private const string OwnOnly = "a Practitioner only cases its agency is in";

    /// <summary>Events in one answer.</summary>
    private const int MostEvents = 500;

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/escalations/{reference}", ReadAsync)
            .ForStaff("the case", OwnOnly)
            .WithName("readCase")
            .Produces<CaseView>();
        routes
            .MapGet("/api/escalations/{reference}/status", StatusAsync)
            .ForStaff("where the case stands, small", OwnOnly)
            .WithName("readStatus")
            .Produces<StatusView>();
        routes
            .MapGet("/api/escalations/{reference}/history", HistoryAsync)
            .ForStaff("the events, oldest first, with the hash chain (limit, cursor)", OwnOnly)
            .WithName("readHistory")
            .Produces<HistoryView>();
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string reference, CaseHandler handler) =>
        await SeenCase.FindAsync(context, handler, reference) is { } seen
            ? Results.Json(CaseViews.Of(seen, context.Arrived()), ApiJson.Default.CaseView)
            : SeenCase.None;

    private static async Task<IResult> StatusAsync(
        HttpContext context,
        string reference,
        CaseHandler handler,
        IServiceProvider services
    )
    {
        if (await SeenCase.FindAsync(context, handler, reference) is not { Case: var c })
            return SeenCase.None;
        var orchestration = services.GetService<IOrchestrationStatus>() is { } ask
            ? await ask.ReadAsync(c.Reference, context.RequestAborted)
            : null;
        var (stage, watched) = (c.IsOpen ? c.Stage?.Id : null, c.IsWhole ? orchestration : null);
        var view = new StatusView(
            c.Reference,
            c.Status,
            stage,
            c.Deadline,
            c.OverdueAt <= context.Arrived(),
            c.NextWake,
            c.Version,
            orchestration?.RuntimeStatus,
            watched?.Watch,
            watched?.Disagreement(stage, c.NextWake)
        );
        return Results.Json(view, ApiJson.Default.StatusView);
    }

    private static async Task<IResult> HistoryAsync(HttpContext context, string reference, CaseHandler handler)
    {
        if (await SeenCase.FindAsync(context, handler, reference) is not { } seen)
            return SeenCase.None;
        var (paging, problem) = Paging.Read(context.Request, MostEvents, MostEvents);
        return paging is null ? problem! : Results.Json(Histories.Of(seen.Case, paging), ApiJson.Default.HistoryView);
    }
}
