using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

public sealed record Person(string Kind, string? Name, DateOnly? DateOfBirth, string? Address);
