using Escalation.Functions.SignIn;
using Escalation.Web.Composition;
using Escalation.Web.Links;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Functions.Triggers;

/// <summary>The whole web surface as one delegate, the same calls as on the one-machine host.</summary>
public sealed class WebSurface(IServiceProvider services, IHttpContextAccessor accessor)
{
    private readonly IHttpContextAccessor _accessor = accessor;
    private readonly Lazy<RequestDelegate> _pipeline = new(() => Build(services));

    /// <summary>An answer that runs the request through the surface.</summary>
    /// <param name="intake">Set only by the trigger that has checked an intake credential.</param>
    public IResult Answer(DurableTaskClient client, IIntakeTrigger? intake = null) =>
        new Surfaced(this, client, intake);

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        if (services.GetRequiredService<Platform>().OnAzure)
            app.UseForwardedHeaders(FrontEnd()).Use(OverTls);
        app.UseEscalation();
        app.UseEndpoints(routes =>
        {
            routes.MapEscalation();
            routes.MapLinks();
            EmailDeliveryHook.Map(routes);
        });
        return app.Build();
    }

    /// <summary>
    /// On Azure every request comes from the host on the same machine, and the platform's front end before it adds its client at the
    /// header's end: that one entry is believed, and whatever a caller put before it is not.
    /// </summary>
    private static ForwardedHeadersOptions FrontEnd()
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            ForwardLimit = 1,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        return options;
    }

    /// <summary>
    /// The front end takes HTTPS alone (the template's <c>httpsOnly</c>) and ends it: what comes here by HTTP came to it
    /// by HTTPS.
    /// </summary>
    private static Task OverTls(HttpContext context, RequestDelegate next)
    {
        context.Request.Scheme = Uri.UriSchemeHttps;
        return next(context);
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
