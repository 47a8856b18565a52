using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>What ended a hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HoldEnding>))]
public enum HoldEnding
{
    /// <summary>Its review, in agreement.</summary>
    [JsonStringEnumMemberName("agreed")]
    Agreed,

    /// <summary>Its review, without agreement.</summary>
    [JsonStringEnumMemberName("unresolved")]
    Unresolved,

    [JsonStringEnumMemberName("outcome")]
    Outcome,

    [JsonStringEnumMemberName("urgent")]
    Urgent,

    [JsonStringEnumMemberName("skipped")]
    Skipped,

    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}
