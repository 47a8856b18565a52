using Escalation.Functions.Orchestrations;
using Escalation.Web.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Health;

/// <summary>Asks the task hub for an instance that there is not.</summary>
internal sealed class TaskHubProbe(IHttpContextAccessor request, TimeProvider time) : IReadinessProbe
{
    public async Task<string?> FaultAsync(CancellationToken cancel)
    {
        if (request.HttpContext?.Features.Get<DurableTaskClient>() is not { } client)
            return "The task hub has no client here.";
        try
        {
            await client.FindAsync("health", time, cancel);
            return null;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return $"The task hub is out of reach ({e.GetType().Name}).";
        }
    }
}
