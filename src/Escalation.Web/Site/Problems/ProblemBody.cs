using System.Text.Json.Serialization;

namespace Escalation.Web.Site.Problems;

/// <summary>The JSON of a problem (<c>application/problem+json</c>).</summary>
/// <param name="Errors">Field to messages, for a bad body.</param>
/// <param name="Policy">The procedure that a concern is raised under instead; absent: none.</param>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    IReadOnlyDictionary<string, string[]>? Errors,
    string? Policy = null
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext;
