using System.Text.Json;

namespace Escalation.Core.Policies;

/// <summary>A rule that no text prints and the partnership has set.</summary>
/// <param name="Path">Of what it is the basis, as <c>stages[2].limits[0].limit</c>.</param>
/// <param name="Text">The rule in words.</param>
/// <param name="Where">Why the setting was made.</param>
public sealed record LocalSetting(string Path, string Text, string Where)
{
    /// <summary>Every local setting of a policy, in the order of its document.</summary>
    public static IReadOnlyList<LocalSetting> Of(Policy policy)
    {
        using var document = JsonDocument.Parse(PolicyDocument.BytesOf(policy));
        return [.. In(document.RootElement, "")];
    }

    private static IEnumerable<LocalSetting> In(JsonElement json, string path) =>
        json.ValueKind switch
        {
            JsonValueKind.Array => json.EnumerateArray().SelectMany((item, i) => In(item, $"{path}[{i}]")),
            JsonValueKind.Object => json.EnumerateObject()
                .SelectMany(member =>
                    member.Name == "basis" && Read(member.Value, path) is { } setting
                        ? [setting]
                        : In(member.Value, PolicyShape.Join(path, member.Name))
                ),
            _ => [],
        };

    private static LocalSetting? Read(JsonElement basis, string path) =>
        basis.TryGetProperty("local", out var local) && local.ValueKind == JsonValueKind.True
            ? new(path, basis.GetProperty("text").GetString()!, basis.GetProperty("where").GetString()!)
            : null;
}
