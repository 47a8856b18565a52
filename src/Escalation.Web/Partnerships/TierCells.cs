using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Wording;

namespace Escalation.Web.Partnerships;

/// <summary>A tier of an agency: who holds it, and what happens where nobody does.</summary>
/// <param name="Gap">Where its notices go; null while somebody is there, or when nothing asks the tier here.</param>
/// <param name="Weight">How much a gap matters.</param>
public sealed record TierCell(string Tier, string Name, IReadOnlyList<Holder> Holders, string? Gap, GapWeight Weight);

/// <param name="Away">Until when, and who stands in; null: here.</param>
public sealed record Holder(Contact Contact, string? Away);

public enum GapWeight
{
    None,

    /// <summary>Another agency's matter: nothing is missing.</summary>
    Elsewhere,

    /// <summary>Other people of the same stage are asked.</summary>
    Shared,

    /// <summary>Somebody is asked who is not of that stage.</summary>
    Missing,

    /// <summary>There is nobody to fall back to.</summary>
    Lost,
}

internal static class TierCells
{
    /// <summary>The tiers that the partnership's policies use, for one agency.</summary>
    public static IReadOnlyList<TierCell> Of(OpenedPartnership where, Agency agency) =>
        [.. TiersFor(where, agency.Id).Select(tier => Of(where, agency, tier))];

    public static IReadOnlyList<string> TiersFor(OpenedPartnership where, string agency) =>
        where.IsOwn(agency) ? Coverage.TiersOfPartnership(where.Policies) : Coverage.TiersOfAgencies(where.Policies);

    /// <summary>Some tiers have another name in the partnership's own entry.</summary>
    public static string NameOf(OpenedPartnership where, string agency, string tier) =>
        where.Policies.SelectMany(p => p.Tiers).FirstOrDefault(t => t.Id == tier)?.Name
        ?? (where.IsOwn(agency) ? KnownTiers.OfPartnerships.FirstOrDefault(t => t.Id == tier)?.Name : null)
        ?? StageWords.Tier(tier);

    private static TierCell Of(OpenedPartnership where, Agency agency, string tier)
    {
        var holders = agency
            .Contacts.Where(c => c.Tiers.Contains(tier))
            .Select(c => new Holder(c, AwayWords.Of(agency, c, where.Today)))
            .ToList();
        var name = NameOf(where, agency.Id, tier);
        if (where.Directory.Present(agency.Id, tier, where.Today).Any())
            return new TierCell(tier, name, holders, null, GapWeight.None);
        var detours = Coverage.Detours(where.Directory, where.Policies, agency.Id, tier, where.Today);
        if (holders.Count == 0 && IsElsewhere(where, tier, detours))
            return new TierCell(tier, name, holders, null, GapWeight.Elsewhere);
        return new TierCell(
            tier,
            name,
            holders,
            GapWords.Of(detours, tier, where.Policies.Count > 1),
            WeightOf(detours)
        );
    }

    /// <summary>Nothing asks the tier here, or only a stage for whoever receives does, and another agency holds it.</summary>
    private static bool IsElsewhere(OpenedPartnership where, string tier, IReadOnlyList<Detour> detours) =>
        detours.Count == 0
        || (
            detours.All(d => d.Stage?.Told is Told.Receiving)
            && where.Directory.Agencies.Any(a => !where.IsOwn(a.Id) && a.Contacts.Any(c => c.Tiers.Contains(tier)))
        );

    private static GapWeight WeightOf(IReadOnlyList<Detour> detours) =>
        detours.Any(d => d.To is InsteadOf.Nobody) ? GapWeight.Lost
        : detours.All(d => d.To is InsteadOf.SameStage) ? GapWeight.Shared
        : GapWeight.Missing;
}
