using Escalation.Core.Cases;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.GovUkNotify;

/// <summary>
/// Where Notify posts delivery reports, with its bearer token. Without a token in the settings it is not there. What cannot be recorded now
/// is answered 503, and Notify posts it again, five times in all.
/// </summary>
internal static class NotifyCallback
{
    public const string Path = "/hooks/notify";
    private const string Prefix = "Bearer ";
    private static readonly Problem WrongToken = Problem.Of(
        Codes.Unauthorised,
        "This is not the callback token that is in force."
    );

    public static void MapNotifyCallback(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, ReceiveAsync).ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(HttpContext context, IServiceProvider services)
    {
        if (services.GetService<NotifySettings>()?.CallbackToken is not { } token)
            return Problem.NotFound();
        if (
            services
                .GetRequiredService<HookSecrets>()
                .Refusal(context, TokenOf(context.Request), [token], WrongToken) is
            { } wrong
        )
            return wrong;
        var (report, refused) = await JsonBody.ReadAsync(context, NotifyJson.Default.NotifyReport);
        if (refused is not null)
            return refused;
        await services
            .GetRequiredService<NotifyReports>()
            .RecordAsync(report!, context.Arrived(), context.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>Empty where there is none, which no token in force is.</summary>
    private static string TokenOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header
        && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? header[Prefix.Length..]
            : "";
}
