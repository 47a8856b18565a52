using Escalation.Core.Directory;
using Escalation.Core.Policies;

namespace Escalation.Core.Notices;

/// <summary>Who gets the notices of a tier that has nobody.</summary>
public enum InsteadOf
{
    /// <summary>The others that the same stage asks: nothing is lost.</summary>
    SameStage,

    /// <summary>The people of a later stage.</summary>
    LaterStage,
    PartnershipManager,
    BusinessManager,

    /// <summary>There is no business manager either.</summary>
    Nobody,
}

/// <summary>Where one policy's notices for a tier go while the tier has nobody.</summary>
/// <param name="Stage">The stage whose notices they are; null: those of an urgent case, or all that go to the
/// partnership's own people.</param>
/// <param name="Tiers">The tiers told instead, where they are a stage's.</param>
/// <param name="Later">The later stage whose tiers they are; null for the same stage and for managers.</param>
public sealed record Detour(
    Policy Policy,
    Stage? Stage,
    InsteadOf To,
    IReadOnlyList<string> Tiers,
    Stage? Later = null
);

/// <summary>
/// Which tiers a directory has to hold, and what happens where one has nobody on a day. Says beforehand what <see
/// cref="RecipientFinder"/> does in a case: who is named at intake goes before the directory, and counts as somebody here.
/// </summary>
public static class Coverage
{
    /// <summary>
    /// The tiers of agencies' entries that these policies ask or tell, in the order of <see cref="KnownTiers"/>, a
    /// policy's own last.
    /// </summary>
    public static IReadOnlyList<string> TiersOfAgencies(IReadOnlyList<Policy> policies) =>
        InOrder(
            KnownTiers.OfAgencies,
            policies
                .SelectMany(p => p.Stages)
                .SelectMany(s =>
                    s.Told is Told.Partnership
                        ? s.Tiers.Where(t => t == Tiers.PartnershipRepresentative).Concat(s.CopyTiers)
                        : s.Tiers.Concat(s.InsteadTiers).Concat(s.RaisedBy?.Tiers ?? [])
                )
                .Concat(Rules(policies).Where(r => r.Agency != "partnership").Select(r => r.Tier))
                .Append(Tiers.SafeguardingLead)
                .Where(t => t != Tiers.Practitioner)
        );

    /// <summary>As <see cref="TiersOfAgencies"/>, for the partnership's own entry.</summary>
    public static IReadOnlyList<string> TiersOfPartnership(IReadOnlyList<Policy> policies) =>
        InOrder(
            KnownTiers.OfPartnerships,
            policies
                .SelectMany(p => p.Stages)
                .Where(s => s.Told is Told.Partnership)
                .SelectMany(s =>
                    s.Tiers.Select(t => t == Tiers.PartnershipRepresentative ? Tiers.PartnershipManager : t)
                )
                .Concat(Rules(policies).Where(r => r.Agency == "partnership").Select(r => r.Tier))
                .Append(Tiers.BusinessManager)
        );

    /// <summary>
    /// Where the notices for an agency's tier go, policy by policy and stage by stage, if that tier has nobody. Empty:
    /// nothing is asked of it there.
    /// </summary>
    /// <param name="date">Local: who is away then, with nobody to stand in, counts as nobody.</param>
    public static IReadOnlyList<Detour> Detours(
        PartnershipDirectory directory,
        IReadOnlyList<Policy> policies,
        string agency,
        string tier,
        DateOnly date
    )
    {
        var here = new AgencyOnDay(directory, agency, date);
        return
        [
            .. policies.SelectMany(p =>
                agency == directory.Partnership ? OfPartnership(here, p, tier) : OfAgency(here, p, tier)
            ),
        ];
    }

