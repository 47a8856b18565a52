namespace Escalation.Core.Policies;

/// <summary>The skip, hold, urgent and confirmation rules.</summary>
internal static class RuleChecks
{
    public static void Check(Policy policy, PolicyErrors errors)
    {
        if (policy.Skip.UrgentTo is { } stage)
            errors.Unless(
                policy.IndexOf(stage) > 0 && policy.Find(stage) is { When: null, Unless: null },
                "skip.urgentTo",
                "must name a stage after the first that is for every concern"
            );
        if (policy.Skip.Starts is { } starts)
            Starts(policy, starts, errors);
        foreach (var (i, elsewhere) in policy.Elsewhere.Index())
            Elsewhere(policy, elsewhere, $"elsewhere[{i}]", errors);
        if (policy.Hold is { } hold)
            Hold(policy, hold, errors);
        foreach (var (i, who) in policy.Urgent.Tell.Index())
        {
            TellChecks.UrgentWho(policy, who.Who, $"urgent.tell[{i}]", errors);
            if (who.When is { } when)
                ConditionChecks.Check(policy, when, $"urgent.tell[{i}].when", errors);
        }
        errors.Unless(
            policy.Urgent.LeadsOf is "parties" or "reporting",
            "urgent.leadsOf",
            "must be parties or reporting"
        );
        PolicyWords.Each(
            policy.Confirmation.ExceptStages,
            "confirmation.exceptStages",
            [.. policy.Stages.Select(s => s.Id)],
            errors
        );
        errors.Unless(
            policy.Confirmation.ByBoth || policy.Confirmation.ExceptStages.Count == 0,
            "confirmation.exceptStages",
            "goes with byBoth only"
        );
    }

    private static void Starts(Policy policy, StartRule starts, PolicyErrors errors)
    {
        errors.Unless(starts.Stages.Count > 0, "skip.starts.stages", "must name at least one");
        PolicyWords.Each(
            starts.Stages,
            "skip.starts.stages",
            [.. policy.Stages.Skip(1).Where(s => s.When is null && s.Unless is null).Select(s => s.Id)],
            errors
        );
        errors.Unless(
            !policy.Skip.Forward,
            "skip.starts",
            "goes with forward false only: else every stage may be started at"
        );
    }

    private static void Elsewhere(Policy policy, ElsewhereRule rule, string path, PolicyErrors errors)
    {
        ConditionChecks.Check(policy, rule.When, $"{path}.when", errors);
        if (rule.Policy is { } other)
            PolicyWays.Named(policy, other, $"{path}.policy", errors);
    }

    private static void Hold(Policy policy, HoldRule hold, PolicyErrors errors)
    {
        foreach (var (i, who) in (hold.Tell ?? []).Index())
        {
            TellChecks.Who(policy, who.Who, $"hold.tell[{i}]", errors);
            if (who.When is { } when)
                ConditionChecks.Check(policy, when, $"hold.tell[{i}].when", errors);
        }
        errors.Unless(hold.Stages.Count > 0, "hold.stages", "must name at least one");
        PolicyWords.Each(hold.Stages, "hold.stages", [.. policy.Stages.SkipLast(1).Select(s => s.Id)], errors);
        errors.Unless(hold.MaxWorkingDays is >= 1 and <= 60, "hold.maxWorkingDays", "must be 1 to 60");
        errors.Unless(
            hold.ReviewWorkingDays >= 1 && hold.ReviewWorkingDays <= hold.MaxWorkingDays,
            "hold.reviewWorkingDays",
            "must be 1 to maxWorkingDays"
        );
        errors.Unless(
            hold.UnresolvedGoesTo is null || policy.IndexOf(hold.UnresolvedGoesTo) > 0,
            "hold.unresolvedGoesTo",
            "must name a stage after the first"
        );
        errors.Unless(
            hold.UnresolvedGoesTo is null == hold.UnresolvedWhen is null,
            "hold.unresolvedWhen",
            "must be given exactly when unresolvedGoesTo is"
        );
        errors.Unless(
            hold.UnresolvedWhen is null || policy.Circumstances.Any(c => c.Id == hold.UnresolvedWhen),
            "hold.unresolvedWhen",
            "must be a circumstance of this policy"
        );
    }
}
