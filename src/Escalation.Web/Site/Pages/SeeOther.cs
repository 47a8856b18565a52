using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.Pages;

/// <summary>After a form, the browser goes on with GET (303): to load the page again sends nothing again.</summary>
internal sealed class SeeOther(string url) : IResult
{
    /// <summary>The form's own address with this step: it shows what was kept of the form.</summary>
    /// <param name="draft">Which window's form it is.</param>
    public static SeeOther Step(HttpContext context, string step, string draft)
    {
        var query = context
            .Request.Query.Where(q => q.Key is not ("step" or "draft"))
            .ToDictionary(q => q.Key, q => (string?)q.Value);
        return new SeeOther(QueryString.Create([.. query, new("step", step), new("draft", draft)]).Value!);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
