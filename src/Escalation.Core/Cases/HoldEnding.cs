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

    /// <summary>The longest that the policy lets one go on.</summary>
    [JsonStringEnumMemberName("limit")]
    Limit,

    [JsonStringEnumMemberName("outcome")]
    Outcome,

    [JsonStringEnumMemberName("urgent")]
    Urgent,

    [JsonStringEnumMemberName("skipped")]
    Skipped,

    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}
