using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Core.Cases;
using Escalation.Web.Api;

namespace Escalation.Web.Intake;

/// <summary>One person, or a list; a text stands for an agency's id.</summary>
internal sealed class IntakePeopleConverter : JsonConverter<IReadOnlyList<IntakePerson>>
{
    private const string Wrong = "An agency's person ({ \"agency\": … }), or a list of them.";

    public override IReadOnlyList<IntakePerson> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return [One(ref reader)];
        var people = new List<IntakePerson>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            people.Add(One(ref reader));
        return people;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IntakePerson> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var person in value)
            JsonSerializer.Serialize(writer, person, ApiJson.Default.IntakePerson);
        writer.WriteEndArray();
    }

    private static IntakePerson One(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new IntakePerson(reader.GetString(), null, null, null, null, null, null);
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new BadValueException(Wrong);
        try
        {
            return JsonSerializer.Deserialize(ref reader, ApiJson.Default.IntakePerson) ?? throw new BadValueException(Wrong);
        }
        catch (JsonException e) when (e is not BadValueException)
        {
            throw new BadValueException($"{e.Path?.TrimStart('$').TrimStart('.')}: not the kind of value expected here.");
        }
    }
}
