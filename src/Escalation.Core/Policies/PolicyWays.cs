namespace Escalation.Core.Policies;

/// <summary>
/// The ways from one policy to another of its partnership: whoever raises a concern is sent there (<see cref="ElsewhereRule"/>), or an open
/// case is taken there (<see cref="LeadRule"/>).
/// </summary>
public static class PolicyWays
{
    /// <summary>What a document alone can tell of another policy that it names.</summary>
    internal static void Named(Policy policy, string other, string path, PolicyErrors errors)
    {
        errors.Unless(PolicyWords.IsSlug(other), path, PolicyWords.SlugReason);
        errors.Unless(other != policy.Id, path, "must be another policy than this one");
    }

    /// <summary>What is wrong with the ways of a policy, and with those that lead to it, beside the policies in force.</summary>
    /// <param name="others">The versions in force; one of the policy's own id does not matter.</param>
    public static IReadOnlyList<PolicyError> Faults(Policy policy, IEnumerable<Policy> others)
    {
        var errors = new PolicyErrors($"{policy.Id}@{policy.Version}");
        var known = others.Where(o => o.Partnership == policy.Partnership && o.Id != policy.Id).ToList();
        foreach (var (i, elsewhere) in policy.Elsewhere.Index())
            if (elsewhere.Policy is { } other)
                Find(known, other, $"elsewhere[{i}].policy", errors);
        foreach (var (i, stage) in policy.Stages.Index())
        foreach (var (j, lead) in stage.LeadsTo.Index())
        {
            var path = $"stages[{i}].leadsTo[{j}]";
            if (Find(known, lead.Policy, $"{path}.policy", errors) is { } to)
                Fits(policy, i, lead, to, path, errors);
        }
        foreach (var (from, at, lead) in LeadingTo(policy, known))
        {
            var broken = new PolicyErrors(from.Id);
            Fits(from, at, lead, policy, "", broken);
            foreach (var fault in broken.Found)
                errors.Add(
                    "document",
                    $"must stay fit for {from.Id}, whose stage {from.Stages[at].Id} leads here; what it names {fault.Reason}"
                );
        }
        return errors.Found;
    }

    /// <summary>Whether it names another policy.</summary>
    internal static bool LeaveFrom(Policy policy) =>
        policy.Elsewhere.Any(e => e.Policy is not null) || policy.Stages.Any(s => s.LeadsTo.Count > 0);

    /// <summary>False: no stage of the document leads to another policy; it need not be read to know that.</summary>
    internal static bool MayLeaveFrom(string document) => document.Contains("\"leadsTo\"", StringComparison.Ordinal);

    private static IEnumerable<(Policy From, int Stage, LeadRule Lead)> LeadingTo(
        Policy to,
        IReadOnlyList<Policy> known
    ) =>
        from policy in known
        from stage in policy.Stages.Index()
        from lead in stage.Item.LeadsTo
        where lead.Policy == to.Id
        select (policy, stage.Index, lead);

    private static Policy? Find(IReadOnlyList<Policy> known, string other, string path, PolicyErrors errors)
    {
        var found = known.FirstOrDefault(k => k.Id == other);
        errors.Unless(
            found is not null,
            path,
            known.Count == 0
                ? "must not be there: the partnership has no other policy"
                : $"must be another policy of the partnership, one of {PolicyWords.Listed(known.Select(k => k.Id))}"
                    + PolicyWords.Meant(other, known.Select(k => k.Id))
        );
        return found;
    }

    /// <summary>Whether every case of the policy that may be led can go on under the other.</summary>
    private static void Fits(Policy policy, int stage, LeadRule lead, Policy to, string path, PolicyErrors errors)
    {
        var kinds = (lead.When?.PersonKinds is { Count: > 0 } only ? only : policy.Parties.PersonKinds)
            .Except(to.Parties.PersonKinds)
            .ToList();
        errors.Unless(
            kinds.Count == 0,
            PolicyShape.Join(path, "policy"),
            $"must be for everybody whom this stage may lead there: {to.Id} is not for {PolicyWords.Listed(kinds)}"
        );
        errors.Unless(
            policy.Parties.Receiving == to.Parties.Receiving,
            PolicyShape.Join(path, "policy"),
            $"must have a receiving side exactly where this one has: {to.Id} has {(to.Parties.Receiving ? "one" : "none")}"
        );
        errors.Unless(
            lead.Stage is null || to.Find(lead.Stage) is { When: null, Unless: null },
            PolicyShape.Join(path, "stage"),
            $"must be a stage of {to.Id} that is for every concern, one of "
                + PolicyWords.Listed(to.Stages.Where(s => s is { When: null, Unless: null }).Select(s => s.Id))
        );
        var way = stage + 1 + to.Stages.Count - Math.Max(0, to.IndexOf(lead.Stage ?? to.FirstStage.Id));
        errors.Unless(
            way <= Policy.MostStages,
            PolicyShape.Join(path, "policy"),
            $"must make a way of {Policy.MostStages} stages at most, not {way}: a case keeps room for every one"
        );
    }
}
