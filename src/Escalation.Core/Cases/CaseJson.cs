using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Core.Reporting;

namespace Escalation.Core.Cases;

/// <summary>An event as it is hashed: its number, instant, what happened, the command that caused it and the seal of its private words.</summary>
/// <param name="Command">Written with the first event that the command caused; null with what fell due.</param>
/// <param name="By">Number of the event that bears this one's command, where that is an earlier one.</param>
internal sealed record CanonicalEvent(int Number, DateTimeOffset At, CaseEvent Event, CommandMark? Command, int? By, string? Seal);

[JsonSerializable(typeof(CanonicalEvent))]
[JsonSerializable(typeof(PrivateWords))]
[JsonSerializable(typeof(CaseCommand))]
[JsonSerializable(typeof(OpenCase))]
[JsonSerializable(typeof(TrackerRow))]
internal sealed partial class CaseJson : JsonSerializerContext
{
    /// <summary>Texts keep their letters: the JSON is stored and hashed, never put into a page.</summary>
    public static CaseJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
