namespace Escalation.Functions.Tests.Scripted;

/// <summary>An event of an instance's history.</summary>
public abstract record Entry(DateTime At)
{
    public sealed record Started(DateTime At) : Entry(At);

    /// <summary>The code asked for an activity.</summary>
    public sealed record Scheduled(DateTime At, int Id, string Name, string Input) : Entry(At);

    /// <param name="Failure">Null when it succeeded.</param>
    public sealed record Completed(DateTime At, int Id, string Result, string? Failure) : Entry(At);

    /// <summary>The code asked for a timer.</summary>
    public sealed record TimerSet(DateTime At, int Id, DateTime FireAt) : Entry(At);

    public sealed record TimerFired(DateTime At, int Id) : Entry(At);

    public sealed record Raised(DateTime At, string Name) : Entry(At);
}
