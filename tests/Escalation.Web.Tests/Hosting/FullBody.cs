using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Escalation.Web.Api;

namespace Escalation.Web.Tests.Hosting;

/// <summary>Bodies in which everything is given, made from the types that the endpoints take.</summary>
public static class FullBody
{
    /// <summary>What is given where a name, of a type or of any, asks for something that is known; null: nothing.</summary>
    private static readonly Dictionary<string, JsonNode?> Known = new(StringComparer.Ordinal)
    {
        ["policy"] = "sandwell",
        ["kind"] = "child",
        ["agency"] = "school",
        ["recordKeeper"] = "school",
        ["stage"] = "informal",
        ["outcome"] = "escalate",
        ["method"] = "phone",
        ["email"] = "someone@school.example.org",
        ["tier"] = "lineManager",
        ["tiers"] = new JsonArray("lineManager"),
        ["domains"] = new JsonArray("example.org"),
        ["discussedOn"] = "2026-09-25",
        ["nature"] = new JsonArray("informationSharing"),
        ["circumstances"] = new JsonArray("childProtectionPlan"),
        ["conductOfColleague"] = false,
        ["startAtStage"] = null,
        ["startReason"] = null,
        ["startConsulted"] = null,
        ["dates"] = null,
        ["OutcomeBody.to"] = null,
        ["date"] = "2026-10-01",
        ["dateOfBirth"] = "2015-03-04",
        ["allPartnerships"] = false,
        ["agencyName"] = null,
        ["completedOn"] = "2026-09-25",
        ["receivedOn"] = "2026-09-25",
        ["id"] = "lead",
        ["deputy"] = null,
        ["review"] = "agreed",
        ["OutcomeBody.fields"] = new JsonObject(),
        ["OutcomeBody.themes"] = null,
        ["OpeningBody.agencies"] = null,
        ["OpeningBody.named"] = new JsonObject
        {
            ["independentReviewingOfficer"] = new JsonObject
            {
                ["name"] = "Ira Officer",
                ["email"] = "ira@school.example.org",
            },
        },
        ["OpeningBody.fields"] = new JsonObject { ["levelOfNeed"] = "childInNeed" },
        ["OpeningBody.receivedBy"] = new JsonArray(
            new JsonObject { ["agency"] = "trust", ["name"] = "Rowan Receiver" }
        ),
        ["HandOverBody.from"] = "school/lead",
        ["ChangeContactBody.from"] = null,
        ["SkipBody.to"] = "2",
        ["AgencyBody.id"] = "school",
        ["Absence.from"] = "2026-10-05",
        ["Absence.to"] = "2026-10-06",
    };

    public static JsonObject Of(Type type)
    {
        var body = new JsonObject();
        foreach (
            var property in type.GetProperties()
                .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null && p.CanWrite)
        )
        {
            var name = NameOf(property);
            body[name] =
                IsKnown($"{type.Name}.{name}", out var known) || IsKnown(name, out known)
                    ? known
                    : ValueOf(property.PropertyType);
        }
        // A move is another one each time.
        if (typeof(MoveBody).IsAssignableFrom(type))
            body["id"] = null;
        return body;
    }

    private static bool IsKnown(string name, out JsonNode? known)
    {
        var isThere = Known.TryGetValue(name, out var value);
        known = value?.DeepClone();
        return isThere;
    }

    private static JsonNode ValueOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool))
            return true;
        if (type == typeof(int))
            return 1;
        if (type == typeof(DateOnly))
            return "2026-09-28";
        if (type == typeof(DateTimeOffset))
            return "2026-09-25T10:00:00Z";
        if (type == typeof(string) || type == typeof(JsonElement))
            return "Some words";
        if (!type.IsGenericType)
            return Of(type);
        var entry = type.GetGenericArguments()[^1];
        return type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            ? new JsonObject { ["levelOfNeed"] = ValueOf(entry) }
            : new JsonArray(ValueOf(entry));
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
