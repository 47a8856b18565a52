using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Api;

namespace Escalation.Web.Policies;

/// <summary>A policy in the list.</summary>
public sealed record PolicySummary(
    string Id, int Version, string Name, string Partnership, string PartnershipName, string Edition, string? Review, string Purpose, IReadOnlyList<TermView> Stages);

/// <summary>A policy with its basis texts and vocabularies.</summary>
/// <param name="Methods">With the reason where an outcome by that method is refused.</param>
/// <param name="Fields">The policy's own form: what intake gives under <c>fields</c>.</param>
/// <param name="Tiers">Directory tiers of agencies and of the partnership, with names.</param>
public sealed record PolicyView(
    string Id, int Version, string Hash, string Name, string Partnership, string PartnershipName, string ReferencePrefix, string Edition, string? Review, string Purpose,
    WorkingTime WorkingTime, Parties Parties, IReadOnlyList<PolicyStageView> Stages, SkipRule Skip, HoldRule? Hold, UrgentRule Urgent, string NotThisProcess,
    ConfirmationRule Confirmation, ResolvedRule Resolved, IReadOnlyList<Term> Natures, IReadOnlyList<Term> Circumstances, IReadOnlyList<Method> Methods,
    IReadOnlyList<Field> Fields, IReadOnlyList<TellRule> Tells, IReadOnlyList<DutyRule> Duties, FinalMissedRule FinalMissed, Retention Retention,
    string? RecordMarking, IReadOnlyList<string> Guidance, PolicyTiers Tiers);

public sealed record PolicyTiers(IReadOnlyList<Term> Agencies, IReadOnlyList<Term> Partnership);

/// <param name="Told"><c>raising</c>, <c>both</c>, <c>partnership</c> or <c>receiving</c>.</param>
/// <param name="Outcomes">What may be recorded, <c>escalate</c> included where there is a stage above.</param>
/// <param name="Requires">What an outcome must carry under <c>fields</c>.</param>
public sealed record PolicyStageView(
    string Id, string Name, string Tier, IReadOnlyList<string> Tiers, string Told, TimeLimit? Limit, string LimitFrom, StageCap? Cap, string Instruction,
    IReadOnlyList<string> Outcomes, string? DecidedBy, ChairRule? Chair, IReadOnlyList<OutcomeField> Requires, bool Final);

internal static class PolicyViews
{
    public static PolicySummary Summary(Policy p) => new(
        p.Id, p.Version, p.Name, p.Partnership, p.PartnershipName, p.Edition, p.Review, p.Purpose, [.. p.Stages.Select(s => new TermView(s.Id, s.Name))]);

    public static PolicyView Of(Policy p) => new(
        p.Id, p.Version, p.Hash, p.Name, p.Partnership, p.PartnershipName, p.ReferencePrefix, p.Edition, p.Review, p.Purpose, p.WorkingTime, p.Parties,
        [.. p.Stages.Select(s => StageOf(s, s == p.FinalStage))], p.Skip, p.Hold, p.Urgent, p.NotThisProcess, p.Confirmation, p.Resolved, p.Natures, p.Circumstances,
        p.Methods, p.Fields, p.Tells, p.Duties, p.FinalMissed, p.Retention, p.RecordMarking, p.Guidance, new PolicyTiers(KnownTiers.OfAgencies, KnownTiers.OfPartnerships));

    private static PolicyStageView StageOf(Stage s, bool final) => new(
        s.Id, s.Name, s.Tier, s.Tiers, s.Told.ToString().ToLowerInvariant(), s.Limit, s.LimitFrom, s.Cap, s.Instruction,
        final ? s.Outcomes : [.. s.Outcomes, Outcomes.Escalate], s.DecidedBy, s.Chair, s.Requires, final);
}