    /// <summary>The tiers, of agencies and of the partnership, whose notices reach nobody on a day; every one at most once.</summary>
    /// <param name="date">Local.</param>
    public static IEnumerable<(Agency Agency, string Tier)> Lost(
        PartnershipDirectory directory,
        IReadOnlyList<Policy> policies,
        DateOnly date
    )
    {
        foreach (var agency in directory.Agencies)
        foreach (
            var tier in agency.Id == directory.Partnership ? TiersOfPartnership(policies) : TiersOfAgencies(policies)
        )
            if (
                !directory.Present(agency.Id, tier, date).Any()
                && Detours(directory, policies, agency.Id, tier, date).Any(d => d.To is InsteadOf.Nobody)
            )
                yield return (agency, tier);
    }

    private static IEnumerable<Detour> OfAgency(AgencyOnDay here, Policy policy, string tier)
    {
        foreach (var stage in policy.Stages)
        {
            if (stage.Told is Told.Partnership && tier == Tiers.PartnershipRepresentative && stage.Tiers.Contains(tier))
                yield return here.Manages(Tiers.PartnershipManager)
                    ? new Detour(policy, stage, InsteadOf.PartnershipManager, [])
                    : here.ToManager(policy, stage);
            var reached = stage.Told is Told.Partnership ? Copied(policy, stage) : stage.Tiers;
            if (reached.Contains(tier))
                yield return here.PastTier(policy, stage, reached, tier);
            if (policy.RaisersAt(stage)?.Tiers is { } raisers && raisers.Contains(tier))
                yield return here.PastRaisers(policy, stage, raisers, tier);
            if (Rules([policy], stage.Id).Any(r => IsOf(r, here.Agency, tier)))
                yield return here.ToManager(policy, stage);
        }
        if (tier == Tiers.SafeguardingLead || AtAnyStage(policy).Any(r => IsOf(r, here.Agency, tier)))
            yield return here.ToManager(policy, null);
    }

    private static IEnumerable<Detour> OfPartnership(AgencyOnDay here, Policy policy, string tier)
    {
        foreach (var stage in policy.Stages)
        {
            if (stage.Told is Told.Partnership && stage.Tiers.Contains(tier))
                yield return here.Others(stage.Tiers, tier, Tiers.PartnershipRepresentative) is { Count: > 0 } others
                    ? new Detour(policy, stage, InsteadOf.SameStage, others)
                    : here.ToManager(policy, stage);
            if (Rules([policy], stage.Id).Any(r => r.Agency == "partnership" && r.Tier == tier))
                yield return here.ToManager(policy, stage);
            if (
                tier == Tiers.PartnershipManager
                && stage.Told is Told.Partnership
                && stage.Tiers.Contains(Tiers.PartnershipRepresentative)
                && here.SomeAgencyHasNo(Tiers.PartnershipRepresentative)
            )
                yield return here.ToManager(policy, stage);
        }
        if (tier == Tiers.BusinessManager || AtAnyStage(policy).Any(r => r.Agency == "partnership" && r.Tier == tier))
            yield return here.ToManager(policy, null);
    }

    private static IReadOnlyList<string> Copied(Policy policy, Stage stage) =>
        stage.CopyTiers.Count > 0
            ? stage.CopyTiers
            : policy.Stages.Take(policy.IndexOf(stage.Id)).LastOrDefault(s => s.Told is not Told.Partnership)?.Tiers
                ?? [Tiers.LineManager];

    private static bool IsOf(Recipients who, string agency, string tier) =>
        who.Tier == tier
        && (who.Agency is "raising" or "receiving" or "parties" or "reporting" || who.Agency == agency);

    private static IEnumerable<Recipients> Rules(IReadOnlyList<Policy> policies) =>
        policies
            .SelectMany(p => p.Tells.Select(t => t.Who).Concat(AtAnyStage(p)).Concat(p.Stages.SelectMany(NamedAt)))
            .Where(r => !r.Tier.Contains(':') && r.Tier != Tiers.ActionOwners);

    private static IEnumerable<Recipients> Rules(IReadOnlyList<Policy> policies, string stage) =>
        policies
            .SelectMany(p => p.Tells)
            .Where(t => t.When.Split(':') is [_, var at, ..] && at == stage)
            .Select(t => t.Who)
            .Concat(policies.SelectMany(p => NamedAt(p.Find(stage)!)));

