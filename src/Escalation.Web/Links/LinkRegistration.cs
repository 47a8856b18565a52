using Escalation.Web.Forms;
using Escalation.Web.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Links;

public static class LinkRegistration
{
    /// <summary>
    /// The emailed links. Needs <see cref="LinkKeys"/>, a <c>CaseHandler</c>, a store and a <see cref="TimeProvider"/>; limits
    /// are <see cref="LinkOptions"/>, the public address is <see cref="Site.WebOptions.PublicUrl"/>. Quiets the
    /// framework's request log, which would hold tokens.
    /// </summary>
    public static IServiceCollection AddLinks(this IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton<LinkTokens>();
        services.TryAddSingleton<LinkLimits>();
        services.TryAddSingleton<LinkService>();
        services.AddDrafts();
        services.AddLogging(log =>
            log.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
                .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
                .AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Warning)
        );
        return services;
    }

    /// <summary>GET, HEAD and POST <c>/r/{token}</c>.</summary>
    public static IEndpointConventionBuilder MapLinks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/r").WithMetadata(new ExcludeFromDescriptionAttribute());
        group.MapMethods("/{token}", ["GET", "HEAD"], LinkEndpoint.ShowAsync);
        group.MapPost("/{token}", LinkEndpoint.SubmitAsync);
        return group;
    }
}
