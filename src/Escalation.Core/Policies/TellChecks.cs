namespace Escalation.Core.Policies;

/// <summary>Who else is told, and the duties: what sets them off, and whom they name.</summary>
internal static class TellChecks
{
    private static readonly string[] Sides = ["raising", "receiving", "parties", "partnership"];

    public static void Check(Policy policy, PolicyErrors errors)
    {
        var circumstances = policy.Circumstances.Select(c => c.Id).ToList();
        foreach (var (i, tell) in policy.Tells.Index())
        {
            var path = $"tells[{i}]";
            TellWhen(policy, tell.When, $"{path}.when", errors);
            if (tell.Who.Tier == Tiers.ActionOwners)
                ActionOwners(policy, tell, $"{path}.who", errors);
            else
                Who(policy, tell.Who, $"{path}.who", errors, Tiers.ActionOwners);
            PolicyWords.Each(tell.Circumstances, $"{path}.circumstances", circumstances, errors);
            if (tell.IfParty is { } party)
                Agency(policy, party, [], $"{path}.ifParty", PolicyWords.SlugReason, errors);
        }

        PolicyWords.Names(policy.Duties.Select(d => d.Id), "duties", errors);
        foreach (var (i, duty) in policy.Duties.Index())
        {
            Duty(policy, duty, $"duties[{i}]", errors);
            PolicyWords.Each(duty.Circumstances ?? [], $"duties[{i}].circumstances", circumstances, errors);
        }
    }

    private static void TellWhen(Policy policy, string when, string path, PolicyErrors errors)
    {
        if (when is "ended" or "disputed" or "withdrawn" || Outcome(policy, when, path, errors))
            return;
        When(
            policy,
            when,
            ["stageOpened", "stageMissed", "beforeStage", "disputed", "withdrawn", "ended"],
            path,
            "must be stageOpened:, beforeStage: or stageMissed:STAGE, outcome:OUTCOME, outcomeAt:STAGE:OUTCOME, "
                + "or disputed, withdrawn or ended, each with or without :STAGE",
            errors
        );
        errors.Unless(
            when != $"beforeStage:{policy.FirstStage.Id}",
            path,
            "must not be before the first stage: nothing is before it"
        );
    }

    /// <summary>Only what can have agreed actions has owners of them, and those are agencies of the case.</summary>
    private static void ActionOwners(Policy policy, TellRule tell, string path, PolicyErrors errors)
    {
        string[] sides = policy.Parties.Receiving ? ["raising", "receiving", "parties"] : ["raising", "parties"];
        errors.Unless(
            sides.Contains(tell.Who.Agency),
            $"{path}.agency",
            $"must be one of {PolicyWords.Listed(sides)} with actionOwners{PolicyWords.Meant(tell.Who.Agency, sides)}"
        );
        errors.Unless(
            tell.When.Split(':')[0] is "outcome" or "outcomeAt" or "ended",
            $"{path}.tier",
            "must not be actionOwners except with outcome, outcomeAt or ended: nothing else has actions"
        );
    }

    /// <param name="besides">A word that may stand for a tier here, to be named where one nearly like it is mistyped.</param>
    public static void Who(Policy policy, Recipients who, string path, PolicyErrors errors, string? besides = null)
    {
        Side(
            policy,
            who.Agency,
            $"{path}.agency",
            "must be raising, receiving, parties, partnership or an agency's id",
            errors
        );
        TierOrRole(policy, who.Tier, $"{path}.tier", errors, besides);
    }

    /// <summary>As <see cref="Who"/>; with imminent risk the agency that reports it is somebody too.</summary>
    public static void UrgentWho(Policy policy, Recipients who, string path, PolicyErrors errors)
    {
        Side(
            policy,
            who.Agency,
            $"{path}.agency",
            "must be reporting, raising, receiving, parties, partnership or an agency's id",
            errors,
            "reporting"
        );
        TierOrRole(policy, who.Tier, $"{path}.tier", errors);
    }

    private static void TierOrRole(Policy policy, string tier, string path, PolicyErrors errors, string? besides = null)
    {
        if (NamedRole.Of(tier) is { } role)
            Role(policy, role, path, errors);
        else if (PolicyWords.IsName(tier))
            Tier(policy, tier, path, errors, besides);
        else
            errors.Add(path, "must be a tier in camelCase, or named: with a role of this policy");
    }

    private static void Role(Policy policy, string role, string path, PolicyErrors errors)
    {
        var known = policy.Roles.Select(r => r.Id).ToList();
        errors.Unless(
            known.Contains(role),
            path,
            $"must name a role that the policy declares under roles, not {role}{PolicyWords.Meant(role, known)}"
        );
    }

    /// <summary>A tier is known, or declared by the policy: any other is taken for a mistake.</summary>
    public static void Tier(Policy policy, string tier, string path, PolicyErrors errors, string? besides = null)
    {
        if (!PolicyWords.IsName(tier))
        {
            errors.Add(path, PolicyWords.NameReason);
            return;
        }
        string[] known =
        [
            .. KnownTiers.OfAgencies.Concat(KnownTiers.OfPartnerships).Concat(policy.Tiers).Select(t => t.Id),
        ];
        errors.Unless(
            known.Contains(tier),
            path,
            $"must be a tier that the program knows or the policy declares under tiers, not {tier}"
                + PolicyWords.Meant(tier, besides is null ? known : [.. known, besides])
        );
    }

