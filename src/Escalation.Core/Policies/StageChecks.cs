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
            LimitChecks.Check(policy, stage, i, path, errors);
            AtStage(policy, stage, path, errors);
            Others(policy, stage, path, errors);
            Jointly(policy, stage, path, errors);
            RaisedBy(policy, stage, path, errors);
            Leads(policy, stage, path, errors);
            For(policy, stage, path, errors);
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
        TierNames(policy, stage.InsteadTiers, $"{path}.insteadTiers", errors);
        errors.Unless(
            stage.InsteadTiers.Count == 0 || stage.Told != Told.Partnership,
            $"{path}.insteadTiers",
            "must not be given with told partnership: it is for agencies"
        );
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
        var mayBeFinal = policy
            .Stages.Skip(policy.IndexOf(stage.Id) + 1)
            .All(s => s.When is not null || s.Unless is not null);
        errors.Unless(
            !mayBeFinal || stage.Outcomes.Any(o => Outcomes.Find(o) is null or { EndsCase: true }),
            $"{path}.outcomes",
            final
                ? "must let the final stage end the case"
                : "must let the stage end the case: the stages after it are not there for every case"
        );
        var endsUndecided = stage.Outcomes.Any(o => Outcomes.Has(o, OutcomeEffect.EndsUndecided));
        errors.Unless(
            !endsUndecided || mayBeFinal,
            $"{path}.outcomes",
            "must not list withoutAgreement where a stage always follows: it goes up instead"
        );
        errors.Unless(
            !endsUndecided || !stage.Outcomes.Any(o => Outcomes.Has(o, OutcomeEffect.Decides)),
            $"{path}.outcomes",
            "must not list withoutAgreement beside a decision: it is for a stage at which nobody decides"
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
                    || stage.AlsoAsks.Any(also => also.Who.Agency == by.Side)
                    || (by.Side == "raising" && policy.RaisersAt(stage) is not null),
                $"{path}.escalatedBy.side",
                "must be a side that the stage asks, or alsoAsks names: nobody could take it further"
            );
    }

    /// <summary>Two different ones decide, and each of them can be asked to record it.</summary>
    private static void Jointly(Policy policy, Stage stage, string path, PolicyErrors errors)
    {
        if (stage.Jointly is not { } joint)
            return;
        var at = $"{path}.jointly";
        errors.Unless(
            stage.Outcomes.Contains(Outcomes.Decided),
            at,
            $"goes with a stage whose outcomes list {Outcomes.Decided} only"
        );
        errors.Unless(joint.By.Count == 2 && joint.By[0] != joint.By[1], $"{at}.by", "must name two");
        foreach (var (i, who) in joint.By.Index())
        {
            TellChecks.Who(policy, who, $"{at}.by[{i}]", errors);
            if (who.Agency == "parties")
                errors.Add($"{at}.by[{i}].agency", "must not be parties: one of them is raising, the other receiving");
            else
                errors.Unless(
                    Asks(stage, who),
                    $"{at}.by[{i}]",
                    "must be asked at this stage, by its tiers or alsoAsks: nobody could record it"
                );
        }
    }

    private static void RaisedBy(Policy policy, Stage stage, string path, PolicyErrors errors)
    {
        if (stage.RaisedBy is not { } raisers)
            return;
        errors.Unless(raisers.Tiers.Count > 0, $"{path}.raisedBy.tiers", "must name at least one");
        TierNames(policy, raisers.Tiers, $"{path}.raisedBy.tiers", errors);
        errors.Unless(
            stage.Told is Told.Both or Told.Receiving && policy.Parties.Receiving,
            $"{path}.raisedBy",
            "goes with told both or receiving only: elsewhere tiers say who it is"
        );
    }

    private static bool Asks(Stage stage, Recipients who) =>
        stage.AlsoAsks.Any(also => also.Who == who)
        || (who.Agency == "raising" && stage.RaisedBy?.Tiers.Contains(who.Tier) == true)
        || (
            stage.Tiers.Contains(who.Tier)
            && who.Agency switch
            {
                "raising" => stage.RaisedBy is null && stage.Told is Told.Raising or Told.Both,
                "receiving" => stage.Told is Told.Receiving or Told.Both,
                "partnership" => stage.Told is Told.Partnership,
                _ => false,
            }
        );

    /// <summary>What another policy is, only the partnership's policies together tell (<see cref="PolicyWays"/>).</summary>
    private static void Leads(Policy policy, Stage stage, string path, PolicyErrors errors)
    {
        errors.Unless(
            stage.LeadsTo.Count <= Stage.MostLeads,
            $"{path}.leadsTo",
            $"must name {Stage.MostLeads} at most"
        );
        foreach (var (i, lead) in stage.LeadsTo.Index())
        {
            var at = $"{path}.leadsTo[{i}]";
            PolicyWays.Named(policy, lead.Policy, $"{at}.policy", errors);
            errors.Unless(
                stage.LeadsTo.Take(i).All(l => l.Policy != lead.Policy),
                $"{at}.policy",
                $"must not repeat {lead.Policy}"
            );
            if (lead.When is { } when)
                ConditionChecks.Check(policy, when, $"{at}.when", errors);
        }
    }

    /// <summary>Which cases the stage is for.</summary>
    private static void For(Policy policy, Stage stage, string path, PolicyErrors errors)
    {
        if (stage.When is { } when)
            ConditionChecks.Check(policy, when, $"{path}.when", errors);
        if (stage.Unless is { } unless)
            ConditionChecks.Check(policy, unless, $"{path}.unless", errors);
        var first = ReferenceEquals(stage, policy.FirstStage);
        errors.Unless(!first || stage.When is null, $"{path}.when", "must not be given at the first stage");
        errors.Unless(!first || stage.Unless is null, $"{path}.unless", "must not be given at the first stage");
        errors.Unless(
            stage.Optional is null || (!first && !ReferenceEquals(stage, policy.FinalStage)),
            $"{path}.optional",
            "must not be given at the first stage nor at the final one: nothing could be there instead"
        );
    }

    private static void Requires(Policy policy, Stage stage, string path, PolicyErrors errors)
    {
        PolicyWords.Names(stage.Requires.Select(r => r.Id), $"{path}.requires", errors);
        errors.Unless(
            stage.Requires.Count <= Stage.MostRequired,
            $"{path}.requires",
            $"must name {Stage.MostRequired} at most: an outcome carries no more"
        );
        foreach (var (i, field) in stage.Requires.Index())
        {
            var at = $"{path}.requires[{i}]";
            FieldKinds.Check(field, FieldKinds.AtStages, at, errors);
            errors.Unless(
                IsAskedAlike(field, policy.Stages.SelectMany(s => s.Requires).First(r => r.Id == field.Id)),
                $"{at}.kind",
                "must be the kind, with the options, of the stage that asks for it first: another question has another id"
            );
            errors.Unless(
                field.UnlessAt is not { } before
                    || (
                        policy.IndexOf(before) < policy.IndexOf(stage.Id)
                        && policy.Find(before)?.Requires.Any(r => r.Id == field.Id) == true
                    ),
                $"{at}.unlessAt",
                "must name an earlier stage that requires the same"
            );
            errors.Unless(
                field.AskedOf is null or "raising" || (field.AskedOf is "receiving" && policy.Parties.Receiving),
                $"{at}.askedOf",
                policy.Parties.Receiving ? "must be raising or receiving" : "must be raising: nobody receives"
            );
            errors.Unless(
                field.AskedOf != "receiving" || stage.Told is not Told.Raising,
                $"{at}.askedOf",
                "must not be receiving at a stage that is the raising agency's own"
            );
            errors.Unless(
                !field.Optional || field.Kind != FieldKinds.Yes,
                $"{at}.optional",
                "must not be given with yes: it must be so"
            );
            errors.Unless(field.On.Count > 0, $"{at}.on", "must name at least one outcome");
            PolicyWords.Each(field.On, $"{at}.on", AllowedAt(policy, stage), errors);
        }
    }

    /// <summary>A kind that is none is told by itself.</summary>
    private static bool IsAskedAlike(OutcomeField field, OutcomeField first) =>
        !FieldKinds.AtStages.Contains(field.Kind)
        || !FieldKinds.AtStages.Contains(first.Kind)
        || (field.Kind == first.Kind && field.Options.Select(o => o.Id).SequenceEqual(first.Options.Select(o => o.Id)));

    /// <summary>Everything that can be recorded at a stage, <c>escalate</c> and a nature's <c>decided</c> included.</summary>
    public static IReadOnlyCollection<string> AllowedAt(Policy policy, Stage stage)
    {
        IEnumerable<string> escalate = policy.LeadsOn(stage) ? [Outcomes.Escalate] : [];
        IEnumerable<string> decided = policy.Natures.Any(n => n.DecidedBy is not null) ? [Outcomes.Decided] : [];
        return [.. stage.Outcomes.Union(escalate).Union(decided)];
    }
}
