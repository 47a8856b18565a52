using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Xml.Linq;

namespace Escalation.Core.Policies;

/// <summary>
/// The shape of policy documents as a JSON Schema (draft 2020-12), by which an editor completes and checks one. It is made from the types
/// that documents are read into, and described by their comments; what their rules must say of each other only the checks know.
/// </summary>
public static class PolicySchema
{
    /// <summary>The compiler's XML documentation of this assembly lies beside it under this name.</summary>
    public const string CommentsFile = "Escalation.Core.xml";

    private const string Id = "policy.schema.json",
        ClockTime = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    /// <summary>The closed lists of words, by the type and the member that takes them.</summary>
    private static readonly Dictionary<(Type Type, string Member), IReadOnlyList<string>> Words = new()
    {
        [(typeof(WorkingTime), "division")] = PolicyWords.Divisions,
        [(typeof(Parties), "personKinds")] = PolicyWords.PersonKinds,
        [(typeof(Method), "id")] = PolicyWords.Methods,
        [(typeof(Stage), "outcomes")] = Outcomes.Listed,
        [(typeof(Field), "kind")] = FieldKinds.AtIntake,
        [(typeof(OutcomeField), "kind")] = FieldKinds.AtStages,
        [(typeof(Escalating), "side")] = ["raising", "receiving"],
        [(typeof(OutcomeField), "askedOf")] = ["raising", "receiving"],
    };

    /// <summary>With line feeds only; the same program gives the same text.</summary>
    /// <param name="comments">What <see cref="CommentsFile"/> holds.</param>
    public static string Text(XDocument comments) =>
        Made(new(comments)).ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";

    private static JsonObject Made(PolicyDescriptions descriptions)
    {
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Described(context, Closed(context, node), descriptions),
        };
        var made = PolicyDocument.Options.GetJsonSchemaAsNode(typeof(Policy), options).AsObject();
        var format = made["properties"]!["format"]!.AsObject();
        format.Remove("type");
        format.Remove("default");
        format["enum"] = new JsonArray(Policy.PresentFormat);
        made["required"]!.AsArray().Insert(0, "format");
        made.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        made.Insert(1, "$id", Id);
        made.Insert(2, "title", $"A policy document of format {Policy.PresentFormat}");
        return made;
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode node, PolicyDescriptions descriptions)
    {
        if (context.PropertyInfo is { } property && node is JsonObject schema)
            schema.Insert(0, "description", descriptions.Of(property));
        return node;
    }

    /// <summary>No members but the known ones, no words but the listed ones, no empty texts, times of day as such.</summary>
    private static JsonNode Closed(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.TypeInfo.Type == typeof(TimeOnly?))
            return new JsonObject { ["type"] = new JsonArray("string", "null"), ["pattern"] = ClockTime };
        if (context.TypeInfo.Type == typeof(TimeOnly))
            return new JsonObject { ["type"] = "string", ["pattern"] = ClockTime };
        if (node is not JsonObject schema)
            return node;
        if (context.TypeInfo.Type == typeof(string) && !schema.ContainsKey("enum"))
            schema["minLength"] = 1;
        if (schema.ContainsKey("properties"))
        {
            foreach (var worked in context.TypeInfo.Properties.Where(p => !PolicyShape.CanBeGiven(p)))
                schema["properties"]!.AsObject().Remove(worked.Name);
            schema["additionalProperties"] = false;
            schema["required"] = new JsonArray([
                .. context.TypeInfo.Properties.Where(PolicyShape.MustBeGiven).Select(p => (JsonNode)p.Name),
            ]);
        }
        if (
            context.PropertyInfo is { } property
            && Words.TryGetValue((property.DeclaringType, property.Name), out var words)
        )
            (schema["items"] as JsonObject ?? schema)["enum"] = Listed(words);
        if (context.PropertyInfo is { Name: "shows" } shows && shows.DeclaringType == typeof(RecordLine))
            schema["items"]!["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = Listed(RecordSource.Words.Keys) },
                new JsonObject { ["pattern"] = RecordSource.OwnPattern }
            );
        return schema;
    }

    private static JsonArray Listed(IEnumerable<string> words) => new([.. words.Select(w => (JsonNode)w)]);
}
