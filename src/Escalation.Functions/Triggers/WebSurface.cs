using Escalation.Web.Composition;
using Escalation.Web.Links;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Triggers;

/// <summary>The whole web surface as one delegate, the same calls as on the one-machine host.</summary>
public sealed class WebSurface(IServiceProvider services, IHttpContextAccessor accessor)
{
    private readonly IHttpContextAccessor _accessor = accessor;
    private readonly Lazy<RequestDelegate> _pipeline = new(() => Build(services));

    /// <summary>An answer that runs the request through the surface.</summary>
    /// <param name="intake">Set only by the trigger that has checked an intake credential.</param>
    public IResult Answer(DurableTaskClient client, IIntakeTrigger? intake = null) => new Surfaced(this, client, intake);

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseEscalation();
        app.UseEndpoints(routes =>
        {
            routes.MapEscalation();
            routes.MapLinks();
        });
        return app.Build();
    }

    private sealed class Surfaced(WebSurface surface, DurableTaskClient client, IIntakeTrigger? intake) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            // What the host's own routing chose is a trigger; the surface routes anew.
            httpContext.SetEndpoint(null);
            httpContext.Request.RouteValues.Clear();
            httpContext.Features.Set(client);
            httpContext.Features.Set(intake);
            surface._accessor.HttpContext = httpContext;
            await surface._pipeline.Value(httpContext);
        }
    }
}
