using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>How far a notice has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeState>))]
public enum NoticeState
{
    [JsonStringEnumMemberName("queued")]
    Queued,

    [JsonStringEnumMemberName("sent")]
    Sent,

    [JsonStringEnumMemberName("delivered")]
    Delivered,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Its stage was past before it went out.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,
}
