using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Api;

/// <summary>
/// A list of texts. One text stands for a list of one, or for the list that it holds as JSON, which is how Power Automate hands on several
/// choices (<c>"[\"a\",\"b\"]"</c>). Empty texts are left out; <c>null</c> in a list is refused.
/// </summary>
internal sealed class TextListConverter : JsonConverter<IReadOnlyList<string>>
{
    private const string Wrong = "A list of texts, or one.",
        NullEntry = "An entry is null.";

    public override IReadOnlyList<string> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        reader.TokenType switch
        {
            JsonTokenType.StartArray => Listed(ref reader),
            JsonTokenType.String => Held(reader.GetString()!),
            _ => throw new BadValueException(Wrong),
        };

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var text in value)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static List<string> Listed(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw new BadValueException(reader.TokenType == JsonTokenType.Null ? NullEntry : Wrong);
            if (TypedText.OrNull(reader.GetString()) is { } text)
                texts.Add(text);
        }
        return texts;
    }

    private static IReadOnlyList<string> Held(string text)
    {
        if (TypedText.OrNull(text) is not { } typed)
            return [];
        if (typed[0] != '[')
            return [typed];
        try
        {
            using var json = JsonDocument.Parse(typed);
            var entries = json.RootElement.EnumerateArray().ToList();
            return entries.TrueForAll(e => e.ValueKind == JsonValueKind.String)
                ? [.. entries.Select(e => TypedText.OrNull(e.GetString())).OfType<string>()]
                : [typed];
        }
        catch (JsonException)
        {
            return [typed];
        }
    }
}
