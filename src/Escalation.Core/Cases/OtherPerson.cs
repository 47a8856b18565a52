using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

public sealed record OtherPerson(string Name, string? Role, string? Agency);
