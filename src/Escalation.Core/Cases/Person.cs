using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>The person whom the concern is about; personal data.</summary>
/// <param name="Kind"><c>child</c>, <c>adult</c> or <c>family</c>, of those that the policy covers.</param>
/// <param name="Name">Null for a family that is not named.</param>
public sealed record Person(string Kind, string? Name, DateOnly? DateOfBirth, string? Address);
