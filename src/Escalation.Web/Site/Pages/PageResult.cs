using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.Pages;

/// <summary>
/// Renders a page. It may not be stored, runs no script and is framed by nobody; a page reached without signing in
/// sends no referrer.
/// </summary>
internal sealed class PageResult(Page page) : IResult
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var frame = Frame.Of(
            httpContext,
            httpContext.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value.SignOutUrl
        );
        var bytes = Encoding.UTF8.GetBytes(await RenderAsync(httpContext.RequestServices, frame));
        var response = httpContext.Response;
        response.StatusCode = page.Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = Policy;
        // A browser that sends no referrer sends a form's origin as null, and a form of ours must be told from another site's.
        response.Headers["Referrer-Policy"] = IsStaffPage(httpContext) ? "same-origin" : "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        if (page.Status == StatusCodes.Status429TooManyRequests)
            response.Headers.RetryAfter = "60";
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    private static bool IsStaffPage(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaffPage>() is not null;

    private async Task<string> RenderAsync(IServiceProvider services, Frame frame)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(PageRoot.Page)] = page, [nameof(PageRoot.Frame)] = frame }
        );
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<PageRoot>(parameters)).ToHtmlString()
        );
    }
}
