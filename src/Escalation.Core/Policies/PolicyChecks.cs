namespace Escalation.Core.Policies;

/// <summary>What the rules of a document must say of each other, once its shape is right.</summary>
internal static class PolicyChecks
{
    /// <summary>What a case can keep room for.</summary>
    private const int MostRules = 30,
        MostRoles = 10,
        MostDates = 10,
        MostThemes = 20;

    public static void Check(Policy policy, PolicyErrors errors)
    {
        Head(policy, errors);
        Vocabulary(policy, errors);
        Words(policy.Words, errors);
        if (policy.Stages.Count == 0)
        {
            errors.Add("stages", "must name at least one");
            return;
        }

        errors.Unless(
            policy.Stages.Count <= Policy.MostStages,
            "stages",
            $"must name {Policy.MostStages} at most: a case keeps room for every one"
        );
        errors.Unless(policy.Duties.Count <= MostRules, "duties", $"must name {MostRules} at most");
        errors.Unless(policy.Tells.Count <= MostRules, "tells", $"must name {MostRules} at most");
        StageChecks.Check(policy, errors);
        RuleChecks.Check(policy, errors);
        TellChecks.Check(policy, errors);
        ReadingChecks.Check(policy, errors);
        RecordFormChecks.Check(policy, errors);
    }

    private static void Head(Policy policy, PolicyErrors errors)
    {
        errors.Unless(PolicyWords.IsSlug(policy.Id), "id", PolicyWords.SlugReason);
        errors.Unless(policy.Id != PolicyWords.ReservedId, "id", $"must not be {PolicyWords.ReservedId}");
        errors.Unless(
            policy.Format is >= 1 and <= Policy.PresentFormat,
            "format",
            $"must be 1 to {Policy.PresentFormat}: a newer program's document"
        );
        errors.Unless(policy.Version >= 1, "version", "must be 1 or more");
        errors.Unless(PolicyWords.IsSlug(policy.Partnership), "partnership", PolicyWords.SlugReason);
        errors.Unless(!PolicyWords.IsReserved(policy.Partnership), "partnership", PolicyWords.ReservedReason);
        errors.Unless(PolicyWords.IsPrefix(policy.ReferencePrefix), "referencePrefix", "must be two to four capitals");
        var time = policy.WorkingTime;
        errors.Unless(
            PolicyWords.Divisions.Contains(time.Division),
            "workingTime.division",
            $"must be one of {PolicyWords.Listed(PolicyWords.Divisions)}"
        );
        errors.Unless(
            TimeZoneInfo.TryFindSystemTimeZoneById(time.Zone, out var zone) && zone.HasIanaId,
            "workingTime.zone",
            "must be an IANA time zone"
        );
        errors.Unless(time.Close > TimeOnly.MinValue, "workingTime.close", "must be after 00:00");
        var kinds = policy.Parties.PersonKinds;
        errors.Unless(kinds.Count > 0, "parties.personKinds", "must name at least one");
        PolicyWords.Each(kinds, "parties.personKinds", PolicyWords.PersonKinds, errors);
        errors.Unless(
            policy.FinalMissed.EveryWorkingDays is >= 1 and <= 60,
            "finalMissed.everyWorkingDays",
            "must be 1 to 60"
        );
        Kept(policy.Retention, errors);
    }

    private static void Kept(Retention retention, PolicyErrors errors)
    {
        errors.Unless(retention.Years is >= 1 and <= 100, "retention.years", "must be 1 to 100");
        if (retention.Children is not { } children)
            return;
        errors.Unless(children.UntilAge is >= 18 and <= 100, "retention.children.untilAge", "must be 18 to 100");
        errors.Unless(
            children.YearsWithoutBirthDate >= retention.Years && children.YearsWithoutBirthDate <= 100,
            "retention.children.yearsWithoutBirthDate",
            "must be years to 100"
        );
    }

    private static void Words(OwnWords words, PolicyErrors errors)
    {
        foreach (
            var (field, word) in new[]
            {
                ("disagreement", words.Disagreement),
                ("stage", words.Stage),
                ("escalate", words.Escalate),
                ("escalated", words.Escalated),
            }
        )
            errors.Unless(
                word.Length > 0 && char.IsLower(word[0]),
                $"words.{field}",
                "must be words that stand inside a sentence, without a capital"
            );
        PolicyWords.Each(
            [.. words.Outcomes.Select(o => o.Id)],
            "words.outcomes",
            [.. Outcomes.All.Select(o => o.Id)],
            errors
        );
    }

