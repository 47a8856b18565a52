using System.Text.Json;
using System.Text.Json.Nodes;

namespace Escalation.Core.Policies;

/// <summary>
/// The first format of policy documents, which knew one limit a stage. It is read and no longer written: a document without
/// <c>format</c> is converted as it is loaded, and keeps its text and hash; a changed one is written in the present format.
/// </summary>
internal static class PolicyFormat1
{
    /// <summary>Whether a document without <c>format</c> is written as a later format has it.</summary>
    public static bool IsLater(JsonElement document) =>
        document.TryGetProperty("stages", out var stages)
        && stages.ValueKind == JsonValueKind.Array
        && stages
            .EnumerateArray()
            .Any(stage => stage.ValueKind == JsonValueKind.Object && stage.TryGetProperty("limits", out _));

    /// <summary>Moves each stage's limit into its list; what has another shape is left for the checks to report.</summary>
    public static void Convert(JsonNode document)
    {
        if ((document as JsonObject)?["stages"] is not JsonArray stages)
            return;
        foreach (var stage in stages.OfType<JsonObject>())
            Stage(stage);
        Officer((JsonObject)document);
    }

    /// <summary>Makes a document of the first format, which has no fault, one of the present format that says the same.</summary>
    public static void Rewrite(JsonObject document)
    {
        Convert(document);
        foreach (var limit in document["stages"]!.AsArray().Select(s => s!["limits"]![0]!.AsObject()))
            if (limit["limit"] is null && limit["cap"] is null)
                SayLength(limit);
        Declare(document);
        document.Insert(0, "format", Policy.PresentFormat);
    }

    /// <summary>Of a limit that gave none: it ran to the close of the next working day, whatever it was counted from.</summary>
    private static void SayLength(JsonObject limit)
    {
        limit.Remove("from");
        limit["limit"] = new JsonObject
        {
            ["workingDays"] = 1,
            ["kind"] = "target",
            ["basis"] = new JsonObject
            {
                ["where"] = "the text prints no limit",
                ["text"] = "To the close of the next working day",
                ["local"] = true,
            },
        };
    }

    /// <summary>Agencies were named by rules without being declared: their ids stand for their names.</summary>
    private static void Declare(JsonObject document)
    {
        var named = Agencies(document)
            .Where(id => !PolicyWords.Reserved.Contains(id) && id != (string?)document["partnership"])
            .Except(["businessManager", "recordKeeper"])
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (named.Count > 0)
            document["agencies"] = new JsonArray([
                .. named.Select(id => new JsonObject { ["id"] = id, ["name"] = id }),
            ]);
    }

    private static IEnumerable<string> Agencies(JsonNode? node) =>
        node switch
        {
            JsonObject rule => rule.SelectMany(member =>
                member is { Key: "agency" or "owner" or "ifParty", Value: JsonValue value }
                && value.TryGetValue<string>(out var id)
                    ? [id]
                    : Agencies(member.Value)
            ),
            JsonArray list => list.SelectMany(Agencies),
            JsonValue or null => [],
            _ => throw new InvalidOperationException($"A document holds no {node.GetType().Name}."),
        };

    /// <summary>The one person whom a policy could name by a role was declared by being told.</summary>
    private static void Officer(JsonObject document)
    {
        const string Id = NamedRole.ReviewingOfficer;
        if (document["tells"] is not JsonArray tells || document.ContainsKey("roles"))
            return;
        var told = tells
            .OfType<JsonObject>()
            .FirstOrDefault(t => t["who"] is JsonObject who && IsText(who["tier"], $"named:{Id}"));
        if (told is null)
            return;
        document["roles"] = new JsonArray(
            new JsonObject
            {
                ["id"] = Id,
                ["name"] = "Independent Reviewing Officer",
                ["basis"] = told["basis"]?.DeepClone(),
                ["circumstances"] = told["circumstances"]?.DeepClone() ?? new JsonArray(),
            }
        );
    }

    /// <summary>The path that its author wrote, for one that a check found in the converted document.</summary>
    public static string Written(string path) =>
        !path.StartsWith("stages[", StringComparison.Ordinal)
            ? path
            : path.Replace(".limits[0].limit", ".limit", StringComparison.Ordinal)
                .Replace(".limits[0].cap", ".cap", StringComparison.Ordinal)
                .Replace(".limits[0].from", ".limitFrom", StringComparison.Ordinal)
                .Replace(".limits[0]", "", StringComparison.Ordinal)
                .Replace(".review.everyWorkingDays", ".respondedEvery", StringComparison.Ordinal)
                .Replace(".review", ".respondedEvery", StringComparison.Ordinal);

    private static void Stage(JsonObject stage)
    {
        var isAnswer = stage["outcomes"] is JsonArray outcomes && outcomes.Any(IsResponded);
        var limit = new JsonObject { ["for"] = isAnswer ? "answer" : "outcome" };
        Move(stage, "limit", limit, "limit");
        Move(stage, "limitFrom", limit, "from");
        Move(stage, "cap", limit, "cap");
        stage["limits"] = new JsonArray(limit);
        if (!stage.Remove("respondedEvery", out var every) || every is null)
            return;
        stage["review"] = new JsonObject
        {
            ["everyWorkingDays"] = every,
            ["basis"] = new JsonObject
            {
                ["where"] = "the text prints no reminder",
                ["text"] = "Brought up again after a response",
                ["local"] = true,
            },
        };
    }

    private static bool IsResponded(JsonNode? outcome) => IsText(outcome, Outcomes.Responded);

    private static bool IsText(JsonNode? node, string text) =>
        node is JsonValue value && value.TryGetValue<string>(out var found) && found == text;

    private static void Move(JsonObject from, string name, JsonObject to, string newName)
    {
        if (from.Remove(name, out var value))
            to[newName] = value;
    }
}
