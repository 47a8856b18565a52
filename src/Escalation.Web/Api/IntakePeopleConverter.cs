using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Core.Cases;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Api;

/// <summary>One person, or a list; a text stands for an agency's id, and an empty one for nobody.</summary>
internal sealed class IntakePeopleConverter : JsonConverter<IReadOnlyList<IntakePerson>>
{
    private const string Wrong = "An agency's person ({ \"agency\": … }), or a list of them.";

    public override IReadOnlyList<IntakePerson> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        var people = new List<IntakePerson>();
        if (reader.TokenType != JsonTokenType.StartArray)
            Add(people, ref reader);
        else
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                Add(people, ref reader);
        return people;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IntakePerson> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var person in value)
            JsonSerializer.Serialize(writer, person, ApiJson.Default.IntakePerson);
        writer.WriteEndArray();
    }

    private static void Add(List<IntakePerson> people, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            people.Add(One(ref reader));
        else if (TypedText.OrNull(reader.GetString()) is { } agency)
            people.Add(new IntakePerson(agency, null, null, null, null, null, null));
    }

    private static IntakePerson One(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new BadValueException(Wrong);
        try
        {
            return JsonSerializer.Deserialize(ref reader, ApiJson.Default.IntakePerson)
                ?? throw new BadValueException(Wrong);
        }
        catch (JsonException e)
        {
            throw new BadValueException(
                $"{e.Path?.TrimStart('$').TrimStart('.')}: not the kind of value expected here."
            );
        }
    }
}
