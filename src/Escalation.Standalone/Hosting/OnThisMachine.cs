using System.Net;
using Escalation.Web.Problems;

namespace Escalation.Standalone.Hosting;

/// <summary>The demo's own pages are for who sits at this machine: they need no key there, and are not there for anybody else.</summary>
internal sealed class OnThisMachine : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) ? await next(context) : Problem.NotFound();
}
