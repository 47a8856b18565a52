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

    private static readonly OrchestrationRuntimeStatus[] Finished =
    [
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Nobody waits longer than this for a task hub that does not answer; one that does takes a fraction of a second.</summary>
    public static TimeSpan AnswerLimit { get; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Tells the case's instance that the case has changed. Where it does not run, it is started, unless the case needs no wake.
    /// </summary>
    /// <param name="nextWake">The case's own; null when it needs none.</param>
    /// <exception cref="RpcException">The task hub is out of reach.</exception>
    /// <exception cref="TimeoutException">It did not answer within <see cref="AnswerLimit"/>; the instance may have been told.</exception>
    public static Task TellAsync(
        this DurableTaskClient client,
        string reference,
        DateTimeOffset? nextWake,
        TimeProvider time,
        CancellationToken cancel
    ) =>
        WithinAsync(
            AnswerLimit,
            time,
            cancel,
            async token =>
            {
                try
                {
                    await client.RaiseEventAsync(reference, EscalationOrchestrator.StageOutcome, null, token);
                }
                catch (RpcException absent)
                    when (absent.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
                {
                    if (nextWake is not null)
                        await client.StartAsync(reference, token);
                }
            }
        );

    /// <summary>
    /// What is known of the case's instance; null when there is none. It has no status before its first step; the watch
    /// is null then, or where the status is none of ours.
    /// </summary>
    /// <exception cref="RpcException">The task hub is out of reach.</exception>
    /// <exception cref="TimeoutException">It did not answer within <see cref="AnswerLimit"/>.</exception>
    public static async Task<(OrchestrationRuntimeStatus Runtime, bool HasStatus, CaseWatch? Watch)?> FindAsync(
        this DurableTaskClient client,
        string reference,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        OrchestrationMetadata? found = null;
        await WithinAsync(
            AnswerLimit,
            time,
            cancel,
            async token => found = await client.GetInstanceAsync(reference, getInputsAndOutputs: true, token)
        );
        return found is null
            ? null
            : (found.RuntimeStatus, found.SerializedCustomStatus is { Length: > 0 }, found.Watch());
    }

    /// <summary>
    /// Purges instances that have finished, of those created before this. Not for longer than it is given, also where the task hub does not
    /// heed that: what it purged by then is gone, and what is left the next call purges.
    /// </summary>
    /// <param name="longest">Where the hub does not answer, it is given up a moment later.</param>
    /// <exception cref="RpcException">The task hub is out of reach.</exception>
    /// <returns>How many it says are gone, and whether those were all.</returns>
    public static async Task<(int Purged, bool All)> PurgeAsync(
        this DurableTaskClient client,
        DateTimeOffset createdBefore,
        TimeSpan longest,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        // From the very beginning, said so: not every task hub takes an open start.
        var old = new PurgeInstancesFilter(DateTimeOffset.UnixEpoch, createdBefore, Finished) { Timeout = longest };
        PurgeResult? result = null;
        try
        {
            await WithinAsync(
                longest + AnswerLimit,
                time,
                cancel,
                async token => result = await client.PurgeAllInstancesAsync(old, null, token)
            );
        }
        catch (TimeoutException)
        {
            return (0, false);
        }
        return (result!.PurgedInstanceCount, result.IsComplete ?? true);
    }

    /// <summary>The instance's custom status; null before its first step, or when it is none of ours.</summary>
    public static CaseWatch? Watch(this OrchestrationMetadata instance)
    {
        try
        {
            return instance.SerializedCustomStatus is { } text
                ? JsonSerializer.Deserialize<CaseWatch>(text, Json)
                : null;
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
                EscalationOrchestrator.Name,
                null,
                new StartOrchestrationOptions(InstanceId: reference),
                cancel
            );
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody else started it, and it begins by reading the case.
        }
    }

    /// <summary>Gives a call up in time, whether it heeds its token or not.</summary>
    private static async Task WithinAsync(
        TimeSpan longest,
        TimeProvider time,
        CancellationToken cancel,
        Func<CancellationToken, Task> call
    )
    {
        using var over = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancel);
        try
        {
            await call(either.Token).WaitAsync(either.Token);
        }
        catch (Exception e) when (over.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException("The task hub does not answer.", e);
        }
    }
}
