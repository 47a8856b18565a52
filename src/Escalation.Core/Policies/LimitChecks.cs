using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>Whether a stage's limits say something that can be counted and met.</summary>
internal static class LimitChecks
{
    public static void Check(Policy policy, Stage stage, int index, string path, PolicyErrors errors)
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
            limit.Limit is not null
                || limit.Cap is not null
                || limit.By is not null
                || limit.Lengths.Count > 0
                || policy.Format == 1,
            path,
            "must have a limit, a cap or a day that it runs to: a stage without one has an empty list"
        );
        errors.Unless(
            limit.By is null || policy.FindDate(limit.By)?.Ahead == true,
            $"{path}.by",
            $"must be a date of this policy that lies ahead{PolicyWords.Meant(limit.By ?? "", policy.Dates.Select(d => d.Id))}"
        );
        errors.Unless(
            !limit.HasOnlyADay || at.Limit == stage.Limits.Count - 1,
            $"{path}.by",
            "must be of the stage's last limit, or beside a limit or a cap: until the day is set, no limit after it begins"
        );
        foreach (var (i, length) in limit.Lengths.Index())
        {
            ConditionChecks.Check(policy, length.When, $"{path}.lengths[{i}].when", errors);
            Length(length.Limit, $"{path}.lengths[{i}].limit", errors);
        }
        if (limit.Limit is { } own)
            Length(own, $"{path}.limit", errors);
        if (limit.From is not ("previousLimit" or "previousMet"))
            Anchor(policy, limit.From, at.Stage, $"{path}.from", errors);
        else
            errors.Unless(at.Limit > 0, $"{path}.from", $"must not be {limit.From} at the stage's first limit");
        errors.Unless(
            limit.Limit is not null || limit.Lengths.Count > 0 || limit.From == "opened",
            $"{path}.from",
            "goes with a limit only"
        );
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
        if (limit.Cap is { } cap)
            Cap(policy, cap, at.Stage, path, errors);
    }

    /// <summary>What a reading of the text says of a limit.</summary>
    public static void Reading(Policy policy, LimitReading reading, string path, PolicyErrors errors)
    {
        var stage = policy.IndexOf(reading.Stage);
        errors.Unless(
            reading.Limit is not null || reading.Cap is not null,
            path,
            "must have a limit or a cap: a reading says how long it is"
        );
        if (reading.Limit is { } own)
            Length(own, $"{path}.limit", errors);
        if (reading.From is not ("previousLimit" or "previousMet"))
            Anchor(policy, reading.From, stage, $"{path}.from", errors);
        if (reading.Cap is { } cap)
            Cap(policy, cap, stage, path, errors);
    }

    private static void Cap(Policy policy, StageCap cap, int stage, string path, PolicyErrors errors)
    {
        Length(cap.Limit, $"{path}.cap.limit", errors);
        errors.Unless(cap.Limit.Hours is null, $"{path}.cap.limit.hours", "must not be given: a cap counts days");
        Anchor(policy, cap.From, stage, $"{path}.cap.from", errors);
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

    /// <summary>A length of time, wherever a document gives one.</summary>
    public static void Length(TimeLimit limit, string path, PolicyErrors errors)
    {
        int?[] units = [limit.WorkingDays, limit.CalendarDays, limit.Hours];
        errors.Unless(
            units.Count(u => u is not null) == 1,
            path,
            "must have exactly one of workingDays, calendarDays and hours"
        );
        errors.Unless(limit.CalendarDays is null or (>= 1 and <= 365), $"{path}.calendarDays", "must be 1 to 365");
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
        if (word == CaseDate.Anchor && stage.Length > 0)
            errors.Unless(
                policy.Dates.Any(d => d.Id == stage && !d.Ahead),
                path,
                $"must name a date of this policy that has been, not {stage}{PolicyWords.Meant(stage, policy.Dates.Select(d => d.Id))}"
            );
        else if (word is not ("opened" or "day") || stage.Length == 0)
            errors.Add(path, "must be raised, opened, opened:STAGE, day:STAGE or date:DATE");
        else if (policy.IndexOf(stage) is var at && (at < 0 || at > index || (at == index && word == "day")))
            errors.Add(path, at < 0 ? $"must name a stage of this policy, not {stage}" : "must name an earlier stage");
    }
}
