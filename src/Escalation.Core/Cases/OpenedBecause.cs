using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>Why a stage opened.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OpenedBecause>))]
public enum OpenedBecause
{
    [JsonStringEnumMemberName("raised")]
    Raised,

    /// <summary>A person escalated the stage before.</summary>
    [JsonStringEnumMemberName("escalated")]
    Escalated,

    /// <summary>The deadline of the stage before was missed.</summary>
    [JsonStringEnumMemberName("deadline")]
    Deadline,

    [JsonStringEnumMemberName("skipped")]
    Skipped,

    /// <summary>Imminent risk was reported.</summary>
    [JsonStringEnumMemberName("urgent")]
    Urgent,

    /// <summary>The review of a hold ended without agreement.</summary>
    [JsonStringEnumMemberName("review")]
    Review,

    /// <summary>An agreed outcome of the stage before was not confirmed in time.</summary>
    [JsonStringEnumMemberName("unconfirmed")]
    Unconfirmed,

    /// <summary>A person took the case from another policy to this one.</summary>
    [JsonStringEnumMemberName("led")]
    Led,
}
