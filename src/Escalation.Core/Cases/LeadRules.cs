using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Taking a case to another policy of its partnership.</summary>
public static class LeadRules
{
    private const string Word = "policy:";

    /// <summary>What <see cref="RecordOutcome.To"/> says for another policy.</summary>
    public static string Named(LeadRule lead) => Word + lead.Policy;

    /// <summary>
    /// Where whoever escalates may take the case from a stage besides the stages above it; nowhere once it was led. Not to a policy that
    /// this program cannot use now, that takes no such person, or that knows no receiving side where the case has one.
    /// </summary>
    public static IReadOnlyList<LeadRule> From(Case c, Rules rules, string stage) =>
        c.Before is null
            ? [.. (rules.Policy.Find(stage)?.LeadsTo ?? []).Where(l => c.Fulfils(l.When) && IsOpenTo(c, rules, l))]
            : [];

    /// <summary>Whether there is anywhere to take the case from a stage: a stage above it, or another policy.</summary>
    public static bool CanEscalate(Case c, Rules rules, string stage) =>
        stage != rules.Policy.FinalStage.Id || From(c, rules, stage).Count > 0;

    private static bool IsOpenTo(Case c, Rules rules, LeadRule lead) =>
        Target(rules, lead)?.Policy.Parties is { } parties
        && parties.PersonKinds.Contains(c.PersonKind)
        && parties.Receiving == c.AgenciesOf(Side.Receiving).Any();

    /// <summary>The rule that somebody chose; null where it is a stage of the present policy, or nothing.</summary>
    internal static LeadRule? Chosen(CaseChange change, string? to) =>
        From(change.Case, change.Rules, change.Case.Stage.Id).FirstOrDefault(l => Named(l) == to);

    /// <summary>Leaves the present stage, and opens one of the other policy.</summary>
    /// <param name="agency">In whose name.</param>
    internal static void Lead(CaseChange change, LeadRule lead, string agency)
    {
        var (left, before, target) = (change.Case.Stage.Id, change.Policy, Target(change.Rules, lead)!);
        var to = target.Policy;
        StageTransitions.Close(change, StageEnding.Escalated, ClosedBy.Person);
        var leavesOut = change.Case.LeftOutBy(to).Select(s => LedPolicy.IdOf(to, s)).ToList();
        var number = change.Add(
            new LedToPolicy(left, to.Id, to.Version, to.Hash, agency, leavesOut.Count > 0 ? leavesOut : null)
        );
        var policy = change.Case.Under(LedPolicy.Of(before, left, to, number));
        change.Under(change.Rules with { Policy = policy, Calendar = target.Calendar });
        var stage = Begins(change.Case, policy, to, lead) ?? policy.After(left)!;
        var passed = policy.Stages.Skip(policy.IndexOf(left) + 1).TakeWhile(s => s.Id != stage.Id).ToList();
        if (passed.Count > 0)
            change.Add(new StagesSkipped(left, stage.Id, [.. passed.Select(s => s.Id)], agency));
        StageTransitions.Open(change, stage, OpenedBecause.Led);
    }

    /// <summary>Null: at its first stage.</summary>
    private static Stage? Begins(Case c, Policy policy, Policy to, LeadRule lead) =>
        lead.Stage is { } stage ? policy.Find(LedPolicy.IdOf(to, stage))
        : c.ImminentRisk ? policy.Find(policy.Skip.UrgentTo)
        : null;

    /// <summary>The rules of the policy that it leads to; null where it is none that can be used.</summary>
    public static Rules? Target(Rules rules, LeadRule lead) =>
        rules.LeadsTo.FirstOrDefault(r => r.Policy.Id == lead.Policy);
}
