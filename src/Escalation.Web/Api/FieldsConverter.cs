using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Api;

/// <summary>
/// A policy's own fields, flattened: a text under its id; of <c>{ "value", "legalStatus" }</c> the value under the id and the status under
/// <c>ID.legalStatus</c>; <c>true</c> is <c>yes</c>; <c>null</c> and an empty text are left out.
/// </summary>
internal sealed class FieldsConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    private const string Wrong = "Each a text, or { \"value\": …, \"legalStatus\": … }; no name twice.";

    public override IReadOnlyDictionary<string, string> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new BadValueException(Wrong);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var id = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadParts(ref reader, id, fields);
            else
                Keep(fields, id, TextOf(ref reader));
        }
        return fields;
    }

    public override void Write(
        Utf8JsonWriter writer,
        IReadOnlyDictionary<string, string> value,
        JsonSerializerOptions options
    )
    {
        writer.WriteStartObject();
        foreach (var (id, text) in value)
            writer.WriteString(id, text);
        writer.WriteEndObject();
    }

    private static void ReadParts(ref Utf8JsonReader reader, string id, Dictionary<string, string> fields)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var part = reader.GetString();
            reader.Read();
            Keep(
                fields,
                part switch
                {
                    "value" => id,
                    "legalStatus" => $"{id}.legalStatus",
                    _ => throw new BadValueException(Wrong),
                },
                TextOf(ref reader)
            );
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => TypedText.OrNull(reader.GetString()),
            JsonTokenType.True => "yes",
            JsonTokenType.False => "no",
            JsonTokenType.Null => null,
            _ => throw new BadValueException(Wrong),
        };

    private static void Keep(Dictionary<string, string> fields, string id, string? text)
    {
        if (text is not null && !fields.TryAdd(id, text))
            throw new BadValueException(Wrong);
    }
}
