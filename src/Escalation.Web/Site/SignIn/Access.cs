using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Builder;

namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Who may call an endpoint: what ASP.NET Core's authorisation requires of its caller, and a line of
/// <see cref="AccessTable"/>.
/// </summary>
/// <param name="What">What it does, for the table.</param>
/// <param name="Scope">What narrows it for some roles; null: nothing.</param>
public sealed record Access(IReadOnlyList<string> Roles, string What, string? Scope) : IAuthorizationRequirementData
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new RolesAuthorizationRequirement(Roles)];
}

internal static class AccessConventions
{
    private static readonly string[] StaffRoles = [Roles.Administrator, Roles.BusinessManager, Roles.Practitioner];
    private static readonly string[] ManagerRoles = [Roles.Administrator, Roles.BusinessManager];

    public static T ForStaff<T>(this T endpoint, string what, string? scope = null)
        where T : IEndpointConventionBuilder => endpoint.With(StaffRoles, what, scope);

    public static T ForManagers<T>(this T endpoint, string what, string? scope = null)
        where T : IEndpointConventionBuilder => endpoint.With(ManagerRoles, what, scope);

    public static T ForAdministrators<T>(this T endpoint, string what)
        where T : IEndpointConventionBuilder => endpoint.With([Roles.Administrator], what, null);

    public static T ForIntakeAndStaff<T>(this T endpoint, string what, string? scope = null)
        where T : IEndpointConventionBuilder => endpoint.With([.. StaffRoles, Roles.Intake], what, scope);

    private static T With<T>(this T endpoint, IReadOnlyList<string> roles, string what, string? scope)
        where T : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(new Access(roles, what, scope));
        return endpoint;
    }
}
