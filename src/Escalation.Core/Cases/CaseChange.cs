using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>
/// One command's work on one case: the events so far, and the case as they leave it. Event instants never decrease:
/// a command that arrived before the last event is recorded at the last event's instant.
/// </summary>
/// <param name="follow">What follows an event in the same write: who is told of it.</param>
internal sealed class CaseChange(Case? start, Rules rules, DateTimeOffset now, Action<CaseChange, Recorded> follow)
{
    private readonly List<Recorded> _events = [];
    private Case? _case = start;

    /// <summary>Marks the events added from here on; null for what falls due by itself.</summary>
    public CommandMark? Mark { get; set; }

    /// <summary>Why the command cannot stand although its rules allow it: it was done too often at this stage. Null: it was not.</summary>
    public Refusal? Exceeded { get; private set; }
    public Rules Rules { get; private set; } = rules;
    public Policy Policy => Rules.Policy;

    /// <summary>When the command arrived.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The instant that its events bear.</summary>
    public DateTimeOffset At => _case is { } c && c.LastAt > now ? c.LastAt : now;
    public Case Case => _case ?? throw new InvalidOperationException("The case is not open yet.");
    public IReadOnlyList<Recorded> Events => _events;
    public Stage Stage => Policy.Find(Case.Stage.Id)!;
    public bool AtFinalStage => Case.Stage.Id == Policy.FinalStage.Id;

    /// <summary>The number that the next event will have.</summary>
    public int Next => (_case?.Events ?? 0) + 1;

    /// <summary>For a change in thought: nothing is written, so nobody is told.</summary>
    public static void NothingFollows(CaseChange change, Recorded recorded) { }

    /// <summary>Adds an event, and what follows it. Returns the event's own number.</summary>
    public int Add(CaseEvent e)
    {
        var recorded = new Recorded(Next, At, e, Mark);
        _case = Evolution.Evolve(_case, recorded);
        _events.Add(recorded);
        Exceeded ??= CommandLimits.Exceeded(_case, recorded);
        follow(this, recorded);
        return recorded.Number;
    }

    /// <summary>The policy as it holds for the case that opens, from here on.</summary>
    public Policy Under(Policy policy)
    {
        Under(Rules with { Policy = policy });
        return policy;
    }

    /// <summary>Other rules hold for the case from here on.</summary>
    public void Under(Rules other) => Rules = other;

    public Decision Accepted(string answer = Answers.Done) =>
        new Decision.Accepted(_events, Case, answer) { Policy = Policy };
}
