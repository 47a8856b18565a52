namespace Escalation.Web.Site.SignIn;

/// <summary>Who a key stands for.</summary>
/// <param name="Id">1 to 40 lower-case letters, digits and hyphens; recorded as <c>key:ID</c> with everything done with it.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Partnership">Required for <see cref="Roles.BusinessManager"/> and <see cref="Roles.Practitioner"/>; an
/// intake key without one opens for every partnership.</param>
/// <param name="Agency">Only for <see cref="Roles.Practitioner"/>.</param>
/// <param name="Name">For people: whose key it is.</param>
public sealed record AccessKey(string Id, string Role, string? Partnership, string? Agency, string Name)
{
    /// <summary>What is wrong with it, or null.</summary>
    public string? Fault() =>
        this switch
        {
            _ when Id.Length is 0 or > 40
                    || !Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') =>
                "The id is 1 to 40 lower-case letters, digits and hyphens.",
            _ when !Roles.All.Contains(Role) => $"The role is one of {string.Join(", ", Roles.All)}.",
            { Role: Roles.Administrator, Partnership: not null } => "An administrator has no partnership.",
            { Role: Roles.BusinessManager or Roles.Practitioner, Partnership: null or "" } =>
                $"A {Role} needs a partnership.",
            { Role: Roles.Practitioner, Agency: null or "" } => "A Practitioner needs an agency.",
            { Role: not Roles.Practitioner, Agency: not null } => "Only a Practitioner has an agency.",
            _ when string.IsNullOrWhiteSpace(Name) => "A key needs a name that says whose it is.",
            _ => null,
        };
}

public static class Roles
{
    /// <summary>The installation: everything, in every partnership.</summary>
    public const string Administrator = "Administrator";

    /// <summary>A partnership.</summary>
    public const string BusinessManager = "BusinessManager";

    /// <summary>An agency: sees only its cases, acts only in its name.</summary>
    public const string Practitioner = "Practitioner";

    /// <summary>Opens and replays; reads nothing.</summary>
    public const string Intake = "Intake";

    public static IReadOnlyList<string> All { get; } = [Administrator, BusinessManager, Practitioner, Intake];
}
