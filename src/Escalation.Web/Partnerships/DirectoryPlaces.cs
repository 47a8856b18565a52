using Escalation.Core.Directory;

namespace Escalation.Web.Partnerships;

/// <summary>Where an agency stands in the directory's lists, and whether an agency or a contact is what somebody looks for.</summary>
internal static class DirectoryPlaces
{
    /// <summary>By name.</summary>
    public static string Of(Agency agency) => $"{agency.Name.ToUpperInvariant()}\n{agency.Id}";

    /// <summary>Whether the text is a part of its name, its short name or one of its mail domains. Every agency is like nothing.</summary>
    public static bool IsLike(Agency agency, string text) =>
        Has(agency.Name, text) || Has(agency.Id, text) || agency.Domains.Any(d => Has(d, text));

    /// <summary>Whether the text is a part of the person's name, role or email address.</summary>
    public static bool IsLike(Contact contact, string text) =>
        Has(contact.Name, text) || Has(contact.Email, text) || (contact.Role is { } role && Has(role, text));

    private static bool Has(string whole, string part) => whole.Contains(part, StringComparison.OrdinalIgnoreCase);
}
