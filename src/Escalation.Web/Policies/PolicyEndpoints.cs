using System.Text.Json.Nodes;
using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Policies;

/// <summary>The procedures as rules, and what their clocks would do. The same for every partnership: they are published texts.</summary>
internal static class PolicyEndpoints
{
    /// <summary>Policies, and versions of one, in one answer.</summary>
    private const int MostListed = 100,
        MostVersions = 50;
    private static readonly Problem None = Problem.NotFound("There is no such policy.");

    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/policies", ListAsync)
            .ForStaff($"the policies by id, {MostListed} at a time (limit, cursor; next: the Link header)")
            .WithName("listPolicies")
            .Produces<IReadOnlyList<PolicySummary>>();
        routes
            .MapGet("/api/policies/{id}", ReadAsync)
            .ForStaff(
                $"one policy with its basis texts and vocabularies; of its versions {MostVersions} at a time (limit, cursor)"
            )
            .WithName("readPolicy")
            .Produces<PolicyView>();
        routes
            .MapPut("/api/policies/{id}", WriteAsync)
            .ForAdministrators(
                "stores a partnership's own policy, which new cases are opened under (If-Match: only after that version)"
            )
            .WithName("writePolicy")
            .Accepts<JsonObject>("application/json")
            .Produces<PolicyStored>()
            .Produces<PolicyStored>(201);
        routes
            .MapGet("/api/policies/{id}/timeline", TimelineAsync)
            .ForStaff("its deadlines if nobody answers")
            .WithName("readTimeline")
            .Produces<TimelineView>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, RuleBook rules)
    {
        var (paging, problem) = Paging.Read(context.Request, MostListed, MostListed);
        if (paging is null)
            return problem!;
        var page = paging.Of((await rules.PoliciesAsync(context.RequestAborted)).All, p => p.Id);
        Paging.Link(context, page.Next);
        return Results.Json([.. page.Items.Select(PolicyViews.Summary)], ApiJson.Default.IReadOnlyListPolicySummary);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string id, RuleBook rules)
    {
        var installed = await rules.InstalledAsync(context.RequestAborted);
        if (installed.InForce(id) is not { } policy)
            return None;
        var (paging, problem) = Paging.Read(context.Request, MostVersions, MostVersions);
        if (paging is null)
            return problem!;
        context.Response.Headers.ETag = TagOf(policy.Hash);
        var versions = PolicyVersionView.Of(policy, installed, context.Caller(), paging);
        return Results.Json(PolicyViews.Of(policy, versions), ApiJson.Default.PolicyView);
    }

    private static async Task<IResult> WriteAsync(HttpContext context, string id, PolicyService service)
    {
        var (body, refused) = await JsonBody.BytesAsync(context);
        if (body is not { } bytes)
            return refused!;
        var (policy, faulty) = PolicyService.Read(bytes.Span, id);
        if (policy is null)
            return faulty!;
        var (stored, problem) = await service.StoreAsync(
            policy,
            SeenHash(context.Request),
            context.Caller(),
            context.Arrived()
        );
        if (stored is null)
            return problem!;
        context.Response.Headers.Location = $"/api/policies/{id}";
        var status = stored.Stored ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return Results.Json(stored, ApiJson.Default.PolicyStored, statusCode: status);
    }

    /// <summary>The version that the sender read; null when it does not matter to it.</summary>
    public static string? SeenHash(HttpRequest request) =>
        request.Headers.IfMatch.ToString() is { Length: > 0 } tag && tag != "*" ? tag.Trim('"') : null;

    private static string TagOf(string hash) => $"\"{hash}\"";

    private static async Task<IResult> TimelineAsync(HttpContext context, string id, RuleBook rules)
    {
        var now = context.Arrived();
        if ((await rules.InstalledAsync(context.RequestAborted)).InForce(id) is not { } policy)
            return None;
        // A plus sign that was not escaped arrives as a space.
        var asked = context.Request.Query["raised"].ToString().Replace(' ', '+');
        if (!InstantConverter.TryParse(asked, out var raised) && asked.Length > 0)
            return Problem.Invalid("raised", "An instant with its offset, such as 2026-12-23T10:00:00Z.");
        raised = asked.Length == 0 ? now : raised;
        if (!Simulation.IsInRange(raised))
            return Problem.Invalid("raised", "A year from 2000 to 2100.");
        if (Holidays(context.Request) is not { } holidays)
            return Problem.Invalid("holiday", $"Dates, YYYY-MM-DD; {Simulation.MostHolidays} at the most.");
        var known = (await rules.PartnershipAsync(policy.Partnership, now, context.RequestAborted)).CalendarFor(policy);
        var simulation = Simulation.Of(policy, known, raised, holidays);
        var stages = simulation.Stages.Select(s => new TimelineStageView(
            s.Id,
            s.Name,
            s.Opens,
            s.Deadline?.At,
            s.Deadline?.Kind,
            s.Deadline?.Explanation,
            s.Reminders
        ));
        return Results.Json(
            new TimelineView(policy.Id, policy.Version, raised, simulation.Calendar.Name, [.. stages]),
            ApiJson.Default.TimelineView
        );
    }

    private static IReadOnlyList<DateOnly>? Holidays(HttpRequest request)
    {
        var given = request.Query["holiday"];
        if (given.Count > Simulation.MostHolidays)
            return null;
        var holidays = new List<DateOnly>();
        foreach (var text in given)
        {
            if (!DateConverter.TryParse(text, out var date))
                return null;
            holidays.Add(date);
        }
        return holidays;
    }
}
