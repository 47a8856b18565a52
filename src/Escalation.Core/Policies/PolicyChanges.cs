using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Escalation.Core.Policies;

/// <summary>
/// A policy with another local setting, or another reading of its text: a document of its own with a higher version, made from the one that
/// it changes, in the present format. Nothing is stored.
/// </summary>
public static class PolicyChanges
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The policy, or every fault of the change by its field: <c>path</c>, <c>values.NAME</c>, <c>text</c>, or a place in the document.
    /// A rule never says in words what its values do not: with another value it needs other words, and one without a value is written in
    /// the document.
    /// </summary>
    /// <param name="path">Of the setting, as <see cref="LocalSetting"/> has it.</param>
    /// <param name="values">New values by their names; those that are not given stay.</param>
    /// <param name="text">The rule in words, as it is then.</param>
    /// <param name="reason">Why it is set so.</param>
    public static PolicyReading Set(
        Policy policy,
        string path,
        IReadOnlyDictionary<string, string> values,
        string text,
        string reason
    )
    {
        var errors = new PolicyErrors(policy.Id);
        if (LocalSetting.Of(policy).FirstOrDefault(s => s.Path == path) is not { } setting)
        {
            errors.Add("path", "must be that of a local setting of this policy");
            return new(null, errors.Found);
        }
        if (setting.Values.Count == 0)
        {
            errors.Add("path", "must be of a rule with a value; this one is changed in the policy's document");
            return new(null, errors.Found);
        }
        var document = PolicyDocument.NodeOf(policy);
        var rule = RuleAt(document, path);
        foreach (var (name, value) in values)
            if (setting.Values.FirstOrDefault(v => v.Name == name) is not { } known)
                errors.Add($"values.{name}", "must be a value of this setting");
            else if (Typed(known, value) is not { } typed)
                errors.Add($"values.{name}", Expected(known));
            else
                Put(rule, name, typed);
        errors.Unless(
            text != setting.Text || !setting.Values.Any(v => values.GetValueOrDefault(v.Name, v.Value) != v.Value),
            "text",
            "must say the rule as it is now: a value of it is another"
        );
        if (errors.Found.Count > 0)
            return new(null, errors.Found);
        var basis = rule["basis"]!;
        (basis["text"], basis["where"]) = (text, reason);
        return Finish(policy, document);
    }

    /// <summary>As <see cref="Set"/>; faults are of <c>reading</c> and <c>choice</c>.</summary>
    public static PolicyReading Choose(Policy policy, string reading, string choice, string reason)
    {
        var errors = new PolicyErrors(policy.Id);
        if (policy.Readings.FirstOrDefault(r => r.Id == reading) is not { } place)
        {
            errors.Add("reading", "must be a place at which this policy offers readings");
            return new(null, errors.Found);
        }
        if (place.Choices.FirstOrDefault(c => c.Id == choice) is not { } chosen)
        {
            errors.Add("choice", $"must be one of {PolicyWords.Listed(place.Choices.Select(c => c.Id))}");
            return new(null, errors.Found);
        }
        var document = PolicyDocument.NodeOf(policy);
        var at = document["readings"]!.AsArray().First(r => (string?)r!["id"] == reading)!;
        (at["chosen"], at["basis"]!["where"], at["basis"]!["text"]) = (choice, reason, chosen.Name);
        return Finish(policy, document);
    }

    private static PolicyReading Finish(Policy policy, JsonNode document)
    {
        document["version"] = Math.Max(policy.Version + 1, Policy.FirstOwnVersion);
        return OwnPolicyDocument.Read(policy.Id, Encoding.UTF8.GetBytes(document.ToJsonString(Indented) + "\n"));
    }

    /// <summary>A rule that the document does not write is written there first.</summary>
    private static JsonNode RuleAt(JsonNode document, string path)
    {
        var end = path.LastIndexOf('.');
        if (end < 0 || path[end..] != ".missed")
            return At(document, path);
        var limit = At(document, path[..end]);
        if (limit["missed"] is { } written)
            return written;
        var basis = LocalSetting.MissedByDefault;
        var rule = new JsonObject
        {
            ["does"] = "escalate",
            ["basis"] = new JsonObject
            {
                ["where"] = basis.Where,
                ["text"] = basis.Text,
                ["local"] = true,
            },
        };
        limit["missed"] = rule;
        return rule;
    }

    private static JsonNode At(JsonNode document, string path) =>
        path.Replace("[", ".[", StringComparison.Ordinal)
            .Split('.')
            .Aggregate(
                document,
                (at, step) => step[0] == '[' ? at[int.Parse(step[1..^1], CultureInfo.InvariantCulture)]! : at[step]!
            );

    private static void Put(JsonNode rule, string name, JsonNode value)
    {
        var steps = name.Split('.');
        steps.SkipLast(1).Aggregate(rule, (at, step) => at[step]!)[steps[^1]] = value;
    }

    private static JsonValue? Typed(SettingValue value, string text) =>
        value.Kind switch
        {
            SettingKind.Number => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : null,
            SettingKind.YesNo => text is "yes" or "no" ? JsonValue.Create(text == "yes") : null,
            SettingKind.Time => ClockTimeConverter.TryParse(text, out _) ? JsonValue.Create(text) : null,
            SettingKind.Word => value.Words!.Contains(text) ? JsonValue.Create(text) : null,
            _ => throw new InvalidOperationException($"Nothing is known of a setting of the kind {value.Kind}."),
        };

    private static string Expected(SettingValue value) =>
        value.Kind switch
        {
            SettingKind.Number => "must be a whole number",
            SettingKind.YesNo => "must be yes or no",
            SettingKind.Time => "must be a time of day, as 17:00",
            SettingKind.Word => $"must be one of {PolicyWords.Listed(value.Words!)}",
            _ => throw new InvalidOperationException($"Nothing is known of a setting of the kind {value.Kind}."),
        };
}
