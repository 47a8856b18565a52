using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What an outcome has to carry at a stage of one case.</summary>
public static class AskedFields
{
    /// <summary>Of the stage's own fields those that this side is asked for.</summary>
    public static IEnumerable<OutcomeField> Of(Case c, Policy policy, string stage, Side side) =>
        policy
            .Find(stage)!
            .Requires.Where(field =>
                field.UnlessAt is not { } before || (IsAskedOf(policy, stage, before, side) && !WasSaid(c, before))
            );

    /// <summary>Of whoever was asked at the earlier stage; at the partnership's own, of the partnership.</summary>
    private static bool IsAskedOf(Policy policy, string stage, string before, Side side) =>
        policy.Find(before) is not { } earlier
        || Audience.IsAsked(earlier.Told, side)
        || (policy.Find(stage)!.Told is Told.Partnership && side is Side.Partnership);

    /// <summary>Only a person who escalated the earlier stage can have said it there.</summary>
    private static bool WasSaid(Case c, string before) =>
        c.Stages.Exists(s => s is { Outcome: StageEnding.Escalated, By: ClosedBy.Person } && s.Id == before);
}
