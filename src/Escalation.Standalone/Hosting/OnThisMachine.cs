using System.Net;
using Escalation.Web.Problems;

namespace Escalation.Standalone.Hosting;

/// <summary>
/// The demo's own pages are for who sits at this machine: they need no key there, and are not there for anybody else, nor through a proxy, behind
/// which everybody would seem to sit here.
/// </summary>
internal sealed class OnThisMachine : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !IsForwarded(context.HttpContext.Request)
            ? await next(context)
            : Problem.NotFound();

    private static bool IsForwarded(HttpRequest request) =>
        request.Headers.Keys.Any(h => h.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase) || h.Equals("Forwarded", StringComparison.OrdinalIgnoreCase));
}
