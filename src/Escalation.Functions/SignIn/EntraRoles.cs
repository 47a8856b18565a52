using System.Text.Json.Serialization;
using Escalation.Web.Site.SignIn;

namespace Escalation.Functions.SignIn;

/// <summary>The principal as the platform writes it.</summary>
internal sealed record ClientPrincipal(
    [property: JsonPropertyName("auth_typ")] string? Provider,
    [property: JsonPropertyName("role_typ")] string? RoleType,
    IReadOnlyList<ClientClaim?>? Claims
);

internal sealed record ClientClaim(
    [property: JsonPropertyName("typ")] string? Type,
    [property: JsonPropertyName("val")] string? Value
);

/// <summary>
/// App roles of the Entra application, as roles of ours: <c>Administrator</c>, <c>BusinessManager.PARTNERSHIP</c>,
/// <c>Practitioner.PARTNERSHIP.AGENCY</c>. Of several the widest counts, and of equally wide ones the first by name.
/// </summary>
internal static class EntraRoles
{
    private static readonly string[] IdTypes = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];
    private static readonly string[] NameTypes = ["name", "preferred_username"];

    /// <summary>Null for a principal of another provider, without an id, or without a role of ours.</summary>
    public static Caller? CallerOf(ClientPrincipal principal)
    {
        if (principal is not { Provider: "aad", Claims: { } sent })
            return null;
        var claims = sent.OfType<ClientClaim>().ToList();
        if (First(claims, IdTypes) is not { } id)
            return null;
        var name = First(claims, NameTypes) ?? id;
        return claims
            .Where(c => c.Type is not null && (c.Type == principal.RoleType || c.Type == "roles"))
            .Select(c => RoleOf(c.Value ?? "", $"entra:{id}", name))
            .OfType<Caller>()
            .OrderBy(c => Array.IndexOf(Widest, c.Role))
            .ThenBy(c => c.Partnership, StringComparer.Ordinal)
            .ThenBy(c => c.Agency, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static readonly string[] Widest = [Roles.Administrator, Roles.BusinessManager, Roles.Practitioner];

    private static Caller? RoleOf(string value, string actor, string name) =>
        value.Split('.') switch
        {
            [Roles.Administrator] => new Caller(actor, Roles.Administrator, null, null, name),
            [Roles.BusinessManager, { Length: > 0 } partnership] => new Caller(
                actor,
                Roles.BusinessManager,
                partnership,
                null,
                name
            ),
            [Roles.Practitioner, { Length: > 0 } partnership, { Length: > 0 } agency] => new Caller(
                actor,
                Roles.Practitioner,
                partnership,
                agency,
                name
            ),
            _ => null,
        };

    private static string? First(IReadOnlyList<ClientClaim> claims, string[] types) =>
        types
            .Select(t => claims.FirstOrDefault(c => c.Type == t && c.Value is { Length: > 0 })?.Value)
            .FirstOrDefault(v => v is not null);
}
