using System.Text.Json;
using System.Text.RegularExpressions;
using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>A rule that no text prints and the partnership has set.</summary>
/// <param name="Path">Of what it is the basis, as <c>stages[2].limits[0].limit</c>.</param>
/// <param name="Text">The rule in words.</param>
/// <param name="Where">Why the setting was made.</param>
/// <param name="Values">What of it can be set without writing the document anew: numbers, times of day, yes or no, what a miss
/// does.</param>
public sealed partial record LocalSetting(string Path, string Text, string Where, IReadOnlyList<SettingValue> Values)
{
    /// <summary>
    /// Every local setting of a policy, in the order of its document. That a missed limit moves the case up is one too where the document
    /// does not speak of it.
    /// </summary>
    public static IReadOnlyList<LocalSetting> Of(Policy policy)
    {
        var document = JsonSerializer.SerializeToElement(PolicyDocument.NodeOf(policy));
        var other = Overridden(policy);
        return [.. new Reader(policy).In(document, "").Where(s => !other.Any(limit => IsLength(s.Path, limit)))];
    }

    /// <summary>Of a limit whose document does not say what a miss does; at the final stage it has another.</summary>
    internal static Basis MissedByDefault { get; } =
        new("no text says what follows a missed limit", "A missed limit moves the case up by itself", Local: true);

    /// <summary>Limits that a chosen reading says otherwise.</summary>
    private static IReadOnlyList<string> Overridden(Policy policy) =>
        [
            .. from reading in policy.Readings
            from limit in reading.Choices.First(c => c.Id == reading.Chosen).Limits
            let stage = policy.IndexOf(limit.Stage)
            select $"stages[{stage}].limits[{policy.Stages[stage].Limits.ToList().FindIndex(l => l.For == limit.For)}]",
        ];

    /// <summary>Whether a setting says how long a limit is: what a miss of it does is no matter of how a text is read.</summary>
    private static bool IsLength(string path, string limit) =>
        path == $"{limit}.limit"
        || path.StartsWith($"{limit}.cap.", StringComparison.Ordinal)
        || path.StartsWith($"{limit}.lengths[", StringComparison.Ordinal);

    /// <param name="policy">Whose document is read.</param>
    private sealed class Reader(Policy policy)
    {
        private static readonly IReadOnlyList<string> WhatAMissDoes = ["escalate", "remind"];

        /// <summary>Limits, by their paths, that are not the last stage's: a miss of theirs can move the case up.</summary>
        private readonly HashSet<string> _limits =
        [
            .. from stage in policy.Stages.SkipLast(1).Index()
            from limit in stage.Item.Limits.Index()
            select $"stages[{stage.Index}].limits[{limit.Index}]",
        ];

        public IEnumerable<LocalSetting> In(JsonElement json, string path) =>
            json.ValueKind switch
            {
                JsonValueKind.Array => json.EnumerateArray().SelectMany((item, i) => In(item, $"{path}[{i}]")),
                JsonValueKind.Object => json.EnumerateObject()
                    .Where(member => path.Length > 0 || member.Name != "readings")
                    .SelectMany(member =>
                        member.Name == "basis" && Read(member.Value, json, path) is { } setting
                            ? [setting]
                            : In(member.Value, PolicyShape.Join(path, member.Name))
                    )
                    .Concat(Unwritten(json, path)),
                JsonValueKind.String
                or JsonValueKind.Number
                or JsonValueKind.True
                or JsonValueKind.False
                or JsonValueKind.Null => [],
                _ => throw new InvalidOperationException($"A document holds no {json.ValueKind}."),
            };

        /// <summary>What a miss of the limit does, where its document does not speak of it.</summary>
        private IEnumerable<LocalSetting> Unwritten(JsonElement limit, string path)
        {
            if (!_limits.Contains(path) || limit.TryGetProperty("missed", out _))
                yield break;
            var basis = MissedByDefault;
            yield return new(PolicyShape.Join(path, "missed"), basis.Text, basis.Where, [Does("does", "escalate")]);
        }

        private LocalSetting? Read(JsonElement basis, JsonElement rule, string path) =>
            basis.TryGetProperty("local", out var local) && local.ValueKind == JsonValueKind.True
                ? new(
                    path,
                    basis.GetProperty("text").GetString()!,
                    basis.GetProperty("where").GetString()!,
                    [.. ValuesOf(rule, path, "")]
                )
                : null;

        /// <summary>Of the rule itself and of what belongs to it alone; a part with a basis of its own is a rule of its own.</summary>
        private IEnumerable<SettingValue> ValuesOf(JsonElement rule, string path, string within) =>
            rule.EnumerateObject()
                .SelectMany(member =>
                {
                    var name = PolicyShape.Join(within, member.Name);
                    return member.Value.ValueKind switch
                    {
                        JsonValueKind.Number => [new SettingValue(name, SettingKind.Number, member.Value.GetRawText())],
                        JsonValueKind.True => [new SettingValue(name, SettingKind.YesNo, "yes")],
                        JsonValueKind.False => [new SettingValue(name, SettingKind.YesNo, "no")],
                        JsonValueKind.String when TimeOfDay().IsMatch(member.Value.GetString()!) =>
                        [
                            new SettingValue(name, SettingKind.Time, member.Value.GetString()!),
                        ],
                        JsonValueKind.String
                            when name == "does" && _limits.Any(l => path == PolicyShape.Join(l, "missed")) =>
                        [
                            Does(name, member.Value.GetString()!),
                        ],
                        JsonValueKind.Object
                            when member.Name != "basis" && !member.Value.TryGetProperty("basis", out _) => ValuesOf(
                            member.Value,
                            path,
                            name
                        ),
                        // Parts with a basis of their own, lists, other words, and what is not given.
                        JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String or JsonValueKind.Null =>
                            Array.Empty<SettingValue>(),
                        _ => throw new InvalidOperationException($"A document holds no {member.Value.ValueKind}."),
                    };
                });

        private static SettingValue Does(string name, string value) =>
            new(name, SettingKind.Word, value, WhatAMissDoes);
    }

    [GeneratedRegex("^([01][0-9]|2[0-3]):[0-5][0-9]$", RegexOptions.None, 1000)]
    private static partial Regex TimeOfDay();
}

public enum SettingKind
{
    Number,
    YesNo,

    /// <summary>Of day, local, as <c>17:00</c>.</summary>
    Time,

    /// <summary>One of a few words.</summary>
    Word,
}

/// <param name="Name">Within the rule, as <c>workingDays</c> or <c>children.untilAge</c>.</param>
/// <param name="Value">As it is typed: a number, <c>yes</c> or <c>no</c>, a time of day, a word.</param>
/// <param name="Words">Which words it may be; null for the other kinds.</param>
public sealed record SettingValue(string Name, SettingKind Kind, string Value, IReadOnlyList<string>? Words = null);