    private static void Deciders(Policy policy, PolicyErrors errors)
    {
        foreach (var (i, nature) in policy.Natures.Index().Where(n => n.Item.DecidedByRole is not null))
        {
            var at = $"natures[{i}].decidedByRole";
            var roles = policy.Roles.Select(r => r.Id).ToList();
            errors.Unless(
                roles.Contains(nature.DecidedByRole!),
                at,
                $"must be a role of this policy{PolicyWords.Meant(nature.DecidedByRole!, roles)}"
            );
            errors.Unless(nature.DecidedBy is not null, at, "goes with decidedBy");
        }
    }

    private static void Vocabulary(Policy policy, PolicyErrors errors)
    {
        PolicyWords.Names(policy.Tiers.Select(t => t.Id), "tiers", errors);
        foreach (var (i, tier) in policy.Tiers.Index())
            errors.Unless(
                tier.Id != Tiers.ActionOwners,
                $"tiers[{i}].id",
                "must not be actionOwners, which has a meaning of its own"
            );
        foreach (var (i, agency) in policy.Agencies.Index())
            errors.Unless(
                PolicyWords.IsSlug(agency.Id) && !PolicyWords.Reserved.Contains(agency.Id),
                $"agencies[{i}].id",
                PolicyWords.SlugReason
            );
        PolicyWords.Names(policy.Roles.Select(r => r.Id), "roles", errors);
        errors.Unless(policy.Roles.Count <= MostRoles, "roles", $"must name {MostRoles} at most");
        foreach (var (i, role) in policy.Roles.Index())
        {
            PolicyWords.Each(role.Natures ?? [], $"roles[{i}].natures", [.. policy.Natures.Select(n => n.Id)], errors);
            PolicyWords.Each(
                role.Circumstances ?? [],
                $"roles[{i}].circumstances",
                [.. policy.Circumstances.Select(c => c.Id)],
                errors
            );
        }
        PolicyWords.Names(policy.Natures.Select(t => t.Id), "natures", errors);
        Deciders(policy, errors);
        PolicyWords.Names(policy.Circumstances.Select(t => t.Id), "circumstances", errors);
        PolicyWords.Names(policy.Themes.Select(t => t.Id), "themes", errors);
        errors.Unless(policy.Themes.Count <= MostThemes, "themes", $"must name {MostThemes} at most");
        PolicyWords.Names(policy.Fields.Select(f => f.Id), "fields", errors);
        Dates(policy, errors);
        foreach (var (i, method) in policy.Methods.Index())
        {
            errors.Unless(
                PolicyWords.Methods.Contains(method.Id),
                $"methods[{i}].id",
                $"must be one of {PolicyWords.Listed(PolicyWords.Methods)}"
            );
            errors.Unless(
                policy.Methods.Take(i).All(m => m.Id != method.Id),
                $"methods[{i}].id",
                $"must not repeat {method.Id}"
            );
        }

        errors.Unless(policy.Methods.Any(m => m.Refused is null), "methods", "must accept at least one");
        foreach (var (i, field) in policy.Fields.Index())
            FormField(field, $"fields[{i}]", errors);
    }

    private static void Dates(Policy policy, PolicyErrors errors)
    {
        PolicyWords.Names(policy.Dates.Select(d => d.Id), "dates", errors);
        errors.Unless(policy.Dates.Count <= MostDates, "dates", $"must name {MostDates} at most");
        foreach (var (i, date) in policy.Dates.Index())
        {
            if (date.When is { } when)
                ConditionChecks.Check(policy, when, $"dates[{i}].when", errors);
            if (date.Window is { } window)
                LimitChecks.Length(window, $"dates[{i}].window", errors);
            errors.Unless(
                date.Window is null || !date.Ahead,
                $"dates[{i}].window",
                "goes only with a date that has been: nothing is raised after one that lies ahead"
            );
        }
    }

    private static void FormField(Field field, string path, PolicyErrors errors)
    {
        FieldKinds.Check(field, FieldKinds.AtIntake, path, errors);
        errors.Unless(
            field.Kind != FieldKinds.Text || !field.WithLegalStatus,
            $"{path}.withLegalStatus",
            "goes with a choice only"
        );
    }
}
