using Escalation.Core.Cases;
using Escalation.Functions.Mail;
using Escalation.Functions.Settings;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Escalation.Functions.Triggers;

/// <summary>The door for Event Grid's delivery reports, a function of its own so that its failures are seen apart.</summary>
public sealed class EmailDeliveryTrigger(WebSurface surface)
{
    public const string Name = "EmailDelivery",
        Route = "hooks/email-delivery";

    [Function(Name)]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client
    ) => surface.Answer(client);
}

/// <summary>
/// Where Event Grid posts delivery reports: <c>/hooks/email-delivery?secret=…</c>. Without the secret, or the one before it, it is not
/// there. What cannot be recorded now is answered 503, and Event Grid posts it again. Part of the web surface: what it refuses is limited,
/// counted and said there.
/// </summary>
internal sealed partial class EmailDeliveryHook(
    DeliveryReports reports,
    FunctionsSettings settings,
    HookSecrets secrets,
    ILogger<EmailDeliveryHook> log
)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/" + EmailDeliveryTrigger.Route,
                (HttpContext context, EmailDeliveryHook hook) => hook.ReceiveAsync(context)
            )
            .ExcludeFromDescription();

    private async Task<IResult> ReceiveAsync(HttpContext context)
    {
        string?[] right = [settings.DeliverySecret, settings.DeliverySecretPrevious];
        var given = context.Request.Query["secret"].ToString();
        if (secrets.Refusal(context, given, [.. right.OfType<string>()], Problem.NotFound()) is { } wrong)
            return wrong;
        var (sent, unreadable) = await JsonBody.ReadAsync(context, DeliveryJson.Default.IReadOnlyListDeliveryEvent);
        if (sent is null)
            return unreadable!;
        var events = sent.OfType<DeliveryEvent>().ToList();
        if (events.Find(e => e.EventType == DeliveryEvent.Handshake) is { Data.ValidationCode: { } code })
            return Results.Json(new { validationResponse = code });
        return await RecordAsync(events, context.Arrived(), context.RequestAborted)
            ? Results.Ok()
            : Problem.Of(Codes.Unavailable, "Not everything could be recorded now. Post it again in a minute.");
    }

    private async Task<bool> RecordAsync(
        IReadOnlyList<DeliveryEvent> events,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var all = true;
        foreach (var report in events)
        {
            try
            {
                all &= await reports.RecordAsync(report, now, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                LogFailed(log, e.GetType().Name);
                all = false;
            }
        }
        return all;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A delivery report could not be recorded ({Exception}); it comes again"
    )]
    private static partial void LogFailed(ILogger log, string exception);
}
