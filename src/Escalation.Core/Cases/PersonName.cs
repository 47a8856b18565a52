using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

public sealed record PersonName(string Name, string? Role = null, string? Email = null, string? Agency = null);
