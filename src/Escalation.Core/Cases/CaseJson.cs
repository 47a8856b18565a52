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
    /// <summary>Texts keep their letters: the JSON is stored and hashed, never put into a page.</summary>
    public static CaseJson Plain { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
