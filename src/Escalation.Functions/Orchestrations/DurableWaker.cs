using Escalation.Core.Storage;
using Escalation.Functions.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Escalation.Functions.Orchestrations;

/// <summary>
/// Tells a case's orchestration of a write that an HTTP request made. The write is done by then, so a failure here
/// never reaches the caller: the sweep finds the case within ten minutes of its wake. Writes made within activities and
/// timers have no client at hand and need none: the orchestration or the sweep that made them goes on by itself.
/// </summary>
public sealed partial class DurableWaker(
    IHttpContextAccessor request,
    TimeProvider time,
    Meters meters,
    ILogger<DurableWaker> log
) : IWaker
{
    public async ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel)
    {
        if (request.HttpContext?.Features.Get<DurableTaskClient>() is not { } client)
            return;
        try
        {
            // Not the caller's token: a caller who hangs up has written all the same.
            await client.TellAsync(reference, at, time, CancellationToken.None);
        }
        catch (Exception e)
        {
            meters.SignalLost();
            LogLost(log, reference, e.GetType().Name);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Case {Reference}: its orchestration could not be told of a change ({Exception}); the sweep will"
    )]
    private static partial void LogLost(ILogger log, string reference, string exception);
}
