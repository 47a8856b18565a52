using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escalation.Functions.Tests.Scripted;

/// <summary>
/// One replay of an orchestrator over a history, from its first event. What the code asks for must be what the history
/// says it asked for. Waiters on one name are served last-in-first-out and a cancelled one still eats an event, as on
/// the real thing.
/// </summary>
public sealed class ScriptedContext(string instance) : TaskOrchestrationContext
{
    private readonly Dictionary<int, TaskCompletionSource<string>> _activities = [];
    private readonly Dictionary<int, TaskCompletionSource> _timers = [];
    private readonly Dictionary<string, Stack<Action>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _buffered = new(StringComparer.OrdinalIgnoreCase);
    private DateTime _now;
    private bool _replaying;

    /// <summary>What the code asked for, in order.</summary>
    public List<Entry> Asked { get; } = [];
    public List<string> Statuses { get; } = [];
    public HashSet<int> Cancelled { get; } = [];

    /// <summary>Whether unprocessed events were to be kept; null when the code did not begin anew.</summary>
    public bool? Renewed { get; private set; }
    public override TaskName Name => "EscalationOrchestrator";
    public override string InstanceId => instance;
    public override ParentOrchestrationInstance? Parent => null;
    public override DateTime CurrentUtcDateTime => _now;
    public override bool IsReplaying => _replaying;
    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>Runs the code over the history. Its continuations run on this thread, each within the event that it waited for.</summary>
    public Task Replay(Func<TaskOrchestrationContext, Task> code, IReadOnlyList<Entry> history)
    {
        var (before, running, next) = (SynchronizationContext.Current, Task.CompletedTask, 0);
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            for (var i = 0; i < history.Count; i++)
            {
                _replaying = i < history.Count - 1;
                switch (history[i])
                {
                    case Entry.Started e:
                        _now = e.At;
                        running = code(this);
                        break;
                    case Entry.Scheduled or Entry.TimerSet:
                        Assert.True(next < Asked.Count, $"{instance}: a replay did not ask for {history[i]}.");
                        Assert.Equal(history[i] with { At = default }, Asked[next++] with { At = default });
                        break;
                    case Entry.Completed e:
                        _now = e.At;
                        Complete(e);
                        break;
                    case Entry.TimerFired e:
                        _now = e.At;
                        _timers[e.Id].TrySetResult();
                        break;
                    case Entry.Raised e:
                        _now = e.At;
                        Raise(e.Name);
                        break;
                }
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
        return running;
    }

    public override Task<TResult> CallActivityAsync<TResult>(
        TaskName name,
        object? input = null,
        TaskOptions? options = null
    )
    {
        var id = Asked.Count;
        Asked.Add(new Entry.Scheduled(_now, id, name, JsonSerializer.Serialize(input)));
        _activities[id] = new TaskCompletionSource<string>();
        return ResultOf<TResult>(_activities[id].Task);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Assert.Equal(DateTimeKind.Utc, fireAt.Kind);
        var (id, timer) = (Asked.Count, new TaskCompletionSource());
        Asked.Add(new Entry.TimerSet(_now, id, fireAt));
        _timers[id] = timer;
        cancellationToken.Register(() =>
        {
            if (timer.TrySetCanceled(cancellationToken))
                Cancelled.Add(id);
        });
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        var waiter = new TaskCompletionSource<T>();
        cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        if (_buffered.GetValueOrDefault(eventName) > 0)
        {
            _buffered[eventName]--;
            waiter.TrySetResult(default!);
        }
        else
        {
            if (!_waiters.TryGetValue(eventName, out var stack))
                _waiters[eventName] = stack = [];
            stack.Push(() => waiter.TrySetResult(default!));
        }
        return waiter.Task;
    }

    public override void SetCustomStatus(object? customStatus) => Statuses.Add(JsonSerializer.Serialize(customStatus));

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        Renewed = preserveUnprocessedEvents;

    public override T? GetInput<T>()
        where T : default => default;

    public override Guid NewGuid() => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) =>
        throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName,
        object? input = null,
        TaskOptions? options = null
    ) => throw new NotSupportedException();

    private static async Task<TResult> ResultOf<TResult>(Task<string> activity) =>
        JsonSerializer.Deserialize<TResult>(await activity)!;

    private void Complete(Entry.Completed done)
    {
        if (done.Failure is null)
            _activities[done.Id].TrySetResult(done.Result);
        else
            _activities[done.Id]
                .TrySetException(
                    new TaskFailedException("activity", done.Id, new InvalidOperationException(done.Failure))
                );
    }

    private void Raise(string name)
    {
        if (_waiters.TryGetValue(name, out var stack) && stack.Count > 0)
            stack.Pop()();
        else
            _buffered[name] = _buffered.GetValueOrDefault(name) + 1;
    }
}
