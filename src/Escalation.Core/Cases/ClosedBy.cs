using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>What closed a stage.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClosedBy>))]
public enum ClosedBy
{
    [JsonStringEnumMemberName("person")]
    Person,

    [JsonStringEnumMemberName("deadline")]
    Deadline,
}
