using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>A person named in the case itself rather than in the directory. Name and address lie in the private part.</summary>
/// <param name="Id">Unique in the case: <c>intake/raisedBy</c>, <c>handed/12</c>.</param>
/// <param name="Tier">The directory tier this person stands for here, or <c>named:…</c>.</param>
/// <param name="Accepted">False until the business manager accepts an address outside the agency's domains.</param>
/// <param name="Replaces">The contact (of this case or the directory) whose links lapsed when this one took over.</param>
public sealed record CaseContact(
    string Id,
    Side Side,
    string Agency,
    string Tier,
    bool Reachable,
    bool Accepted,
    string? Replaces = null
);
