namespace Escalation.Core.Policies;

/// <summary>The skip, hold, urgent and confirmation rules.</summary>
internal static class RuleChecks
{
    public static void Check(Policy policy, PolicyErrors errors)
    {
        if (policy.Skip.UrgentTo is { } stage)
            errors.Unless(policy.IndexOf(stage) > 0, "skip.urgentTo", "must name a stage after the first");
        if (policy.Hold is { } hold)
            Hold(policy, hold, errors);
        foreach (var (i, who) in policy.Urgent.Tell.Index())
            TellChecks.Who(policy, who, $"urgent.tell[{i}]", errors);
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

    private static void Hold(Policy policy, HoldRule hold, PolicyErrors errors)
    {
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
