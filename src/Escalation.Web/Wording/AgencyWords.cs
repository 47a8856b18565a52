using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;

namespace Escalation.Web.Wording;

/// <summary>Agencies by name, and the agencies' own case numbers.</summary>
public static class AgencyWords
{
    /// <summary>The directory's name. An agency that is not in it is not named: its name was typed at intake.</summary>
    public static string Name(Case c, PartnershipDirectory directory, Policy policy, string agency) =>
        agency == c.Partnership
            ? policy.PartnershipName
            : directory.Find(agency)?.Name
                ?? (
                    c.Parties.FirstOrDefault(p => p.Agency == agency) is { IsListed: false }
                        ? "an agency that is not in the directory"
                        : agency
                );

    /// <summary>Names of the agencies of a side, joined by "and".</summary>
    public static string Names(Case c, PartnershipDirectory directory, Policy policy, Side side) =>
        string.Join(" and ", c.AgenciesOf(side).Select(a => Name(c, directory, policy, a)));

    /// <summary>Each agency's own case number where it gave one, in the order of the parties: how people know which person it is.</summary>
    public static IEnumerable<(string Agency, string Number)> CaseNumbers(
        Case c,
        PartnershipDirectory directory,
        Policy policy
    )
    {
        foreach (var party in c.Parties)
            if (
                c.Intake?.CaseNumbers is { } numbers
                && numbers.TryGetValue(party.Agency, out var number)
                && number.Length > 0
            )
                yield return (Name(c, directory, policy, party.Agency), number);
    }
}
