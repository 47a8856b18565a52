using System.Text.Json;
using DurableTask.Core.Exceptions;
using Escalation.Functions.Orchestrations;
using Escalation.Testing;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Tests.Scripted;

/// <summary>
/// A task hub of scripted instances, which answers as the real one was seen to. Nothing runs until <see
/// cref="RunAsync"/>.
/// </summary>
public sealed class ScriptedHub(TimeProvider clock, CaseActivities activities) : DurableTaskClient("scripted")
{
    public Dictionary<string, ScriptedInstance> Instances { get; } = new(StringComparer.Ordinal);

    /// <summary>Out of reach for clients; its instances go on.</summary>
    public bool IsDown { get; set; }

    /// <summary>Its timers and activities stand still as well.</summary>
    public bool StandsStill { get; set; }

    /// <summary>Events are taken and lost.</summary>
    public bool LosesEvents { get; set; }

    /// <summary>Called when an instance is looked up, to let time pass, or to throw.</summary>
    public Action<string> LooksUp { get; set; } = _ => { };

    /// <summary>Called when an instance is purged, to let time pass.</summary>
    public Action Purges { get; set; } = () => { };

    public int Failures { get; private set; }
    public PurgeInstancesFilter? Purged { get; private set; }

    /// <summary>Set: its calls are never answered, whatever their token says. Completes at the first one.</summary>
    public TaskCompletionSource? Hanging { get; set; }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The earliest timer of any instance.</summary>
    public DateTimeOffset? Earliest =>
        Instances.Values.SelectMany(i => i.Timers).Select(t => (DateTimeOffset?)new DateTimeOffset(t.FireAt)).Min();

    /// <summary>Fires what is due, and runs activities, until nothing more happens at this instant.</summary>
    public async Task RunAsync()
    {
        for (var turns = 0; !StandsStill; turns++)
        {
            Waiting.ThrowIfEndless(turns);
            var due = Instances
                .Values.SelectMany(i => i.Timers.Select(t => (Instance: i, Timer: t)))
                .Where(x => x.Timer.FireAt <= Now)
                .OrderBy(x => x.Timer.FireAt)
                .FirstOrDefault();
            if (due.Instance is not null)
                due.Instance.Step(new Entry.TimerFired(Now, due.Timer.Id));
            else if (Instances.Values.FirstOrDefault(i => i.Pending.Count > 0) is { } busy)
                await CarryOutAsync(busy, busy.Pending[0]);
            else
                return;
        }
    }

    /// <summary>Carries out the first activity that an instance waits for, and nothing else.</summary>
    public Task CarryOutOneAsync(string reference) =>
        CarryOutAsync(Instances[reference], Instances[reference].Pending[0]);

    /// <summary>Fires an instance's timer whatever the clock says.</summary>
    public void Fire(string reference) =>
        Instances[reference].Step(new Entry.TimerFired(Now, Assert.Single(Instances[reference].Timers).Id));

