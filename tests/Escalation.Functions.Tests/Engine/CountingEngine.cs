using System.Collections.Concurrent;
using DurableTask.Core;
using DurableTask.Core.History;
using Grpc.Core;
using Microsoft.DurableTask.Testing.Sidecar;

namespace Escalation.Functions.Tests.Engine;

/// <summary>
/// The Durable Task engine in memory. It answers as the one on Azure was seen to where it would answer otherwise, counts what an instance's
/// history grows by, and says when an instance has gone on.
/// </summary>
public sealed class CountingEngine : InMemoryOrchestrationService, IOrchestrationService, IOrchestrationServiceClient
{
    private static readonly OrchestrationStatus[] Alive = [OrchestrationStatus.Pending, OrchestrationStatus.Running];
    private readonly ConcurrentDictionary<string, EngineInstance> _instances = new(StringComparer.OrdinalIgnoreCase);
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Completes at the next change of any instance. To be taken before looking at one.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    public ICollection<EngineInstance> Instances => _instances.Values;

    /// <summary>By itself it would take as many as there are processors, and look again every half second.</summary>
    int IOrchestrationService.MaxConcurrentTaskActivityWorkItems => 100;

    int IOrchestrationService.MaxConcurrentTaskOrchestrationWorkItems => 100;

    public EngineInstance Find(string reference) => _instances.GetOrAdd(reference, id => new EngineInstance(id));

    /// <summary>By itself it would begin a running instance anew.</summary>
    async Task IOrchestrationServiceClient.CreateTaskOrchestrationAsync(
        TaskMessage creationMessage,
        OrchestrationStatus[]? dedupeStatuses
    )
    {
        await CreateTaskOrchestrationAsync(creationMessage, dedupeStatuses ?? Alive);
        Find(creationMessage.OrchestrationInstance.InstanceId).Started();
    }

    /// <summary>By itself it would keep an event for an instance that is not there, and drop one for a finished one.</summary>
    async Task IOrchestrationServiceClient.SendTaskOrchestrationMessageAsync(TaskMessage message)
    {
        var id = message.OrchestrationInstance.InstanceId;
        var state = await GetOrchestrationStateAsync(id, executionId: null);
        if (state is null)
            throw new RpcException(new Status(StatusCode.NotFound, id));
        if (!Alive.Contains(state.OrchestrationStatus))
            throw new RpcException(new Status(StatusCode.FailedPrecondition, id));
        Find(id).Told();
        await SendTaskOrchestrationMessageAsync(message);
    }

    async Task<TaskOrchestrationWorkItem> IOrchestrationService.LockNextTaskOrchestrationWorkItemAsync(
        TimeSpan receiveTimeout,
        CancellationToken cancellationToken
    )
    {
        var item = await LockNextTaskOrchestrationWorkItemAsync(receiveTimeout, cancellationToken);
        Find(item.InstanceId).Taken(item.NewMessages.Count(m => m.Event is EventRaisedEvent));
        return item;
    }

    async Task IOrchestrationService.CompleteTaskOrchestrationWorkItemAsync(
        TaskOrchestrationWorkItem workItem,
        OrchestrationRuntimeState newOrchestrationRuntimeState,
        IList<TaskMessage> outboundMessages,
        IList<TaskMessage> orchestratorMessages,
        IList<TaskMessage> timerMessages,
        TaskMessage continuedAsNewMessage,
        OrchestrationState orchestrationState
    )
    {
        // Before what it sets off can be seen.
        Find(workItem.InstanceId).Written(newOrchestrationRuntimeState);
        await CompleteTaskOrchestrationWorkItemAsync(
            workItem,
            newOrchestrationRuntimeState,
            outboundMessages,
            orchestratorMessages,
            timerMessages,
            continuedAsNewMessage,
            orchestrationState
        );
        Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
