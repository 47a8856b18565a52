using System.Text.Json;
using Escalation.Web.Pages;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Problems;

internal static partial class ProblemWriter
{
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Escalation.Web.Refusals");
        Refused(logger, context.Request.Method, RouteOf(context), problem.Status, problem.Code, context.User.FindFirst(Caller.ActorClaim)?.Value ?? "nobody");
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
            new ProblemBody(problem.Type, problem.Title, problem.Status, problem.Detail, problem.Code, problem.Errors), ProblemJson.Default.ProblemBody);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>A browser names HTML; a program that also takes JSON gets JSON.</summary>
    public static bool WantsPage(this HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) && !accept.Contains("json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The pattern, not the path: a path may hold a token.</summary>
    private static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such route)";

    [LoggerMessage(Level = LogLevel.Information, Message = "Refused {Method} {Route}: {Status} {Code}, asked by {Actor}")]
    private static partial void Refused(ILogger logger, string method, string route, int status, string code, string actor);
}
