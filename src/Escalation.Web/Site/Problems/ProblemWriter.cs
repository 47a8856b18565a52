using System.Text.Json;
using Escalation.Web.Site.Pages;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.Problems;

internal static class ProblemWriter
{
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        // For the log of refusals.
        context.Features.Set(problem);
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        if (context.Request.WantsPage())
        {
            await new PageResult(new Page(problem.Status, typeof(ProblemPage), problem)).ExecuteAsync(context);
            return;
        }
        response.ContentType = "application/problem+json";
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemBody(
                problem.Type,
                problem.Title,
                problem.Status,
                problem.Detail,
                problem.Code,
                problem.Errors,
                problem.Policy
            ),
            ProblemJson.Default.ProblemBody
        );
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>A browser names HTML; a program that also takes JSON gets JSON.</summary>
    public static bool WantsPage(this HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)
            && !accept.Contains("json", StringComparison.OrdinalIgnoreCase);
    }
}
