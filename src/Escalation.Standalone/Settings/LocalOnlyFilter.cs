using System.Net;
using Escalation.Web.Site.Problems;

namespace Escalation.Standalone.Settings;

/// <summary>
/// The demo's own pages are for who sits at this machine: they need no key there, and are not there for anybody else,
/// nor through a proxy, behind which everybody would seem to sit here, nor for another site's page in a browser here.
/// </summary>
internal sealed class LocalOnlyFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var isHere = context.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        return isHere && !IsForwarded(request) && IsLocal(request.Host) && IsOurs(request)
            ? await next(context)
            : Problem.NotFound();
    }

    /// <summary>A proxy that says nothing of itself is known by its HTTP/1.0, as nginx speaks it unless it is told otherwise.</summary>
    private static bool IsForwarded(HttpRequest request) =>
        HttpProtocol.IsHttp10(request.Protocol) || request.Headers.Keys.Any(IsOfProxy);

    /// <summary>X-Original-… is what remains of a header that was believed.</summary>
    private static bool IsOfProxy(string header) =>
        header.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Original", StringComparison.OrdinalIgnoreCase)
        || header.ToUpperInvariant() is "FORWARDED" or "VIA" or "X-REAL-IP";

    /// <summary>Another name that leads here may be another site's.</summary>
    private static bool IsLocal(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsOurs(HttpRequest request) =>
        request.Headers.Origin is not [{ } origin]
            ? request.Headers.Origin.Count == 0
            : string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
