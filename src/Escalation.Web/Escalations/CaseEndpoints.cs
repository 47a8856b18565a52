using Escalation.Core.Cases;
using Escalation.Web.Api;
using Escalation.Web.Composition;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Escalations;

/// <summary>Reading one case.</summary>
internal static class CaseEndpoints
{
    private const string OwnOnly = "a Practitioner only cases its agency is in";

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/escalations/{reference}", ReadAsync).ForStaff("the case", OwnOnly).WithName("readCase").Produces<CaseView>();
        routes.MapGet("/api/escalations/{reference}/status", StatusAsync).ForStaff("where the case stands, small", OwnOnly).WithName("readStatus").Produces<StatusView>();
        routes.MapGet("/api/escalations/{reference}/history", HistoryAsync).ForStaff("the events, oldest first, with the hash chain", OwnOnly).WithName("readHistory").Produces<HistoryView>();
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string reference, CaseHandler handler)
    {
        if (await SeenCase.FindAsync(context, handler, reference) is not { } document)
            return SeenCase.None;
        var now = context.Arrived();
        var rules = await handler.RulesAsync(document.Case, now, context.RequestAborted);
        return Results.Json(CaseViews.Of(document, rules, context.Caller(), now), ApiJson.Default.CaseView);
    }

    private static async Task<IResult> StatusAsync(HttpContext context, string reference, CaseHandler handler, IServiceProvider services)
    {
        if (await SeenCase.FindAsync(context, handler, reference) is not { Case: var c } document)
            return SeenCase.None;
        var orchestration = services.GetService<IOrchestrationStatus>() is { } ask ? await ask.ReadAsync(c.Reference, context.RequestAborted) : null;
        var view = new StatusView(
            c.Reference, c.Status, c.IsOpen ? c.Stage.Id : null, CaseViews.DeadlineOf(c), CaseViews.IsOverdue(c, context.Arrived()), document.NextWake, document.Version,
            orchestration?.RuntimeStatus, orchestration?.Watch, orchestration?.Disagreement(c.IsOpen ? c.Stage.Id : null, document.NextWake));
        return Results.Json(view, ApiJson.Default.StatusView);
    }

    private static async Task<IResult> HistoryAsync(HttpContext context, string reference, CaseHandler handler)
    {
        if (await SeenCase.FindAsync(context, handler, reference) is not { } document)
            return SeenCase.None;
        var rules = await handler.RulesAsync(document.Case, context.Arrived(), context.RequestAborted);
        return Results.Json(Histories.Of(document, rules.Policy, context.Caller()), ApiJson.Default.HistoryView);
    }
}

/// <param name="Stage">Null after the end.</param>
/// <param name="RuntimeStatus">On Azure, of the case's orchestration; else null.</param>
/// <param name="CustomStatus">On Azure, what the orchestration last saw; else null.</param>
/// <param name="Disagreement">Where case and orchestration disagree, in words; null where they agree.</param>
public sealed record StatusView(
    string Reference, string Status, string? Stage, DateTimeOffset? Deadline, bool Overdue, DateTimeOffset? NextWake, long Version, string? RuntimeStatus,
    OrchestrationWatch? CustomStatus, string? Disagreement);
