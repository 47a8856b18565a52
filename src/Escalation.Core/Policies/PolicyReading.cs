namespace Escalation.Core.Policies;

/// <summary>What is wrong with a policy document.</summary>
/// <param name="Field">The path to it, as <c>stages[2].limit.workingDays</c>; <c>document</c> when it is the whole.</param>
/// <param name="Reason">In words that follow the field: "must be …".</param>
public sealed record PolicyError(string File, string Field, string Reason)
{
    public override string ToString() => $"{File}: {Field} {Reason}";
}

/// <summary>A policy, or why there is none: <see cref="Policy"/> is set exactly when <see cref="Errors"/> is empty.</summary>
public sealed record PolicyReading(Policy? Policy, IReadOnlyList<PolicyError> Errors);

internal sealed class PolicyErrors(string file)
{
    private readonly List<PolicyError> _found = [];

    public IReadOnlyList<PolicyError> Found => _found;

    /// <summary>The path as the document's author wrote it, for a path in the document as it is read.</summary>
    public Func<string, string> Written { get; set; } = path => path;

    public void Add(string field, string reason) => _found.Add(new(file, Written(field), reason));

    public void Unless(bool good, string field, string reason)
    {
        if (!good)
            Add(field, reason);
    }
}
