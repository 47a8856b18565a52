using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What an outcome has to carry at a stage of one case.</summary>
public static class AskedFields
{
    /// <summary>Of the stage's own fields those that this side is asked for.</summary>
    public static IEnumerable<OutcomeField> Of(Case c, Policy policy, string stage, Side side) =>
        policy
            .Find(stage)!
            .Requires.Where(field => field.UnlessAt is not { } before || IsOpen(c, policy, before, side));

    /// <summary>What only a person who escalated the earlier stage can have said was not said there.</summary>
    private static bool IsOpen(Case c, Policy policy, string before, Side side) =>
        (policy.Find(before) is not { } stage || Audience.IsAsked(stage.Told, side))
        && !c.Stages.Exists(s => s is { Outcome: StageEnding.Escalated, By: ClosedBy.Person } && s.Id == before);
}
