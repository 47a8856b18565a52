using System.Text.Json.Serialization;
using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

[JsonSerializable(typeof(TrackerRow))]
internal sealed partial class TrackerJson : JsonSerializerContext
{
    public static TrackerJson Plain { get; } = new(CaseJson.Format());
}
