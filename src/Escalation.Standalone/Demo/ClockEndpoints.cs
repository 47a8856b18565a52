using System.Globalization;
using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Settings;
using Escalation.Web.Site.Problems;

namespace Escalation.Standalone.Demo;

/// <summary><c>/api/clock</c>, and the gate that other requests pass.</summary>
internal static class ClockEndpoints
{
    private const string Path = "/api/clock";

    /// <summary>Every request but the one that moves the clock waits while it moves; liveness never waits.</summary>
    public static void UseClockGate(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<ClockGate>();
        app.Use(
            async (context, next) =>
            {
                var request = context.Request;
                if (
                    request.Path == "/health/live"
                    || (
                        request.Path == Path
                        && HttpMethods.IsPost(request.Method)
                        && context.RequestServices.GetService<ClockMover>() is not null
                    )
                )
                {
                    await next(context);
                    return;
                }
                using (await gate.EnterAsync(context.RequestAborted))
                    await next(context);
            }
        );
    }

    public static void MapClock(this IEndpointRouteBuilder endpoints)
    {
        var clock = endpoints.MapGroup(Path).AddEndpointFilter<LocalOnlyFilter>().ExcludeFromDescription();
        clock.MapGet("", (StandingClock standing) => Now(standing));
        clock.MapPost("", MoveAsync);
    }

    private static async Task<IResult> MoveAsync(
        HttpRequest request,
        StandingClock clock,
        ClockMover mover,
        IHostApplicationLifetime life
    )
    {
        if (await ReadAsync(request) is not { } wish)
            return Invalid("""Send {"now":"2026-12-23T10:00:00Z"} or {"to":"nextWake"}, and nothing else.""");
        // A caller who goes away leaves the clock where its move ends, not in the middle of it.
        var cancel = life.ApplicationStopping;
        if (wish.To is null && wish.Now < clock.GetUtcNow())
            return Invalid($"The clock goes forward only; it is {Text(clock.GetUtcNow())}.");
        if (wish.Now is { } instant)
            await mover.MoveToAsync(instant, cancel);
        else
            await mover.MoveToNextWakeAsync(cancel);
        return Now(clock);
    }

    private static Problem Invalid(string detail) => Problem.Of(Codes.Invalid, detail);

    private static IResult Now(StandingClock clock) => Results.Json(new { now = Text(clock.GetUtcNow()) });

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static async Task<Wish?> ReadAsync(HttpRequest request)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            if (
                json.RootElement.ValueKind is not JsonValueKind.Object
                || json.RootElement.EnumerateObject().ToList() is not [{ Value.ValueKind: JsonValueKind.String } only]
            )
                return null;
            return only.Name switch
            {
                "to" when only.Value.GetString() == "nextWake" => new Wish(null, "nextWake"),
                "now" when InstantText.TryParse(only.Value.GetString(), out var instant) => new Wish(instant, null),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a text with half a surrogate pair.
            return null;
        }
    }

    private sealed record Wish(DateTimeOffset? Now, string? To);
}