    /// <summary>Whom the stage asks besides its tiers, and who decides there together.</summary>
    private static IEnumerable<Recipients> NamedAt(Stage stage) =>
        stage.AlsoAsks.Select(also => also.Who).Concat(stage.Jointly?.By ?? []);

    /// <summary>Told of what is no stage's: imminent risk, duties, outcomes wherever they are.</summary>
    private static IEnumerable<Recipients> AtAnyStage(Policy policy) =>
        policy
            .Urgent.Tell.Select(t => t.Who)
            .Concat((policy.Hold?.Tell ?? []).Select(t => t.Who))
            .Concat(
                policy.Duties.Where(d => d.OwnerTier is not null).Select(d => new Recipients(d.Owner, d.OwnerTier!))
            )
            .Concat(
                policy
                    .Tells.Where(t =>
                        t.When is "ended" or "disputed" or "withdrawn"
                        || t.When.StartsWith("outcome:", StringComparison.Ordinal)
                    )
                    .Select(t => t.Who)
            );

    private static IReadOnlyList<string> InOrder(IReadOnlyList<Term> known, IEnumerable<string> tiers)
    {
        var used = tiers.Where(t => !t.Contains(':')).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. known.Select(t => t.Id).Where(used.Contains),
            .. used.Where(t => known.All(k => k.Id != t)).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>An agency of a directory on a day.</summary>
    private sealed record AgencyOnDay(PartnershipDirectory Directory, string Agency, DateOnly Date)
    {
        public bool Manages(string tier) => Directory.Present(Directory.Partnership, tier, Date).Any();

        public bool SomeAgencyHasNo(string tier) =>
            Directory.Agencies.Any(a => a.Id != Directory.Partnership && !Directory.Present(a.Id, tier, Date).Any());

        public Detour ToManager(Policy policy, Stage? stage) =>
            new(policy, stage, Manages(Tiers.BusinessManager) ? InsteadOf.BusinessManager : InsteadOf.Nobody, []);

        /// <summary>The other tiers of a stage that have somebody.</summary>
        /// <param name="always">A tier that is reached in any case.</param>
        public IReadOnlyList<string> Others(IReadOnlyList<string> tiers, string but, string always) =>
            [.. tiers.Where(t => t != but && (t == always || Directory.Present(Agency, t, Date).Any()))];

        public Detour PastTier(Policy policy, Stage stage, IReadOnlyList<string> reached, string tier)
        {
            if (Others(reached, tier, Tiers.Practitioner) is { Count: > 0 } others)
                return new Detour(policy, stage, InsteadOf.SameStage, others);
            if (Others(stage.InsteadTiers, tier, Tiers.Practitioner) is { Count: > 0 } instead)
                return new Detour(policy, stage, InsteadOf.SameStage, instead);
            foreach (
                var later in policy.Stages.Skip(policy.IndexOf(stage.Id) + 1).Where(s => s.Told is not Told.Partnership)
            )
                if (Others(later.Tiers, tier, Tiers.Practitioner) is { Count: > 0 } found)
                    return new Detour(policy, stage, InsteadOf.LaterStage, found, later);
            return ToManager(policy, stage);
        }

        /// <summary>As <see cref="PastTier"/>, for those who raise it there.</summary>
        public Detour PastRaisers(Policy policy, Stage stage, IReadOnlyList<string> raisers, string tier)
        {
            if (Others(raisers, tier, Tiers.Practitioner) is { Count: > 0 } others)
                return new Detour(policy, stage, InsteadOf.SameStage, others);
            foreach (var later in policy.Stages.Skip(policy.IndexOf(stage.Id) + 1))
                if (Others(later.RaisedBy?.Tiers ?? [], tier, Tiers.Practitioner) is { Count: > 0 } found)
                    return new Detour(policy, stage, InsteadOf.LaterStage, found, later);
            return ToManager(policy, stage);
        }
    }
}
