using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

[JsonSerializable(typeof(CaseEvent))]
[JsonSerializable(typeof(CommandMark))]
[JsonSerializable(typeof(PrivateWords))]
[JsonSerializable(typeof(CaseCommand))]
[JsonSerializable(typeof(OpenCase))]
internal sealed partial class CaseJson : JsonSerializerContext
{
    public static CaseJson Plain { get; } = new(Format());

    /// <summary>Of what is stored. Texts keep their letters: the JSON is stored and hashed, never put into a page.</summary>
    public static JsonSerializerOptions Format() =>
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
}
