using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.Problems;

/// <summary>The outermost: whatever went wrong inside, and every bare error status, becomes a problem.</summary>
internal sealed partial class ProblemMiddleware(
    RequestDelegate next,
    IOptions<WebOptions> options,
    ILogger<ProblemMiddleware> logger,
    RepeatedLines lines
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (HasLeft(context) && e is OperationCanceledException or ConnectionResetException)
        {
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var problem = ProblemOf(context, e);
            context.Response.Clear();
            await problem.WriteAsync(context);
            return;
        }
        if (
            context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 }
            && OfStatus(context) is { } bare
        )
            await bare.WriteAsync(context);
    }

    private static bool HasLeft(HttpContext context) => context.RequestAborted.IsCancellationRequested;

    private Problem ProblemOf(HttpContext context, Exception e)
    {
        var method = context.Request.Method;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
        var name = e.GetType().Name;
        var kind = new Failure(route, e.GetType());
        switch (e)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.Of(Codes.TooLarge, "The request is too large.");
            case BadHttpRequestException:
                return Problem.Of(Codes.Invalid, "The request could not be read.");
            case OperationCanceledException:
            case var _ when options.Value.IsStoreFailure(e):
                lines.Write(
                    kind,
                    () => StoreFailed(logger, method, route, e),
                    count => StoreFailedAgain(logger, route, name, count)
                );
                return Problem.Of(
                    Codes.Unavailable,
                    "The store cannot be reached now. Nothing was lost that was answered before; try again in a minute."
                );
            case UnreadableCaseException:
                Unreadable(logger, context.Request.Method, route, e.Message);
                return Problem.Of(
                    Codes.Unavailable,
                    "This escalation cannot be read: the part of the database that held it is damaged. "
                        + "Tell whoever runs the program: its health page says how to restore it."
                );
            case PolicyUnavailableException:
                lines.Write(
                    kind,
                    () => NoPolicy(logger, method, route, e.Message),
                    count => FailedAgain(logger, route, name, count)
                );
                return Problem.Of(Codes.Unavailable, e.Message);
            default:
                lines.Write(
                    kind,
                    () => Failed(logger, method, route, e),
                    count => FailedAgain(logger, route, name, count)
                );
                return Problem.Of(
                    Codes.Unavailable,
                    "Something went wrong in the program; it is in its log. Try again, or tell whoever runs it."
                ) with
                {
                    Status = 500,
                };
        }
    }

    private static Problem? OfStatus(HttpContext context) =>
        context.Response.StatusCode switch
        {
            401 => Problem.Of(Codes.Unauthorised, "Sign in with an access key that is in force."),
            403 => Problem.Of(Codes.Forbidden, "This is not allowed for you."),
            404 => Problem.NotFound(),
            405 => Problem.Of(
                Codes.Invalid,
                "This address does not take that method; the Allow header says which it takes."
            ) with
            {
                Status = 405,
            },
            413 => Problem.Of(Codes.TooLarge, "The request is too large."),
            415 => Problem.Of(Codes.Invalid, "This address does not take a body of that type.") with { Status = 415 },
            429 => Problem.Of(Codes.TooMany, "Too many requests; wait a minute and try again."),
            < 500 and var status => Problem.Of(Codes.Invalid, "The request could not be read.") with
            {
                Status = status,
            },
            var status => Problem.Of(Codes.Unavailable, "Not available now; try again in a minute.") with
            {
                Status = status,
            },
        };

    /// <summary>What makes two failures the same to whoever reads the log.</summary>
    private sealed record Failure(string Route, Type Exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store failed during {Method} {Route}")]
    private static partial void StoreFailed(ILogger logger, string method, string route, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed. {Reason}")]
    private static partial void Unreadable(ILogger logger, string method, string route, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Method} {Route} needs a policy that this program cannot use. {Reason}"
    )]
    private static partial void NoPolicy(ILogger logger, string method, string route, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed: a fault of the program")]
    private static partial void Failed(ILogger logger, string method, string route, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The store failed during {Route} as before ({Exception}), {Count} times in a minute"
    )]
    private static partial void StoreFailedAgain(ILogger logger, string route, string exception, int count);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Route} failed as before ({Exception}), {Count} times in a minute"
    )]
    private static partial void FailedAgain(ILogger logger, string route, string exception, int count);
}
