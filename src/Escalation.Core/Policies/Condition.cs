namespace Escalation.Core.Policies;

/// <summary>
/// What must hold of a concern, as it was given at intake, for a rule to apply: of each list that is given, one entry at least.
/// </summary>
/// <param name="Natures">What the concern is about: of these one at least.</param>
/// <param name="Circumstances">What is true of the person: of these one at least.</param>
/// <param name="PersonKinds">Whom it is about: <c>child</c>, <c>adult</c>, <c>family</c> or <c>theme</c>, one of these.</param>
/// <param name="Fields">What was chosen among the policy's own fields: of these one at least.</param>
public sealed record Condition(
    IReadOnlyList<string>? Natures = null,
    IReadOnlyList<string>? Circumstances = null,
    IReadOnlyList<string>? PersonKinds = null,
    IReadOnlyList<FieldIs>? Fields = null
)
{
    internal bool Holds(ConcernFacts facts) =>
        Any(Natures, facts.Natures.Contains)
        && Any(Circumstances, facts.Circumstances.Contains)
        && Any(PersonKinds, kind => kind == facts.PersonKind)
        && Any(Fields, field => facts.Fields.TryGetValue(field.Field, out var value) && field.Is.Contains(value));

    private static bool Any<T>(IReadOnlyList<T>? given, Func<T, bool> holds) =>
        given is not { Count: > 0 } || given.Any(holds);
}

/// <summary>A choice among the policy's own fields has one of these values.</summary>
/// <param name="Field">The field's id.</param>
/// <param name="Is">Ids of its options.</param>
public sealed record FieldIs(string Field, IReadOnlyList<string> Is);

/// <summary>What conditions look at.</summary>
/// <param name="Fields">The policy's own fields by id, without legal status.</param>
internal sealed record ConcernFacts(
    IReadOnlyList<string> Natures,
    IReadOnlyList<string> Circumstances,
    string PersonKind,
    IReadOnlyDictionary<string, string> Fields
);
