using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Escalation.Core.Policies;

/// <summary>
/// Compares a JSON document with the types it is to become and reports every difference, where the serializer would stop at the first.
/// A document that passes can be deserialized.
/// </summary>
internal static class PolicyShape
{
    private const string GivenOnce = "must be given once";

    public static void Check(JsonTypeInfo type, JsonElement json, string path, PolicyErrors errors)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(type, json, path, errors);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(type, json, path, errors);
                break;
            default:
                if (ScalarFault(Nullable.GetUnderlyingType(type.Type) ?? type.Type, json) is { } fault)
                    errors.Add(Named(path), fault);
                break;
        }
    }

    /// <summary>Reports every member that an object of the document gives again.</summary>
    public static void CheckDoubles(JsonElement json, string path, PolicyErrors errors)
    {
        if (json.ValueKind == JsonValueKind.Array)
            foreach (var (i, item) in json.EnumerateArray().Index())
                CheckDoubles(item, $"{path}[{i}]", errors);
        if (json.ValueKind != JsonValueKind.Object)
            return;
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
            if (given.Add(member.Name))
                CheckDoubles(member.Value, Join(path, member.Name), errors);
            else
                errors.Add(Join(path, member.Name), GivenOnce);
    }

    private static void CheckObject(JsonTypeInfo type, JsonElement json, string path, PolicyErrors errors)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add(Named(path), "must be an object");
            return;
        }

        var known = type.Properties.Where(CanBeGiven).ToDictionary(p => p.Name, StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            var field = Join(path, member.Name);
            if (!given.Add(member.Name))
                errors.Add(field, GivenOnce);
            else if (!known.TryGetValue(member.Name, out var property))
                errors.Add(field, $"is not a known field{PolicyWords.Meant(member.Name, known.Keys)}");
            else
                CheckMember(property, member.Value, field, errors);
        }

        foreach (var property in known.Values.Where(p => MustBeGiven(p) && !given.Contains(p.Name)))
            errors.Add(Join(path, property.Name), "must be given");
    }

    private static void CheckMember(JsonPropertyInfo property, JsonElement json, string path, PolicyErrors errors)
    {
        if (json.ValueKind != JsonValueKind.Null)
            Check(property.Options.GetTypeInfo(property.PropertyType), json, path, errors);
        else if (!AllowsNull(property))
            errors.Add(path, "must not be null");
    }

    private static void CheckList(JsonTypeInfo type, JsonElement json, string path, PolicyErrors errors)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            errors.Add(Named(path), "must be a list");
            return;
        }

        var element = type.Options.GetTypeInfo(type.ElementType!);
        foreach (var (i, item) in json.EnumerateArray().Index())
            Check(element, item, $"{path}[{i}]", errors);
    }

    private static string? ScalarFault(Type type, JsonElement json) =>
        type switch
        {
            _ when type == typeof(string) => TextFault(json),
            _ when type == typeof(int) => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out _)
                ? null
                : "must be a whole number",
            _ when type == typeof(bool) => json.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? null
                : "must be true or false",
            _ when type == typeof(TimeOnly) => json.ValueKind == JsonValueKind.String
            && ClockTimeConverter.TryParse(json.GetString(), out _)
                ? null
                : "must be a time of day as \"17:00\"",
            { IsEnum: true } => EnumFault(type, json),
            _ => throw new NotSupportedException($"A policy document cannot hold a {type.Name}."),
        };

    private static string? TextFault(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
            return "must be text";
        var text = json.GetString()!;
        if (string.IsNullOrWhiteSpace(text))
            return "must not be empty";
        return text.Any(char.IsControl) ? "must not hold line breaks or control characters" : null;
    }

    private static string? EnumFault(Type type, JsonElement json)
    {
        var names = Enum.GetValuesAsUnderlyingType(type)
            .Cast<object>()
            .Select(v =>
                JsonSerializer.SerializeToElement(Enum.ToObject(type, v), type, PolicyDocument.Options).GetString()!
            )
            .ToList();
        return json.ValueKind == JsonValueKind.String && names.Contains(json.GetString()!, StringComparer.Ordinal)
            ? null
            : $"must be one of {string.Join(", ", names)}{PolicyWords.Meant(Typed(json), names)}";
    }

    private static string Typed(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString()! : "";

    /// <summary>False: it is worked out of others.</summary>
    public static bool CanBeGiven(JsonPropertyInfo property) =>
        property.Set is not null || property.AssociatedParameter is not null;

    public static bool MustBeGiven(JsonPropertyInfo property) =>
        !AllowsNull(property)
        && (
            property.IsRequired
            || property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false }
        );

    private static bool AllowsNull(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null
            : property.IsSetNullable;

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    public static string Named(string path) => path.Length == 0 ? "document" : path;
}
