using System.Security.Cryptography;
using System.Text;
using Escalation.Functions.Mail;
using Escalation.Functions.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Escalation.Functions.Triggers;

/// <summary>
/// Where Event Grid posts delivery reports: <c>/hooks/email-delivery?secret=…</c>. Without the secret, or the one before it, it is not
/// there. What cannot be recorded now is answered 503, and Event Grid posts it again.
/// </summary>
public sealed partial class EmailDeliveryTrigger(DeliveryReports reports, HostSettings settings, IHttpContextAccessor accessor, ILogger<EmailDeliveryTrigger> log)
{
    public const string Name = "EmailDelivery", Route = "hooks/email-delivery";

    [Function(Name)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        if (!IsSecret(request.Query["secret"].ToString()))
            return Results.NotFound();
        if (await DeliveryEvent.ReadAsync(request.Body, cancel) is not { } events)
            return Results.BadRequest();
        if (events.FirstOrDefault(e => e.EventType == DeliveryEvent.Handshake) is { Data.ValidationCode: { } code })
            return Results.Json(new { validationResponse = code });
        request.HttpContext.Features.Set(client);
        accessor.HttpContext = request.HttpContext;
        return await RecordAsync(events, cancel) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<bool> RecordAsync(IReadOnlyList<DeliveryEvent> events, CancellationToken cancel)
    {
        var all = true;
        foreach (var report in events)
        {
            try
            {
                all &= await reports.RecordAsync(report, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                LogFailed(log, e.GetType().Name);
                all = false;
            }
        }
        return all;
    }

    /// <summary>The present one or the one before; how long the answer takes tells nothing of either.</summary>
    private bool IsSecret(string given)
    {
        var digest = DigestOf(given);
        var isPresent = CryptographicOperations.FixedTimeEquals(digest, DigestOf(settings.DeliverySecret));
        var isPrevious = settings.DeliverySecretPrevious is { } previous
            && CryptographicOperations.FixedTimeEquals(digest, DigestOf(previous));
        return isPresent || isPrevious;
    }

    private static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    [LoggerMessage(Level = LogLevel.Error, Message = "A delivery report could not be recorded ({Exception}); it comes again")]
    private static partial void LogFailed(ILogger log, string exception);
}
