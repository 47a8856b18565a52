using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Who may see a case. An internal stage is the raising agency's own: never the opponent's.</summary>
public static class Audience
{
    /// <summary>The agencies of the case that may see it: every party, once a stage was opened that is not internal.</summary>
    public static IReadOnlyList<string> Of(Case c, Policy policy) =>
        c.Stages.Exists(s => !IsInternal(policy, s.Id))
            ? [.. c.Parties.Select(p => p.Agency)]
            : [.. c.Parties.Where(p => p.Side is Side.Raising).Select(p => p.Agency)];

    /// <summary>Whether an agency may read what was said at a stage.</summary>
    public static bool MayRead(Case c, Policy policy, string stage, string agency) =>
        !IsInternal(policy, stage) || c.SideOf(agency) is Side.Raising or Side.Partnership;

    private static bool IsInternal(Policy policy, string stage) => policy.Find(stage)?.Told is Told.Raising;
}
