using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Site.Problems;

/// <summary>
/// Says in the log which requests were refused, by kind and never by request: anybody can send as many as they like. A line holds nothing
/// that the request said: of a path, which may hold a token, only its pattern, and of who asked only the role.
/// </summary>
public sealed partial class RefusalLog(ILogger<RefusalLog> log, RepeatedLines lines)
{
    /// <summary>Counts the answer if it is a refusal.</summary>
    public void Count(HttpContext context)
    {
        if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
            return;
        var kind = new LoggedRefusal(
            MethodOf(context.Request.Method),
            (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such route)",
            context.Response.StatusCode,
            context.Features.Get<Problem>()?.Code ?? "page",
            Caller.From(context.User)?.Role ?? "nobody"
        );
        lines.Write(
            kind,
            () => LogRefused(log, kind.Method, kind.Route, kind.Status, kind.Code, kind.Role),
            count => LogAgain(log, kind.Method, kind.Route, kind.Status, kind.Code, kind.Role, count)
        );
    }

    /// <summary>A method can be any word.</summary>
    private static string MethodOf(string method)
    {
        string[] known =
        [
            HttpMethods.Get,
            HttpMethods.Head,
            HttpMethods.Options,
            HttpMethods.Post,
            HttpMethods.Put,
            HttpMethods.Patch,
            HttpMethods.Delete,
        ];
        return known.FirstOrDefault(m => HttpMethods.Equals(m, method)) ?? "(other)";
    }

    /// <param name="Code">The problem's; <c>page</c> where a page of its own says what is wrong.</param>
    private sealed record LoggedRefusal(string Method, string Route, int Status, string Code, string Role);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Refused {Method} {Route}: {Status} {Code}, asked by {Role}"
    )]
    private static partial void LogRefused(
        ILogger log,
        string method,
        string route,
        int status,
        string code,
        string role
    );

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Refused {Method} {Route}: {Status} {Code}, asked by {Role}; {Count} more within a minute"
    )]
    private static partial void LogAgain(
        ILogger log,
        string method,
        string route,
        int status,
        string code,
        string role,
        int count
    );
}

/// <summary>Looks at what every request comes to, before its caller knows: who has read a refusal finds it counted.</summary>
internal sealed class RefusalMiddleware(RequestDelegate next, RefusalLog refusals)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            refusals.Count(context);
            return Task.CompletedTask;
        });
        return next(context);
    }
}
