using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site;

/// <summary>Takes the instant once, before the body is read: a command counts from when its request arrived.</summary>
internal sealed class Arrival(RequestDelegate next, TimeProvider time)
{
    internal static readonly object Key = new();

    public Task InvokeAsync(HttpContext context)
    {
        context.Items[Key] = time.GetUtcNow();
        return next(context);
    }
}

public static class ArrivalOfRequest
{
    /// <summary>When the request arrived, UTC: the <c>now</c> of everything done for it.</summary>
    public static DateTimeOffset Arrived(this HttpContext context) =>
        context.Items[Arrival.Key] is DateTimeOffset at
            ? at
            : throw new InvalidOperationException("UseEscalation is missing.");
}
