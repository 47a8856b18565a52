using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>What a notice's links let its recipient do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeAction>))]
public enum NoticeAction
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Record the stage's outcome, or escalate.</summary>
    [JsonStringEnumMemberName("outcome")]
    Outcome,

    /// <summary>Confirm or dispute an agreed outcome.</summary>
    [JsonStringEnumMemberName("confirm")]
    Confirm,
}
