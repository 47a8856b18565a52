using Escalation.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Orchestrations;

/// <summary>Says how a case's orchestration stands, through the client that came with the request.</summary>
internal sealed class OrchestrationStatus(IHttpContextAccessor request, TimeProvider time) : IOrchestrationStatus
{
    public async Task<OrchestrationState> ReadAsync(string reference, CancellationToken cancel)
    {
        try
        {
            if (request.HttpContext?.Features.Get<DurableTaskClient>() is not { } client)
                return new OrchestrationState(OrchestrationState.Unknown, null);
            return await client.FindAsync(reference, time, cancel) is var (runtime, _, watch)
                ? new OrchestrationState(
                    runtime.ToString(),
                    watch is null ? null : new OrchestrationWatch(watch.Stage, watch.Deadline, watch.NextWake)
                )
                : new OrchestrationState(OrchestrationState.None, null);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return new OrchestrationState(OrchestrationState.Unknown, null);
        }
    }
}
