using Microsoft.DurableTask;

namespace Escalation.Functions.Tests.Scripted;

/// <summary>An instance: its history, and a replay of it from the first event after every step.</summary>
public sealed class ScriptedInstance
{
    private readonly Func<TaskOrchestrationContext, Task> _code;
    private readonly List<Entry> _history = [];
    private List<string> _statuses = [];
    private ScriptedContext _last;

    public ScriptedInstance(string id, Func<TaskOrchestrationContext, Task> code, DateTime now)
    {
        (Id, _code, _last) = (id, code, new ScriptedContext(id));
        CreatedAt = new DateTimeOffset(now);
        Step(new Entry.Started(now));
    }

    public string Id { get; }
    public DateTimeOffset CreatedAt { get; }
    public bool IsFinished { get; private set; }
    public int Generations { get; private set; } = 1;

    /// <summary>Every step of every generation.</summary>
    public int Steps { get; private set; }

    /// <summary>
    /// The longest history any generation had, with the two events that enclose each episode, and those of timers'
    /// parts.
    /// </summary>
    public int LongestHistory { get; private set; }

    /// <summary>Its custom status. Set by a test: as another program left it.</summary>
    public string? Status { get; set; }
    public IReadOnlyList<Entry> History => _history;

    /// <summary>Activities asked for and not completed.</summary>
    public IReadOnlyList<Entry.Scheduled> Pending =>
        [.. _history.OfType<Entry.Scheduled>().Where(s => !_history.OfType<Entry.Completed>().Any(c => c.Id == s.Id))];

    /// <summary>Timers asked for, neither fired nor cancelled.</summary>
    public IReadOnlyList<Entry.TimerSet> Timers =>
        [
            .. _history
                .OfType<Entry.TimerSet>()
                .Where(t =>
                    !_last.Cancelled.Contains(t.Id) && !_history.OfType<Entry.TimerFired>().Any(f => f.Id == t.Id)
                ),
        ];

    public void Step(Entry entry)
    {
        if (IsFinished)
            return;
        Steps++;
        _history.Add(entry);
        _last = new ScriptedContext(Id);
        var running = _last.Replay(_code, _history);
        var known = _history.Count(e => e is Entry.Scheduled or Entry.TimerSet);
        _history.AddRange(_last.Asked.Skip(known));
        Assert.Equal(_statuses, _last.Statuses.Take(_statuses.Count));
        _statuses = _last.Statuses;
        Status = _statuses.Count == 0 ? Status : _statuses[^1];
        LongestHistory = Math.Max(LongestHistory, Size());
        if (running.IsFaulted)
            throw running.Exception!.InnerException!;
        if (running.IsCompleted)
            Finish(entry.At);
    }

    private void Finish(DateTime now)
    {
        Assert.Empty(Pending);
        Assert.Empty(Timers);
        if (_last.Renewed is not { } preserve)
        {
            IsFinished = true;
            return;
        }
        Assert.False(preserve, "Events that are kept make the next generation's history as long as this one's.");
        Generations++;
        _history.Clear();
        _statuses = [];
        Step(new Entry.Started(now));
    }

    private int Size()
    {
        var episodes = _history.Count(e => e is not (Entry.Scheduled or Entry.TimerSet));
        var parts = _history.OfType<Entry.TimerSet>().Sum(t => (int)((t.FireAt - t.At) / TimeSpan.FromDays(3)));
        return _history.Count + (2 * episodes) + (4 * parts);
    }
}
