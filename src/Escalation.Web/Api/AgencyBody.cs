using Escalation.Core.Directory;

namespace Escalation.Web.Api;

/// <summary>An agency's directory entry as given: everything in it replaces what was there.</summary>
public sealed record AgencyBody(
    string? Id,
    string? Name,
    IReadOnlyList<string?>? Domains,
    IReadOnlyList<ContactBody?>? Contacts
);

/// <param name="Id">Part of a notice's key: never reuse one for another person.</param>
/// <param name="Deputy">A contact of the same agency.</param>
public sealed record ContactBody(
    string? Id,
    string? Name,
    string? Role,
    string? Email,
    IReadOnlyList<string?>? Tiers,
    string? Deputy,
    IReadOnlyList<Absence?>? Absences
);

public sealed record AgencyName(string Id, string Name);