    /// <summary>An event that nobody in this program raised.</summary>
    public void Raise(string reference, string name = EscalationOrchestrator.StageOutcome) =>
        Instances[reference].Step(new Entry.Raised(Now, name));

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        await ReachAsync(cancellation);
        Assert.Equal(EscalationOrchestrator.Name, orchestratorName.Name);
        Assert.Null(input);
        var id = options!.InstanceId!;
        if (Instances.TryGetValue(id, out var present) && !present.IsFinished)
            throw new OrchestrationAlreadyExistsException(id);
        Instances[id] = new ScriptedInstance(id, EscalationOrchestrator.RunAsync, Now);
        return id;
    }

    public override async Task RaiseEventAsync(
        string instanceId,
        string eventName,
        object? eventPayload = null,
        CancellationToken cancellation = default
    )
    {
        await ReachAsync(cancellation);
        Assert.Null(eventPayload);
        if (!Instances.TryGetValue(instanceId, out var instance))
            throw new RpcException(new Status(StatusCode.NotFound, instanceId));
        if (instance.IsFinished)
            throw new RpcException(new Status(StatusCode.FailedPrecondition, instanceId));
        if (!LosesEvents)
            instance.Step(new Entry.Raised(Now, eventName));
    }

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default
    )
    {
        await ReachAsync(cancellation);
        LooksUp(instanceId);
        return Instances.TryGetValue(instanceId, out var instance) ? MetadataOf(instance, getInputsAndOutputs) : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        ThrowIfDown();
        return new OnePage([
            .. Instances
                .Values.Select(instance => MetadataOf(instance, filter?.FetchInputsAndOutputs ?? false))
                .Where(m => filter?.Statuses is not { } wanted || wanted.Contains(m.RuntimeStatus)),
        ]);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter,
        PurgeInstanceOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        await ReachAsync(cancellation);
        Purged = filter;
        Assert.DoesNotContain(OrchestrationRuntimeStatus.Running, filter.Statuses!);
        var (began, count) = (Now, 0);
        foreach (var instance in Instances.Values.Where(i => i.IsFinished && i.CreatedAt <= filter.CreatedTo).ToList())
        {
            if (Now - began >= filter.Timeout)
                return new PurgeResult(count, isComplete: false);
            Purges();
            Instances.Remove(instance.Id);
            count++;
        }
        return new PurgeResult(count, isComplete: true);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default
    ) => throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default
    ) => throw new NotSupportedException();

    public override Task SuspendInstanceAsync(
        string instanceId,
        string? reason = null,
        CancellationToken cancellation = default
    ) => throw new NotSupportedException();

    public override Task ResumeInstanceAsync(
        string instanceId,
        string? reason = null,
        CancellationToken cancellation = default
    ) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The custom status comes only where inputs and outputs are asked for.</summary>
    private static OrchestrationMetadata MetadataOf(ScriptedInstance instance, bool inputsAndOutputs) =>
        new(EscalationOrchestrator.Name, instance.Id)
        {
            RuntimeStatus = instance.IsFinished
                ? OrchestrationRuntimeStatus.Completed
                : OrchestrationRuntimeStatus.Running,
            SerializedCustomStatus = inputsAndOutputs ? instance.Status : null,
        };

    private async Task CarryOutAsync(ScriptedInstance instance, Entry.Scheduled asked)
    {
        try
        {
            instance.Step(new Entry.Completed(Now, asked.Id, await ResultOfAsync(asked), null));
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Failures++;
            instance.Step(new Entry.Completed(Now, asked.Id, "", e.Message));
        }
    }

    private async Task<string> ResultOfAsync(Entry.Scheduled asked) =>
        asked.Name switch
        {
            CaseActivities.Advance => JsonSerializer.Serialize(
                await activities.AdvanceAsync(
                    JsonSerializer.Deserialize<StepToTake>(asked.Input)!,
                    CancellationToken.None
                )
            ),
            CaseActivities.SendNotice => JsonSerializer.Serialize(
                await activities.SendNoticeAsync(
                    JsonSerializer.Deserialize<NoticeToSend>(asked.Input)!,
                    CancellationToken.None
                )
            ),
            var other => throw new InvalidOperationException($"No activity {other}."),
        };

    private Task ReachAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        ThrowIfDown();
        Hanging?.TrySetResult();
        return Hanging is null ? Task.CompletedTask : new TaskCompletionSource().Task;
    }

    private void ThrowIfDown()
    {
        if (IsDown)
            throw new RpcException(new Status(StatusCode.Unavailable, "down"));
    }

    private sealed class OnePage(IReadOnlyList<OrchestrationMetadata> all) : AsyncPageable<OrchestrationMetadata>
    {
        public override async IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(
            string? continuationToken = null,
            int? pageSizeHint = null
        )
        {
            await Task.CompletedTask;
            yield return new Page<OrchestrationMetadata>(all);
        }
    }
}
