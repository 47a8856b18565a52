using System.Security.Claims;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.SignIn;

/// <summary>Who calls, whatever way they signed in.</summary>
/// <param name="Actor">As recorded with events: <c>key:ID</c>.</param>
public sealed record Caller(string Actor, string Role, string? Partnership, string? Agency, string Name)
{
    public const string ActorClaim = "escalation:actor",
        RoleClaim = "escalation:role",
        PartnershipClaim = "escalation:partnership",
        AgencyClaim = "escalation:agency";

    public bool IsIntake => Role == Roles.Intake;
    public bool IsPractitioner => Role == Roles.Practitioner;

    /// <summary>True for those who run a partnership: they may see addresses of people.</summary>
    public bool IsManager => Role is Roles.Administrator or Roles.BusinessManager;

    public bool Covers(string partnership) =>
        Role == Roles.Administrator || Partnership == partnership || (IsIntake && Partnership is null);

    /// <summary>Whether the case is there for this caller; else it is 404.</summary>
    public bool Sees(Case c, Policy policy) =>
        !IsIntake && Covers(c.Partnership) && (!IsPractitioner || Audience.Of(c, policy).Contains(Agency));

    /// <summary>The caller as a reader of cases. Whoever does not run a partnership reads for an agency, if need be for none.</summary>
    public CaseReader Reader => IsManager ? CaseReader.Partnership : new CaseReader(Agency ?? "", Addresses: false);

    /// <summary>Whether the caller may speak in this agency's name.</summary>
    public bool SpeaksFor(string? agency) => !IsPractitioner || agency == Agency;

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, RoleClaim);
        identity.AddClaim(new Claim(ClaimTypes.Name, Name));
        identity.AddClaim(new Claim(ActorClaim, Actor));
        identity.AddClaim(new Claim(RoleClaim, Role));
        if (Partnership is not null)
            identity.AddClaim(new Claim(PartnershipClaim, Partnership));
        if (Agency is not null)
            identity.AddClaim(new Claim(AgencyClaim, Agency));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>The caller behind a principal that <see cref="ToPrincipal"/> made; null for any other.</summary>
    public static Caller? From(ClaimsPrincipal user) =>
        user.FindFirst(ActorClaim)?.Value is { } actor && user.FindFirst(RoleClaim)?.Value is { } role
            ? new Caller(
                actor,
                role,
                user.FindFirst(PartnershipClaim)?.Value,
                user.FindFirst(AgencyClaim)?.Value,
                user.Identity?.Name ?? actor
            )
            : null;
}

public static class CallerOfRequest
{
    /// <summary>Who calls. Only for endpoints with <see cref="Access"/>, which are reached signed in.</summary>
    public static Caller Caller(this HttpContext context) =>
        SignIn.Caller.From(context.User)
        ?? throw new InvalidOperationException("This endpoint was reached without signing in.");
}
