using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Escalation.Core.Storage;

[JsonSerializable(typeof(TrackerRow))]
internal sealed partial class TrackerJson : JsonSerializerContext
{
    /// <summary>As <see cref="Cases.CaseJson.Plain"/>: stored, never put into a page.</summary>
    public static TrackerJson Plain { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
