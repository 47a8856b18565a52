using DurableTask.Core;
using DurableTask.Core.History;
using Escalation.Functions.Orchestrations;

namespace Escalation.Functions.Tests.Engine;

/// <summary>What the engine has written of an instance, over all its generations.</summary>
public sealed class EngineInstance(string id)
{
    /// <summary>A timer that fires later than this is waited for by nobody here.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _generations = [];
    private bool _running = true;
    private int _untaken;

    public string Id => id;

    /// <summary>Events written, those that enclose each episode included.</summary>
    public int Events { get; private set; }
    public int Advances { get; private set; }
    public int Sends { get; private set; }
    public int Timers { get; private set; }

    /// <summary>Words heard.</summary>
    public int Raised { get; private set; }
    public int Generations => _generations.Count;
    public bool IsFinished { get; private set; }

    public int LongestHistory { get; private set; }

    /// <summary>Activities that failed, in the present generation.</summary>
    public int Failures => History.OfType<TaskFailedEvent>().Count();

    /// <summary>What activities of the present generation were given and gave.</summary>
    public IEnumerable<string?> Texts =>
        [
            .. History.OfType<TaskScheduledEvent>().Select(s => s.Input),
            .. History.OfType<TaskCompletedEvent>().Select(c => c.Result),
        ];

    /// <summary>The present generation's timers that fired, parts of split ones too.</summary>
    public IEnumerable<(DateTime SetAt, DateTime FireAt, DateTime FiredAt)> TimersFired =>
        from fired in History.Index().Where(e => e.Item is TimerFiredEvent)
        let set = History.OfType<TimerCreatedEvent>().Single(t => t.EventId == ((TimerFiredEvent)fired.Item).TimerId)
        // The engine makes the event when it sets the timer; the episode that hears of it has the time.
        let episode = History.Take(fired.Index).OfType<OrchestratorStartedEvent>().Last()
        select (set.Timestamp, set.FireAt, episode.Timestamp);

    /// <summary>The present generation's.</summary>
    private IReadOnlyList<HistoryEvent> History { get; set; } = [];

    /// <summary>It has finished, or waits for a timer that is far off and nothing else.</summary>
    public bool IsAtRest
    {
        get
        {
            lock (_lock)
                return !_running && _untaken == 0 && (IsFinished || WaitsForLater);
        }
    }

    private bool WaitsForLater =>
        History.OfType<TaskScheduledEvent>().All(IsDone)
        && History.OfType<TimerCreatedEvent>().LastOrDefault() is { } timer
        && timer.FireAt > DateTime.UtcNow + Soon
        && !History.OfType<TimerFiredEvent>().Any(f => f.TimerId == timer.EventId);

    public void Started()
    {
        lock (_lock)
            (_running, IsFinished, History) = (true, false, []);
    }

    public void Told()
    {
        lock (_lock)
            _untaken++;
    }

    public void Taken(int words)
    {
        lock (_lock)
            (_running, _untaken) = (true, _untaken - words);
    }

    public void Written(OrchestrationRuntimeState state)
    {
        lock (_lock)
        {
            _generations.Add(state.OrchestrationInstance!.ExecutionId);
            Events += state.NewEvents.Count;
            Advances += state.NewEvents.OfType<TaskScheduledEvent>().Count(s => s.Name == CaseActivities.Advance);
            Sends += state.NewEvents.OfType<TaskScheduledEvent>().Count(s => s.Name == CaseActivities.SendNotice);
            Timers += state.NewEvents.OfType<TimerCreatedEvent>().Count();
            Raised += state.NewEvents.OfType<EventRaisedEvent>().Count();
            History = [.. state.Events];
            LongestHistory = Math.Max(LongestHistory, History.Count);
            IsFinished = state.OrchestrationStatus is not (OrchestrationStatus.Running or OrchestrationStatus.Pending);
            _untaken = IsFinished ? 0 : _untaken;
            _running = false;
        }
    }

    public override string ToString() =>
        $"{id}: {(IsFinished ? "finished" : "runs")}, {string.Join(' ', History.TakeLast(8).Select(e => e.EventType))}";

    private bool IsDone(TaskScheduledEvent task) =>
        History.OfType<TaskCompletedEvent>().Any(c => c.TaskScheduledId == task.EventId)
        || History.OfType<TaskFailedEvent>().Any(f => f.TaskScheduledId == task.EventId);
}
