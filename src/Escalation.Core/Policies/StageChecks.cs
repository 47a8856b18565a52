using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

internal static class StageChecks
{
    public static void Check(Policy policy, PolicyErrors errors)
    {
        foreach (var (i, stage) in policy.Stages.Index())
        {
            var path = $"stages[{i}]";
            errors.Unless(
                stage.Id.Length is > 0 and <= 12
                    && stage.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)),
                $"{path}.id",
                "must be lower-case letters or digits, 12 at the most"
            );
            errors.Unless(policy.IndexOf(stage.Id) == i, $"{path}.id", $"must not repeat {stage.Id}");
            Tiers(policy, stage, path, errors);
            Limits(policy, stage, i, path, errors);
            AtStage(policy, stage, path, errors);
            Others(policy, stage, path, errors);
            Requires(policy, stage, path, errors);
            errors.Unless(
                stage.SameDayReminder is null || stage.SameDayReminder < policy.WorkingTime.Close,
                $"{path}.sameDayReminder",
                "must be before the close of business"
            );
        }
    }

    private static void Tiers(Policy policy, Stage stage, string path, PolicyErrors errors)
    {
        errors.Unless(stage.Tiers.Count > 0, $"{path}.tiers", "must name at least one");
        TierNames(policy, stage.Tiers, $"{path}.tiers", errors);
        TierNames(policy, stage.CopyTiers, $"{path}.copyTiers", errors);
        errors.Unless(
            stage.CopyTiers.Count == 0 || stage.Told == Told.Partnership,
            $"{path}.copyTiers",
            "goes with told partnership only"
        );
        errors.Unless(
            stage.Told != Told.Receiving || policy.Parties.Receiving,
            $"{path}.told",
            "must not be receiving where nobody receives"
        );
    }

    private static void TierNames(Policy policy, IReadOnlyList<string> tiers, string list, PolicyErrors errors)
    {
        foreach (var (i, tier) in tiers.Index())
        {
            TellChecks.Tier(policy, tier, $"{list}[{i}]", errors);
            errors.Unless(!tiers.Take(i).Contains(tier), $"{list}[{i}]", $"must not repeat {tier}");
        }
    }

    private static void Limits(Policy policy, Stage stage, int index, string path, PolicyErrors errors)
    {
        errors.Unless(
            stage.Limits.Count <= Stage.MostLimits,
            $"{path}.limits",
            $"must name {Stage.MostLimits} at most: a case keeps room for every one"
        );
        foreach (var (i, limit) in stage.Limits.Index())
            Limit(policy, stage, (index, i), limit, $"{path}.limits[{i}]", errors);
        errors.Unless(
            stage.Review is null or { EveryWorkingDays: >= 1 and <= 60 },
            $"{path}.review.everyWorkingDays",
            "must be 1 to 60"
        );
        errors.Unless(
            stage.Review is not null || !stage.CanBeWithoutLimit,
            $"{path}.review",
            "must be given where a stage can be without a limit: nobody would be reminded of it"
        );
        errors.Unless(
            stage.Review is null || stage.CanBeWithoutLimit,
            $"{path}.review",
            "goes only with a stage that can be without a limit: with none, or whose last is no outcome and no decision"
        );
    }

    private static void Limit(
        Policy policy,
        Stage stage,
        (int Stage, int Limit) at,
        StageLimit limit,
        string path,
        PolicyErrors errors
    )
    {
        errors.Unless(
            limit.Limit is not null || limit.Cap is not null || policy.Format == 1,
            path,
            "must have a limit or a cap: a stage without one has an empty list"
        );
        if (limit.Limit is { } own)
            Length(own, $"{path}.limit", errors);
        if (limit.From != "previousLimit")
            Anchor(policy, limit.From, at.Stage, $"{path}.from", errors);
        else
            errors.Unless(at.Limit > 0, $"{path}.from", "must not be previousLimit at the stage's first limit");
        errors.Unless(limit.Limit is not null || limit.From == "opened", $"{path}.from", "goes with a limit only");
        errors.Unless(
            stage.Limits.Skip(at.Limit + 1).All(later => later.For > limit.For),
            $"{path}.for",
            "must come in the order contact, discussion, answer, referral, outcome, decision"
        );
        Met(policy, stage, limit, path, errors);
        var final = ReferenceEquals(stage, policy.FinalStage);
        errors.Unless(
            limit.Missed is not { Does: MissDoes.Escalate } || !final,
            $"{path}.missed.does",
            "must not be escalate: there is no stage after the final one"
        );
        errors.Unless(
            limit.Missed?.EveryWorkingDays is null or (>= 1 and <= 60),
            $"{path}.missed.everyWorkingDays",
            "must be 1 to 60"
        );
        if (limit.Cap is not { } cap)
            return;
        Length(cap.Limit, $"{path}.cap.limit", errors);
        errors.Unless(
            cap.Limit.Hours is null,
            $"{path}.cap.limit.hours",
            "must not be given: a cap counts working days"
        );
        Anchor(policy, cap.From, at.Stage, $"{path}.cap.from", errors);
    }

    /// <summary>A limit that nothing can meet would be a mistake.</summary>
    private static void Met(Policy policy, Stage stage, StageLimit limit, string path, PolicyErrors errors)
    {
        if (limit.For is LimitFor.Answer or LimitFor.Referral)
        {
            var met = limit.For is LimitFor.Answer ? Outcomes.Responded : Outcomes.Referred;
            errors.Unless(
                stage.Outcomes.Contains(met),
                $"{path}.for",
                $"must not be {(limit.For is LimitFor.Answer ? "answer" : "referral")} where outcomes do not list {met}"
            );
        }
        errors.Unless(
            limit.For is not LimitFor.Decision || stage.Outcomes.Any(o => Outcomes.Has(o, OutcomeEffect.Decides)),
            $"{path}.for",
            "must not be decision where nothing is decided"
        );
        errors.Unless(
            limit.For is not LimitFor.Referral || stage.AlsoAsks.Any(a => a.Until is LimitFor.Referral),
            $"{path}.for",
            "must not be referral where alsoAsks names nobody to refer it"
        );
    }

    private static void Length(TimeLimit limit, string path, PolicyErrors errors)
    {
        errors.Unless(
            limit.WorkingDays is null != limit.Hours is null,
            path,
            "must have exactly one of workingDays and hours"
        );
        errors.Unless(
            limit.WorkingDays is null or (>= 0 and <= TimeLimit.MostWorkingDays),
            $"{path}.workingDays",
            $"must be 0 to {TimeLimit.MostWorkingDays}"
        );
        errors.Unless(
            limit.Hours is null or (>= 1 and <= TimeLimit.MostHours),
            $"{path}.hours",
            $"must be 1 to {TimeLimit.MostHours}"
        );
    }

    private static void Anchor(Policy policy, string from, int index, string path, PolicyErrors errors)
    {
        if (from is "raised" or "opened")
            return;
        var (word, stage) = from.Split(':', 2) is [var w, var s] ? (w, s) : (from, "");
        if (word is not ("opened" or "day") || stage.Length == 0)
            errors.Add(path, "must be raised, opened, opened:STAGE or day:STAGE");
        else if (policy.IndexOf(stage) is var at && (at < 0 || at > index || (at == index && word == "day")))
            errors.Add(path, at < 0 ? $"must name a stage of this policy, not {stage}" : "must name an earlier stage");
    }

    private static void AtStage(Policy policy, Stage stage, string path, PolicyErrors errors)
    {
        var final = ReferenceEquals(stage, policy.FinalStage);
        if (stage.Outcomes.Contains(Outcomes.Escalate))
            errors.Add(
                $"{path}.outcomes",
                final
                    ? "must not list escalate: there is no stage after the final one"
                    : "must not list escalate: every stage but the final one allows it"
            );
        PolicyWords.Each(
            [.. stage.Outcomes.Where(o => o != Outcomes.Escalate)],
            $"{path}.outcomes",
            Outcomes.Listed,
            errors
        );
        errors.Unless(
            !final || stage.Outcomes.Any(o => Outcomes.Find(o) is null or { EndsCase: true }),
            $"{path}.outcomes",
            "must let the final stage end the case"
        );
        Goes(stage.DecidedBy is not null, "decidedBy", Outcomes.Decided);

        void Goes(bool given, string field, string outcome) =>
            errors.Unless(
                given == stage.Outcomes.Contains(outcome),
                $"{path}.{field}",
                $"must be given exactly when outcomes list {outcome}"
            );
    }

    private static void Others(Policy policy, Stage stage, string path, PolicyErrors errors)
    {
        foreach (var (i, also) in stage.AlsoAsks.Index())
        {
            TellChecks.Who(policy, also.Who, $"{path}.alsoAsks[{i}].who", errors);
            PolicyWords.Each(
                also.Natures ?? [],
                $"{path}.alsoAsks[{i}].natures",
                [.. policy.Natures.Select(n => n.Id)],
                errors
            );
            errors.Unless(
                also.Until is not { } until || stage.Limits.Any(l => l.For == until),
                $"{path}.alsoAsks[{i}].until",
                "must be what a limit of this stage is for"
            );
        }
        if (stage.EscalatedBy is { } escalating)
            errors.Unless(
                escalating.Side is "raising" || (escalating.Side is "receiving" && policy.Parties.Receiving),
                $"{path}.escalatedBy.side",
                "must be raising or receiving"
            );
        if (stage.EscalatedBy is { } by)
            errors.Unless(
                stage.Told is Told.Both
                    || by.Side == stage.Told.ToString().ToLowerInvariant()
                    || stage.AlsoAsks.Any(also => also.Who.Agency == by.Side),
                $"{path}.escalatedBy.side",
                "must be a side that the stage asks, or alsoAsks names: nobody could take it further"
            );
    }

    private static void Requires(Policy policy, Stage stage, string path, PolicyErrors errors)
    {
        PolicyWords.Names(stage.Requires.Select(r => r.Id), $"{path}.requires", errors);
        foreach (var (i, field) in stage.Requires.Index())
        {
            var at = $"{path}.requires[{i}]";
            errors.Unless(field.Kind is "text" or "yes", $"{at}.kind", "must be text or yes");
            errors.Unless(field.On.Count > 0, $"{at}.on", "must name at least one outcome");
            PolicyWords.Each(field.On, $"{at}.on", AllowedAt(policy, stage), errors);
        }
    }

    /// <summary>Everything that can be recorded at a stage, <c>escalate</c> and a nature's <c>decided</c> included.</summary>
    public static IReadOnlyCollection<string> AllowedAt(Policy policy, Stage stage)
    {
        IEnumerable<string> escalate = ReferenceEquals(stage, policy.FinalStage) ? [] : [Outcomes.Escalate];
        IEnumerable<string> decided = policy.Natures.Any(n => n.DecidedBy is not null) ? [Outcomes.Decided] : [];
        return [.. stage.Outcomes.Union(escalate).Union(decided)];
    }
}
