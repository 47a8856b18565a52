using Escalation.Core.Cases;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Tells a form of ours from another site's. A browser attaches a cookie by itself, whoever made the form; what it also
/// says, and no page can change, is where the form stood.
/// </summary>
internal static class CrossSite
{
    /// <summary>
    /// Whether a request that changes something has to be refused. Where a browser says nothing of the origin, only a
    /// credential that was put there on purpose (an Authorization header) is believed.
    /// </summary>
    public static bool Refuses(HttpRequest request, string publicUrl)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return false;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is not ("same-origin" or "none");
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
            return !IsOurs(origin, request, publicUrl);
        return request.Headers.Authorization.Count == 0;
    }

    /// <summary>A proxy in front may end TLS and change the host: the public address counts as ours too.</summary>
    private static bool IsOurs(string origin, HttpRequest request, string publicUrl) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (
            string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || (
                Uri.TryCreate(publicUrl, UriKind.Absolute, out var ours)
                && string.Equals(uri.Authority, ours.Authority, StringComparison.OrdinalIgnoreCase)
            )
        );
}

/// <summary>
/// Refuses what a page of another site sends to an endpoint with <see cref="Access"/>, once its caller may call it, and
/// to the pages that sign in and out.
/// </summary>
internal sealed class CrossSiteMiddleware(RequestDelegate next, IOptions<WebOptions> options)
{
    public Task InvokeAsync(HttpContext context) =>
        IsGuarded(context.GetEndpoint())
        && !ProvedIntake(context)
        && CrossSite.Refuses(context.Request, options.Value.PublicUrl)
            ? Problem.Of(Codes.Forbidden, "A page of another site may not do this.").WriteAsync(context)
            : next(context);

    private static bool IsGuarded(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<Access>() is not null || endpoint?.Metadata.GetMetadata<StaffPage>() is not null;

    /// <summary>
    /// An intake credential is in the request itself, and no browser adds it by itself: a form may stand on any site.
    /// </summary>
    private static bool ProvedIntake(HttpContext context) =>
        context.Features.Get<IIntakeTrigger>() is not null || context.User.IsInRole(Roles.Intake);
}
