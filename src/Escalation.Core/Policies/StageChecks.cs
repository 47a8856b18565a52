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
        TierNames(stage.Tiers, $"{path}.tiers", errors);
        TierNames(stage.CopyTiers, $"{path}.copyTiers", errors);
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

    private static void TierNames(IReadOnlyList<string> tiers, string list, PolicyErrors errors)
    {
        foreach (var (i, tier) in tiers.Index())
        {
            errors.Unless(PolicyWords.IsName(tier), $"{list}[{i}]", PolicyWords.NameReason);
            errors.Unless(!tiers.Take(i).Contains(tier), $"{list}[{i}]", $"must not repeat {tier}");
        }
    }

    private static void Limits(Policy policy, Stage stage, int index, string path, PolicyErrors errors)
    {
        if (stage.Limit is { } limit)
            Length(limit, $"{path}.limit", errors);
        Anchor(policy, stage.LimitFrom, index, $"{path}.limitFrom", errors);
        errors.Unless(
            stage.Limit is not null || stage.LimitFrom == "opened",
            $"{path}.limitFrom",
            "goes with a limit only"
        );
        if (stage.Cap is not { } cap)
            return;
        Length(cap.Limit, $"{path}.cap.limit", errors);
        errors.Unless(
            cap.Limit.Hours is null,
            $"{path}.cap.limit.hours",
            "must not be given: a cap counts working days"
        );
        Anchor(policy, cap.From, index, $"{path}.cap.from", errors);
    }

    private static void Length(TimeLimit limit, string path, PolicyErrors errors)
    {
        errors.Unless(
            limit.WorkingDays is null != limit.Hours is null,
            path,
            "must have exactly one of workingDays and hours"
        );
        errors.Unless(limit.WorkingDays is null or (>= 0 and <= 60), $"{path}.workingDays", "must be 0 to 60");
        errors.Unless(limit.Hours is null or (>= 1 and <= 240), $"{path}.hours", "must be 1 to 240");
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
        Goes(stage.RespondedEvery is not null, "respondedEvery", Outcomes.Responded);
        errors.Unless(stage.RespondedEvery is null or (>= 1 and <= 60), $"{path}.respondedEvery", "must be 1 to 60");

        void Goes(bool given, string field, string outcome) =>
            errors.Unless(
                given == stage.Outcomes.Contains(outcome),
                $"{path}.{field}",
                $"must be given exactly when outcomes list {outcome}"
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
