using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.SignIn;

namespace Escalation.Web.Api;

/// <summary>A policy in the list.</summary>
/// <param name="Own">The partnership's own version is in force; else the built-in one.</param>
public sealed record PolicySummary(
    string Id,
    int Version,
    bool Own,
    string Name,
    string Partnership,
    string PartnershipName,
    string Edition,
    string? Review,
    string Purpose,
    IReadOnlyList<TermView> Stages
);

/// <summary>A policy with its basis texts and vocabularies.</summary>
/// <param name="Methods">With the reason where an outcome by that method is refused.</param>
/// <param name="Fields">The policy's own form: what intake gives under <c>fields</c>.</param>
/// <param name="Tiers">Directory tiers of agencies and of the partnership, with names.</param>
/// <param name="Versions">This and the earlier ones, the one in force first.</param>
/// <param name="Next">Cursor of the versions before these; null: there are none.</param>
public sealed record PolicyView(
    string Id,
    int Version,
    bool Own,
    string Hash,
    string Name,
    string Partnership,
    string PartnershipName,
    string ReferencePrefix,
    string Edition,
    string? Review,
    string Purpose,
    WorkingTime WorkingTime,
    Parties Parties,
    IReadOnlyList<PolicyStageView> Stages,
    SkipRule Skip,
    HoldRule? Hold,
    UrgentRule Urgent,
    string NotThisProcess,
    IReadOnlyList<ElsewhereRule> Elsewhere,
    ConfirmationRule Confirmation,
    ResolvedRule Resolved,
    IReadOnlyList<Term> Natures,
    IReadOnlyList<Term> Circumstances,
    IReadOnlyList<Term> Themes,
    IReadOnlyList<Method> Methods,
    IReadOnlyList<CaseDate> Dates,
    IReadOnlyList<Field> Fields,
    IReadOnlyList<TellRule> Tells,
    IReadOnlyList<DutyRule> Duties,
    FinalMissedRule FinalMissed,
    Retention Retention,
    string? RecordMarking,
    IReadOnlyList<string> Guidance,
    PolicyTiers Tiers,
    IReadOnlyList<PolicyVersionView> Versions,
    string? Next
);

/// <param name="Own">The partnership's own; else one that came with the program.</param>
/// <param name="StoredAt">When it was stored; null for one that came with the program.</param>
/// <param name="StoredBy">Who stored it: for those who run the partnership only.</param>
public sealed record PolicyVersionView(int Version, string Hash, bool Own, DateTimeOffset? StoredAt, string? StoredBy)
{
    /// <summary>The part asked for, the one in force first.</summary>
    public static ListPage<PolicyVersionView> Of(
        Policy policy,
        InstalledPolicies installed,
        Caller caller,
        Paging paging
    )
    {
        var mayKnow = caller.IsManager && caller.Covers(policy.Partnership);
        var page = paging.Of(installed.Catalogue.VersionsOf(policy.Id), PlaceOf);
        var versions = page.Items.Select(version =>
        {
            var stored = installed.Register.Find(version.Hash);
            return new PolicyVersionView(
                version.Version,
                version.Hash,
                version.IsOwn,
                stored?.At,
                mayKnow ? stored?.Name : null
            );
        });
        return new ListPage<PolicyVersionView>([.. versions], page.Count, page.Next);
    }

    /// <summary>By number, the highest first.</summary>
    private static string PlaceOf(Policy version) =>
        (int.MaxValue - version.Version).ToString("D10", CultureInfo.InvariantCulture);
}

/// <summary>What became of a document that was sent.</summary>
/// <param name="Stored">False: the very same was there already, and nothing changed.</param>
/// <param name="InForce">The version that new cases are opened under.</param>
public sealed record PolicyStored(string Id, int Version, string Hash, bool Stored, int InForce);

public sealed record PolicyTiers(IReadOnlyList<Term> Agencies, IReadOnlyList<Term> Partnership);

/// <param name="Told"><c>raising</c>, <c>both</c>, <c>partnership</c> or <c>receiving</c>.</param>
/// <param name="Outcomes">What may be recorded, <c>escalate</c> included where there is a stage above, or another policy.</param>
/// <param name="LeadsTo">Policies to which whoever escalates may take the case instead.</param>
/// <param name="Requires">What an outcome must carry under <c>fields</c>.</param>
public sealed record PolicyStageView(
    string Id,
    string Name,
    string Tier,
    IReadOnlyList<string> Tiers,
    string Told,
    IReadOnlyList<string> InsteadTiers,
    Condition? When,
    Condition? Unless,
    Basis? Optional,
    IReadOnlyList<StageLimit> Limits,
    ReviewRule? Review,
    IReadOnlyList<AlsoAsked> AlsoAsks,
    Escalating? EscalatedBy,
    RaiserRule? RaisedBy,
    string Instruction,
    IReadOnlyList<string> Outcomes,
    IReadOnlyList<LeadRule> LeadsTo,
    string? DecidedBy,
    JointRule? Jointly,
    ChairRule? Chair,
    IReadOnlyList<OutcomeField> Requires,
    bool Final
);

internal static class PolicyViews
{
    public static PolicySummary Summary(Policy p) =>
        new(
            p.Id,
            p.Version,
            p.IsOwn,
            p.Name,
            p.Partnership,
            p.PartnershipName,
            p.Edition,
            p.Review,
            p.Purpose,
            [.. p.Stages.Select(s => new TermView(s.Id, s.Name))]
        );

    public static PolicyView Of(Policy p, ListPage<PolicyVersionView> versions) =>
        new(
            p.Id,
            p.Version,
            p.IsOwn,
            p.Hash,
            p.Name,
            p.Partnership,
            p.PartnershipName,
            p.ReferencePrefix,
            p.Edition,
            p.Review,
            p.Purpose,
            p.WorkingTime,
            p.Parties,
            [.. p.Stages.Select(s => StageOf(s, s == p.FinalStage))],
            p.Skip,
            p.Hold,
            p.Urgent,
            p.NotThisProcess,
            p.Elsewhere,
            p.Confirmation,
            p.Resolved,
            p.Natures,
            p.Circumstances,
            p.Themes,
            p.Methods,
            p.Dates,
            p.Fields,
            p.Tells,
            p.Duties,
            p.FinalMissed,
            p.Retention,
            p.RecordMarking,
            p.Guidance,
            new PolicyTiers(KnownTiers.OfAgencies, KnownTiers.OfPartnerships),
            versions.Items,
            versions.Next
        );

    private static PolicyStageView StageOf(Stage s, bool final) =>
        new(
            s.Id,
            s.Name,
            s.Tier,
            s.Tiers,
            s.Told.ToString().ToLowerInvariant(),
            s.InsteadTiers,
            s.When,
            s.Unless,
            s.Optional,
            s.Limits,
            s.Review,
            s.AlsoAsks,
            s.EscalatedBy,
            s.RaisedBy,
            s.Instruction,
            final && s.LeadsTo.Count == 0 ? s.Outcomes : [.. s.Outcomes, Outcomes.Escalate],
            s.LeadsTo,
            s.DecidedBy,
            s.Jointly,
            s.Chair,
            s.Requires,
            final
        );
}
