using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Pages;

/// <summary>After a form, the browser goes on with GET (303): to load the page again sends nothing again.</summary>
internal sealed class SeeOther(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}
