namespace Escalation.Functions.Orchestrations;

/// <summary>Counts what an instance's history has grown by, so that it begins anew in good time. Pure: a replay counts the same.</summary>
internal sealed class HistoryCount
{
    /// <summary>A generation ends once its history has this many events; what comes on top is one step with its sends.</summary>
    public const int Limit = 500;

    /// <summary>Scheduled, completed, and the two that enclose an episode of the orchestrator.</summary>
    private const int OfActivity = 4,
        OfEvent = 3,
        OfTimer = 4;

    /// <summary>A longer timer is split, and each part costs as much as a timer.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);

    private int _events = OfEvent;

    public bool IsFull => _events >= Limit;

    public void Activity() => _events += OfActivity;

    public void Event() => _events += OfEvent;

    public void Timer(TimeSpan length) => _events += OfTimer * (1 + Math.Max(0, (int)(length / LongestTimer)));
}
