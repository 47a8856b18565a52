using System.Globalization;
using System.Text.Json.Nodes;

namespace Escalation.Infra.Tests.Compiling;

/// <summary>What would be deployed: conditions and loops are worked out; what only Azure knows stays an expression.</summary>
internal sealed class Snapshot(JsonObject json)
{
    public IReadOnlyList<JsonObject> Resources { get; } =
    [.. json["predictedResources"]!.AsArray().OfType<JsonObject>()];

    public JsonObject Outputs { get; } = json["outputs"]?.AsObject() ?? [];

    public IReadOnlyList<JsonObject> Of(string type) => [.. Resources.Where(resource => resource.Text("type") == type)];

    /// <param name="ends">How its name ends, where there are several of the type.</param>
    public JsonObject One(string type, string ends = "") =>
        Of(type).Single(resource => resource.Text("name").EndsWith(ends, StringComparison.Ordinal));
}

internal static class Reading
{
    /// <param name="path">Names of properties with points between them; a number is a place in an array.</param>
    public static JsonNode? At(this JsonNode node, string path)
    {
        var at = node;
        foreach (var step in path.Split('.'))
            at = at is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)] : at?[step];
        return at;
    }

    public static string Text(this JsonNode node, string path) => node.At(path)?.ToString() ?? "";

    public static IReadOnlyList<string> Names(this JsonNode node, string path) =>
        [.. node.At(path)!.AsObject().Select(property => property.Key)];

    public static IReadOnlyList<string> Texts(this JsonNode node, string path) =>
        [.. node.At(path)!.AsArray().Select(item => item!.ToString())];

    /// <summary>The node and all below it.</summary>
    public static IEnumerable<JsonNode> All(this JsonNode node) =>
        node switch
        {
            JsonObject o => o.Select(property => property.Value).OfType<JsonNode>().SelectMany(All).Prepend(node),
            JsonArray a => a.OfType<JsonNode>().SelectMany(All).Prepend(node),
            _ => [node],
        };
}
