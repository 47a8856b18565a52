namespace Escalation.Core.Policies;

/// <summary>What a rule depends on, in words.</summary>
public static class ConditionWords
{
    /// <summary>To stand after "where": "the child is looked after, and it is about “Referral decision”".</summary>
    public static string Of(Policy policy, Condition condition)
    {
        var parts = new List<string>();
        if (condition.Natures is { Count: > 0 } natures)
            parts.Add($"the concern is about {Either(natures.Select(n => $"“{Name(policy.Natures, n)}”"))}");
        if (condition.Circumstances is { Count: > 0 } circumstances)
            parts.Add(Either(circumstances.Select(c => Circumstance(policy, c))));
        if (condition.PersonKinds is { Count: > 0 } kinds)
            parts.Add($"it is about {Either(kinds.Select(k => k == "adult" ? "an adult" : $"a {k}"))}");
        foreach (var field in condition.Fields ?? [])
            parts.Add(Field(policy, field));
        return string.Join(", and ", parts);
    }

    /// <summary>A circumstance inside a line: "the child is looked after (in care)".</summary>
    public static string Circumstance(Policy policy, string id)
    {
        var name = Name(policy.Circumstances, id);
        return name.StartsWith("The ", StringComparison.Ordinal) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
    }

    private static string Field(Policy policy, FieldIs given)
    {
        var field = policy.Fields.FirstOrDefault(f => f.Id == given.Field);
        return $"“{field?.Name ?? given.Field}” is {Either(given.Is.Select(v => $"“{Name(field?.Options ?? [], v)}”"))}";
    }

    private static string Name(IReadOnlyList<Term> terms, string id) =>
        terms.FirstOrDefault(t => t.Id == id)?.Name ?? id;

    private static string Either(IEnumerable<string> words) => string.Join(" or ", words);
}
