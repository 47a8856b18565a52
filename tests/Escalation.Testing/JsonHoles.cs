using System.Text.Json.Nodes;

namespace Escalation.Testing;

/// <summary>Nothing where something belongs, at every place of a JSON document.</summary>
public static class JsonHoles
{
    private static readonly string[] Nothing = ["null", "[]", "[null]", "{}", """{"x":null}"""];

    /// <summary>
    /// The document itself, and each value in it, replaced by nothing, by nothing in a list or object, and by an empty one.
    /// </summary>
    public static IEnumerable<string> In(JsonNode document) =>
        from nothing in Nothing
        from text in Paths(document).Select(path => With(document, path, nothing)).Prepend(nothing)
        select text;

    private static IEnumerable<IReadOnlyList<object>> Paths(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(m => Below(m.Key, m.Value)),
            JsonArray entries => entries.SelectMany((e, i) => Below(i, e)),
            _ => [],
        };

    private static IEnumerable<IReadOnlyList<object>> Below(object step, JsonNode? node) =>
        Paths(node).Select(path => (IReadOnlyList<object>)[step, .. path]).Prepend([step]);

    private static string With(JsonNode document, IReadOnlyList<object> path, string nothing)
    {
        var copy = document.DeepClone();
        var node = copy;
        foreach (var step in path.SkipLast(1))
            node = step is string name ? node[name]! : node[(int)step]!;
        if (path[^1] is string last)
            node[last] = JsonNode.Parse(nothing);
        else
            node[(int)path[^1]] = JsonNode.Parse(nothing);
        return copy.ToJsonString();
    }
}
