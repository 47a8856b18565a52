using System.Text.Json;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Orchestrations;

/// <summary>The orchestrations of cases, through a client bound to a trigger. Every call may be repeated.</summary>
public static class TaskHub
{
    /// <summary>Custom statuses are written and read without regard to the case of their names.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Tells the case's instance that the case has changed. Where it does not run, it is started, unless the case needs no wake.
    /// </summary>
    /// <param name="nextWake">The case's own; null when it needs none.</param>
    /// <exception cref="RpcException">The task hub is out of reach.</exception>
    public static async Task TellAsync(this DurableTaskClient client, string reference, DateTimeOffset? nextWake, CancellationToken cancel)
    {
        try
        {
            await client.RaiseEventAsync(reference, EscalationOrchestrator.StageOutcome, null, cancel);
        }
        catch (RpcException absent) when (absent.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            if (nextWake is not null)
                await client.StartAsync(reference, cancel);
        }
    }

    /// <summary>What is known of the case's instance; null when there is none.</summary>
    public static async Task<(OrchestrationRuntimeStatus Runtime, CaseWatch? Watch)?> FindAsync(this DurableTaskClient client, string reference, CancellationToken cancel) =>
        await client.GetInstanceAsync(reference, getInputsAndOutputs: true, cancel) is { } found ? (found.RuntimeStatus, found.Watch()) : null;

    /// <summary>The instance's custom status; null before its first step, or when it is none of ours.</summary>
    public static CaseWatch? Watch(this OrchestrationMetadata instance)
    {
        try
        {
            return instance.SerializedCustomStatus is { } text ? JsonSerializer.Deserialize<CaseWatch>(text, Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Starts the instance; one that was started meanwhile will do. A finished one runs again.</summary>
    private static async Task StartAsync(this DurableTaskClient client, string reference, CancellationToken cancel)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                EscalationOrchestrator.Name, null, new StartOrchestrationOptions(InstanceId: reference), cancel);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody else started it, and it begins by reading the case.
        }
    }
}
