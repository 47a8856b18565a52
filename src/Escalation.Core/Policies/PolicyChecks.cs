namespace Escalation.Core.Policies;

/// <summary>What the rules of a document must say of each other, once its shape is right.</summary>
internal static class PolicyChecks
{
    /// <summary>What a case can keep room for.</summary>
    private const int MostStages = 7,
        MostRules = 30;

    public static void Check(Policy policy, Faults faults)
    {
        Head(policy, faults);
        Vocabulary(policy, faults);
        if (policy.Stages.Count == 0)
        {
            faults.Add("stages", "must name at least one");
            return;
        }

        faults.Unless(
            policy.Stages.Count <= MostStages,
            "stages",
            $"must name {MostStages} at most: a case keeps room for every one"
        );
        faults.Unless(policy.Duties.Count <= MostRules, "duties", $"must name {MostRules} at most");
        faults.Unless(policy.Tells.Count <= MostRules, "tells", $"must name {MostRules} at most");
        StageChecks.Check(policy, faults);
        RuleChecks.Check(policy, faults);
        TellChecks.Check(policy, faults);
    }

    private static void Head(Policy policy, Faults faults)
    {
        faults.Unless(PolicyWords.IsSlug(policy.Id), "id", PolicyWords.SlugReason);
        faults.Unless(policy.Id != PolicyWords.ReservedId, "id", $"must not be {PolicyWords.ReservedId}");
        faults.Unless(policy.Version >= 1, "version", "must be 1 or more");
        faults.Unless(PolicyWords.IsSlug(policy.Partnership), "partnership", PolicyWords.SlugReason);
        faults.Unless(!PolicyWords.IsReserved(policy.Partnership), "partnership", PolicyWords.ReservedReason);
        faults.Unless(
            policy.ReferencePrefix.Length is >= 2 and <= 4 && policy.ReferencePrefix.All(char.IsAsciiLetterUpper),
            "referencePrefix",
            "must be two to four capitals"
        );
        var time = policy.WorkingTime;
        faults.Unless(
            PolicyWords.Divisions.Contains(time.Division),
            "workingTime.division",
            $"must be one of {PolicyWords.Listed(PolicyWords.Divisions)}"
        );
        faults.Unless(
            TimeZoneInfo.TryFindSystemTimeZoneById(time.Zone, out var zone) && zone.HasIanaId,
            "workingTime.zone",
            "must be an IANA time zone"
        );
        faults.Unless(time.Close > TimeOnly.MinValue, "workingTime.close", "must be after 00:00");
        var kinds = policy.Parties.PersonKinds;
        faults.Unless(kinds.Count > 0, "parties.personKinds", "must name at least one");
        PolicyWords.Each(kinds, "parties.personKinds", PolicyWords.PersonKinds, faults);
        faults.Unless(
            policy.FinalMissed.EveryWorkingDays is >= 1 and <= 60,
            "finalMissed.everyWorkingDays",
            "must be 1 to 60"
        );
        faults.Unless(policy.Retention.Years is >= 1 and <= 100, "retention.years", "must be 1 to 100");
    }

    private static void Vocabulary(Policy policy, Faults faults)
    {
        PolicyWords.Names(policy.Natures.Select(t => t.Id), "natures", faults);
        PolicyWords.Names(policy.Circumstances.Select(t => t.Id), "circumstances", faults);
        PolicyWords.Names(policy.Fields.Select(f => f.Id), "fields", faults);
        foreach (var (i, method) in policy.Methods.Index())
        {
            faults.Unless(
                PolicyWords.Methods.Contains(method.Id),
                $"methods[{i}].id",
                $"must be one of {PolicyWords.Listed(PolicyWords.Methods)}"
            );
            faults.Unless(
                policy.Methods.Take(i).All(m => m.Id != method.Id),
                $"methods[{i}].id",
                $"must not repeat {method.Id}"
            );
        }

        faults.Unless(policy.Methods.Any(m => m.Refused is null), "methods", "must accept at least one");
        foreach (var (i, field) in policy.Fields.Index())
            FormField(field, $"fields[{i}]", faults);
    }

    private static void FormField(Field field, string path, Faults faults)
    {
        switch (field.Kind)
        {
            case "choice":
                faults.Unless(field.Options.Count > 0, $"{path}.options", "must offer at least one for a choice");
                PolicyWords.Names(field.Options.Select(o => o.Id), $"{path}.options", faults);
                break;
            case "text":
                faults.Unless(field.Options.Count == 0, $"{path}.options", "must be empty for text");
                faults.Unless(!field.WithLegalStatus, $"{path}.withLegalStatus", "goes with a choice only");
                break;
            default:
                faults.Add($"{path}.kind", "must be text or choice");
                break;
        }
    }
}
