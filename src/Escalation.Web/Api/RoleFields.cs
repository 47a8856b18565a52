namespace Escalation.Web.Api;

/// <summary>Where the body and a form of an opening hold the person of a role.</summary>
internal static class RoleFields
{
    /// <summary>They have a field of their own in the HTTP contract, from before policies named others.</summary>
    public const string ReviewingOfficer = "independentReviewingOfficer";

    public static string Of(string role) => role == ReviewingOfficer ? role : $"named.{role}";
}
