using System.Text.Json;

namespace Escalation.Web.Api;

/// <summary>
/// Changes a local setting of a policy, or chooses another reading of its text: either <see cref="Path"/> with <see cref="Values"/> and
/// <see cref="Text"/>, or <see cref="Reading"/> with <see cref="Choice"/>.
/// </summary>
public sealed record PolicySettingBody
{
    /// <summary>Of the setting, as <c>stages[2].limits[0].limit</c>.</summary>
    public string? Path { get; init; }

    /// <summary>By their names, as <c>{ "workingDays": 2 }</c>; those that are not given stay.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Values { get; init; }

    /// <summary>The rule in words, as it is then.</summary>
    public string? Text { get; init; }
    public string? Reading { get; init; }
    public string? Choice { get; init; }

    /// <summary>Why: stands in the document from then on.</summary>
    public string? Reason { get; init; }
}