    private static void Duty(Policy policy, DutyRule duty, string path, PolicyErrors errors)
    {
        DutyWhen(policy, duty.When, $"{path}.when", errors);
        if (duty.Owner is not ("businessManager" or "recordKeeper" or "missing"))
            Side(
                policy,
                duty.Owner,
                $"{path}.owner",
                "must be raising, receiving, parties, reporting, partnership, businessManager, recordKeeper, missing or an agency's id",
                errors,
                "reporting"
            );
        errors.Unless(
            duty.Owner != "missing" || duty.When == "contactMissing",
            $"{path}.owner",
            "must not be missing except when contactMissing"
        );
        errors.Unless(
            duty.Owner != "reporting" || duty.When == "urgent",
            $"{path}.owner",
            "must not be reporting except when urgent"
        );
        Owner(policy, duty, path, errors);
        bool[] dates =
        [
            duty.WorkingDays is not null,
            duty.CalendarDays is not null,
            duty.Hours is not null,
            duty.Months is not null,
            duty.WithinMonthOfMeeting,
            duty.ByStageDeadline,
            duty.SameDay,
        ];
        errors.Unless(
            dates.Count(given => given) <= 1,
            path,
            "must have at most one of workingDays, calendarDays, hours, months, withinMonthOfMeeting, byStageDeadline and sameDay"
        );
        errors.Unless(duty.WorkingDays is null or (>= 0 and <= 60), $"{path}.workingDays", "must be 0 to 60");
        errors.Unless(duty.CalendarDays is null or (>= 1 and <= 365), $"{path}.calendarDays", "must be 1 to 365");
        errors.Unless(duty.Hours is null or (>= 1 and <= 240), $"{path}.hours", "must be 1 to 240");
        errors.Unless(duty.Months is null or (>= 1 and <= 24), $"{path}.months", "must be 1 to 24");
        errors.Unless(
            !duty.WithinMonthOfMeeting
                || duty.When.StartsWith("outcome", StringComparison.Ordinal)
                || duty.When == "learning",
            $"{path}.withinMonthOfMeeting",
            "goes with an outcome only"
        );
        errors.Unless(
            !duty.ByStageDeadline
                || duty.When.StartsWith("stageOpened:", StringComparison.Ordinal)
                || duty.When.StartsWith("stageReached:", StringComparison.Ordinal),
            $"{path}.byStageDeadline",
            "goes with stageOpened or stageReached only"
        );
    }

    private static void Owner(Policy policy, DutyRule duty, string path, PolicyErrors errors)
    {
        errors.Unless(
            duty.Owner != "partnership" || duty.OwnerTier is not null,
            $"{path}.ownerTier",
            "must be given where the owner is the partnership: whose duty it is"
        );
        errors.Unless(
            duty.OwnerTier is null || duty.Owner is not ("businessManager" or "recordKeeper" or "missing"),
            $"{path}.ownerTier",
            "must not be given with such an owner"
        );
        if (duty.OwnerTier is { } tier && duty.Owner is not ("businessManager" or "recordKeeper" or "missing"))
            TierOrRole(policy, tier, $"{path}.ownerTier", errors);
    }

    private static void DutyWhen(Policy policy, string when, string path, PolicyErrors errors)
    {
        if (when is "learning" or "urgent" or "contactMissing" or "outcome:*")
            return;
        if (!Outcome(policy, when, path, errors))
            When(
                policy,
                when,
                ["stageOpened", "stageReached", "stageClosed"],
                path,
                "must be stageOpened:, stageReached: or stageClosed:STAGE, outcome:OUTCOME, outcome:*, "
                    + "outcomeAt:STAGE:OUTCOME, learning, urgent or contactMissing",
                errors
            );
    }

    /// <summary>Whether it speaks of an outcome, one of the policy's or not.</summary>
    private static bool Outcome(Policy policy, string when, string path, PolicyErrors errors)
    {
        switch (when.Split(':'))
        {
            case ["outcome", var outcome]:
                errors.Unless(
                    policy.Stages.Any(s => StageChecks.AllowedAt(policy, s).Contains(outcome)),
                    path,
                    $"must name an outcome of this policy, not {outcome}"
                );
                return true;
            case ["outcomeAt", var at, var there]:
                errors.Unless(
                    policy.Find(at) is { } stage && StageChecks.AllowedAt(policy, stage).Contains(there),
                    path,
                    $"must name a stage and an outcome it allows, not {at} and {there}"
                );
                return true;
            default:
                return false;
        }
    }

    private static void When(
        Policy policy,
        string when,
        string[] words,
        string path,
        string reason,
        PolicyErrors errors
    )
    {
        if (when.Split(':') is not [var word, var stage] || !words.Contains(word))
            errors.Add(path, reason);
        else
            errors.Unless(policy.Find(stage) is not null, path, $"must name a stage of this policy, not {stage}");
    }

    /// <param name="besides">Words that may stand for an agency here besides the sides.</param>
    private static void Side(
        Policy policy,
        string agency,
        string path,
        string reason,
        PolicyErrors errors,
        params ReadOnlySpan<string> besides
    )
    {
        Agency(policy, agency, [.. Sides, .. besides], path, reason, errors);
        errors.Unless(
            agency != "receiving" || policy.Parties.Receiving,
            path,
            "must not be receiving where nobody receives"
        );
    }

    /// <summary>
    /// A word for a side, the partnership's own id, or an agency that the policy declares. A document of the first format declared none, so
    /// that there only what is nearly a word for a side is taken for a mistake.
    /// </summary>
    private static void Agency(
        Policy policy,
        string agency,
        string[] words,
        string path,
        string reason,
        PolicyErrors errors
    )
    {
        string[] known = [.. words, policy.Partnership, .. policy.Agencies.Select(a => a.Id)];
        if (known.Contains(agency))
            return;
        var meant = PolicyWords.Meant(agency, known);
        if (!PolicyWords.IsSlug(agency) || meant.Length > 0)
            errors.Add(path, reason + meant);
        else
            errors.Unless(policy.Format == 1, path, $"must be declared under agencies: {agency} is not");
    }
}
