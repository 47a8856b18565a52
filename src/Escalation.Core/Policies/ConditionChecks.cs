namespace Escalation.Core.Policies;

/// <summary>Whether conditions name what the policy knows.</summary>
internal static class ConditionChecks
{
    public static void Check(Policy policy, Condition condition, string path, PolicyErrors errors)
    {
        IReadOnlyList<string>[] lists =
        [
            condition.Natures ?? [],
            condition.Circumstances ?? [],
            condition.PersonKinds ?? [],
            [.. (condition.Fields ?? []).Select(f => f.Field)],
        ];
        errors.Unless(
            lists.Any(list => list.Count > 0),
            path,
            "must name natures, circumstances, personKinds or fields: without any it would always hold"
        );
        PolicyWords.Each(lists[0], $"{path}.natures", [.. policy.Natures.Select(n => n.Id)], errors);
        PolicyWords.Each(lists[1], $"{path}.circumstances", [.. policy.Circumstances.Select(c => c.Id)], errors);
        PolicyWords.Each(lists[2], $"{path}.personKinds", policy.Parties.PersonKinds, errors);
        foreach (var (i, given) in (condition.Fields ?? []).Index())
            Value(policy, given, $"{path}.fields[{i}]", errors);
    }

    private static void Value(Policy policy, FieldIs given, string path, PolicyErrors errors)
    {
        var choices = policy.Fields.Where(f => f.Kind == "choice").ToList();
        var known = choices.Select(f => f.Id).ToList();
        if (choices.Find(f => f.Id == given.Field) is not { } field)
        {
            errors.Add(
                $"{path}.field",
                $"must be a choice among the fields of this policy, not {given.Field}{PolicyWords.Meant(given.Field, known)}"
            );
            return;
        }
        errors.Unless(given.Is.Count > 0, $"{path}.is", "must name at least one");
        PolicyWords.Each(given.Is, $"{path}.is", [.. field.Options.Select(o => o.Id)], errors);
    }
}
