using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Health;

/// <summary>For whoever watches the installation; anyone may ask, and it names no case.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).WithName("live").Produces<HealthView>();
        routes.MapGet("/health/ready", ReadyAsync).WithName("ready").Produces<HealthView>();
        // Monitors ask by HEAD too: the same status, without the body.
        string[] head = [HttpMethods.Head];
        routes.MapMethods("/health/live", head, Live).ExcludeFromDescription();
        routes.MapMethods("/health/ready", head, ReadyAsync).ExcludeFromDescription();
    }

    private static IResult Live() => Results.Json(new HealthView("ok", null), ApiJson.Default.HealthView);

    /// <summary>
    /// A store that cannot be read is <c>unavailable</c> (503), as for every call; so is a host that says it is not ready, with every
    /// cause.
    /// </summary>
    private static async Task<IResult> ReadyAsync(
        HttpContext context,
        ICaseQueries queries,
        IEnumerable<IReadinessProbe> probes
    )
    {
        var (now, cancel) = (context.Arrived(), context.RequestAborted);
        var (faults, causes) = (new List<string>(), new List<string>());
        foreach (var probe in probes)
            if (await Readiness.FaultAsync(probe, cancel) is { } fault)
                (probe.GoesOn ? causes : faults).Add(fault);
        if (faults.Count > 0)
            return Problem.Of(Codes.Unavailable, string.Join(' ', faults));
        var counts = await queries.CountsAsync(null, now, cancel);
        var status =
            Readiness.IsBehind(counts, now) ? "behind"
            : causes.Count > 0 ? "degraded"
            : "ok";
        return Results.Json(
            new HealthView(status, counts, causes.Count > 0 ? causes : null),
            ApiJson.Default.HealthView
        );
    }
}
