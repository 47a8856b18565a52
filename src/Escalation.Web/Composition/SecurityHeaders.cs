using Escalation.Web.Site;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Composition;

/// <summary>
/// Headers on every answer. A page that needs more sets its own Content-Security-Policy or Cache-Control first; those stay.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<WebOptions> options)
{
    private const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            static state =>
            {
                var (context, hsts) = ((HttpContext, bool))state;
                var headers = context.Response.Headers;
                headers.TryAdd("Content-Security-Policy", Nothing);
                headers.TryAdd("Cache-Control", "no-store");
                headers.TryAdd("Referrer-Policy", "no-referrer");
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                if (hsts && context.Request.IsHttps)
                    headers.StrictTransportSecurity = "max-age=31536000";
                return Task.CompletedTask;
            },
            (context, options.Value.Hsts)
        );
        return next(context);
    }
}
