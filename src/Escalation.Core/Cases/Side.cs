using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>Whose part an agency takes in a case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Side>))]
public enum Side
{
    [JsonStringEnumMemberName("raising")]
    Raising,

    [JsonStringEnumMemberName("receiving")]
    Receiving,

    /// <summary>An agency of a procedure where nobody receives.</summary>
    [JsonStringEnumMemberName("involved")]
    Involved,

    [JsonStringEnumMemberName("partnership")]
    Partnership,
}

public static class Sides
{
    /// <summary>As stored events, policies and the keys of notices name it: "raising".</summary>
    public static string Word(this Side side) => side.ToString().ToLowerInvariant();
}
