using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>An agency in a case. Id <see cref="Other"/> followed by a number stands for one that is not in the directory.</summary>
public sealed record Party(Side Side, string Agency)
{
    public const string Other = "other";
    public bool IsListed => !Agency.StartsWith(Other + "-", StringComparison.Ordinal);
}
