using Microsoft.AspNetCore.Http;

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
