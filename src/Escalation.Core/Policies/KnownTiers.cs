namespace Escalation.Core.Policies;

/// <summary>
/// The tiers that the shipped policies ask or tell, with names for people, lowest first: what a directory form offers. A partnership's
/// own policy may use others. Where a stage names several, whoever of them an agency has is asked.
/// </summary>
public static class KnownTiers
{
    /// <summary>Tiers in an agency's directory entry. <c>practitioner</c> comes from the intake.</summary>
    public static IReadOnlyList<Term> OfAgencies { get; } =
    [
        new("practitioner", "Practitioner"),
        new("lineManager", "Line or team manager"),
        new("safeguardingSupervisor", "Safeguarding supervisor"),
        new("safeguardingLead", "Named or designated safeguarding lead"),
        new("designatedProfessional", "Designated or named professional"),
        new("childProtectionOfficer", "Named Child Protection Officer"),
        new("secondTierManager", "Second-tier manager"),
        new("serviceManager", "Service manager"),
        new("headOfSafeguarding", "Head of Safeguarding"),
        new("seniorManager", "Senior manager"),
        new("headOfService", "Head of service"),
        new("director", "Director or chief officer"),
        new("departmentalHead", "Departmental head with responsibility for safeguarding"),
        new("partnershipRepresentative", "Representative on the partnership or Board"),
        new("directorForQualityAndReview", "Director for Quality and Review (Sandwell Children's Trust)"),
        new("mash", "MASH (Suffolk: the team that receives)"),
        new("practiceManager", "MASH Practice Manager"),
    ];

    /// <summary>Tiers in the partnership's own directory entry.</summary>
    public static IReadOnlyList<Term> OfPartnerships { get; } =
    [
        new("businessManager", "Business manager"),
        new("partnershipManager", "Partnership Manager"),
        new("boardManager", "Board manager"),
        new("scrutineer", "Independent Scrutineer"),
        new("chair", "Chair"),
        new("board", "Board"),
        new("statutoryPartners", "Statutory safeguarding partners"),
        new("headOfAdultSafeguarding", "Head of Adult Safeguarding"),
        new("mash", "MASH"),
    ];
}
