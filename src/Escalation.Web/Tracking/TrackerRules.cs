using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Api;

namespace Escalation.Web.Tracking;

/// <summary>
/// What rows need to be put in words: names of agencies and procedures, calendars. Read once for a page, from what is
/// kept in memory.
/// </summary>
public sealed class TrackerRules
{
    private readonly PolicyCatalogue _policies;
    private readonly Dictionary<string, PartnershipRules> _partnerships;

    private TrackerRules(PolicyCatalogue policies, Dictionary<string, PartnershipRules> partnerships) =>
        (_policies, _partnerships) = (policies, partnerships);

    /// <param name="partnership">Null: all.</param>
    public static async Task<TrackerRules> OfAsync(
        RuleBook rules,
        string? partnership,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var installed = await rules.InstalledAsync(cancel);
        var partnerships = new Dictionary<string, PartnershipRules>(StringComparer.Ordinal);
        foreach (var id in installed.Partnerships.Where(p => partnership is null || p == partnership))
            partnerships[id] = await rules.PartnershipAsync(id, now, cancel);
        return new TrackerRules(installed.Catalogue, partnerships);
    }

    /// <summary>By name; all that there are, whoever asks.</summary>
    public IEnumerable<(string Id, string Name)> AllPartnerships =>
        _policies
            .All.Select(p => (p.Partnership, p.PartnershipName))
            .Distinct()
            .OrderBy(p => p.PartnershipName, StringComparer.OrdinalIgnoreCase);

    /// <summary>Of the partnerships asked for.</summary>
    public IEnumerable<Policy> Policies => _policies.All.Where(p => _partnerships.ContainsKey(p.Partnership));

    public IEnumerable<string> Partnerships => _partnerships.Keys;

    public string PartnershipName(string partnership) =>
        _policies.All.FirstOrDefault(p => p.Partnership == partnership)?.PartnershipName ?? partnership;

    /// <summary>The partnership's agencies by name, without its own entry.</summary>
    public IEnumerable<(string Id, string Name)> Agencies(string partnership) =>
        _partnerships[partnership]
            .Directory.Agencies.Where(a => a.Id != partnership)
            .Select(a => (a.Id, a.Name))
            .OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase);

    public Policy? PolicyOf(TrackerRow row) => _policies.Find(row.Policy);

    public WorkingCalendar CalendarOf(TrackerRow row) => CalendarOf(row.Partnership, PolicyOf(row));

    public WorkingCalendar CalendarOf(string partnership) => CalendarOf(partnership, null);

    /// <summary>An agency outside the directory is not named: its name was typed at intake.</summary>
    public string AgencyName(TrackerRow row, Party party) =>
        _partnerships[row.Partnership].Directory.Find(party.Agency)?.Name
        ?? (party.IsListed ? party.Agency : "an agency that is not in the directory");

    /// <summary>Where this program can read none of the partnership's policies, its working time is taken to be as the others'.</summary>
    private WorkingCalendar CalendarOf(string partnership, Policy? policy) =>
        _partnerships[partnership]
            .CalendarFor(
                policy?.Partnership == partnership
                    ? policy
                    : Policies.FirstOrDefault(p => p.Partnership == partnership) ?? _policies.All[0]
            );
}
