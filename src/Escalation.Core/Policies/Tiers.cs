namespace Escalation.Core.Policies;

/// <summary>Tier ids with a meaning of their own; the others are the policies'.</summary>
public static class Tiers
{
    /// <summary>The people named at intake.</summary>
    public const string Practitioner = "practitioner";

    /// <summary>The directory's, or the one a practitioner named at intake as their own.</summary>
    public const string LineManager = "lineManager";
    public const string SafeguardingLead = "safeguardingLead";

    /// <summary>
    /// In a rule of telling: of the agencies that have an action by the outcome told of, the people whom its reminders will reach.
    /// </summary>
    public const string ActionOwners = "actionOwners";

    /// <summary>An agency's own representative on the partnership: acts for the partnership, not for the agency.</summary>
    public const string PartnershipRepresentative = "partnershipRepresentative";

    /// <summary>In the partnership's own entry: acts where an agency has no representative.</summary>
    public const string PartnershipManager = "partnershipManager";

    /// <summary>In the partnership's own entry.</summary>
    public const string BusinessManager = "businessManager";
}
