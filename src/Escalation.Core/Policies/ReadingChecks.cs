namespace Escalation.Core.Policies;

/// <summary>Whether the readings of a text name limits that are there.</summary>
internal static class ReadingChecks
{
    private const int Most = 10;

    public static void Check(Policy policy, PolicyErrors errors)
    {
        PolicyWords.Names(policy.Readings.Select(r => r.Id), "readings", errors);
        errors.Unless(policy.Readings.Count <= Most, "readings", $"must name {Most} at most");
        foreach (var (i, reading) in policy.Readings.Index())
        {
            var path = $"readings[{i}]";
            errors.Unless(reading.Choices.Count > 1, $"{path}.choices", "must offer two at least");
            PolicyWords.Names(reading.Choices.Select(c => c.Id), $"{path}.choices", errors);
            errors.Unless(
                reading.Choices.Any(c => c.Id == reading.Chosen),
                $"{path}.chosen",
                $"must be one of {PolicyWords.Listed(reading.Choices.Select(c => c.Id))}"
            );
            foreach (var (j, choice) in reading.Choices.Index())
            foreach (var (k, limit) in choice.Limits.Index())
                Limit(policy, limit, $"{path}.choices[{j}].limits[{k}]", errors);
        }
    }

    private static void Limit(Policy policy, LimitReading reading, string path, PolicyErrors errors)
    {
        if (policy.Find(reading.Stage)?.Limits.Any(l => l.For == reading.For) == true)
            LimitChecks.Reading(policy, reading, path, errors);
        else
            errors.Add(path, "must name a stage of this policy and what one of its limits is for");
    }
}
