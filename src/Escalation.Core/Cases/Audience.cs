using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>
/// Who may see a case, and which of its stages. An internal stage is the raising agency's own: never the opponent's. What follows from it
/// for everything that a case holds is <see cref="Storage.ReadableCase"/>.
/// </summary>
public static class Audience
{
    /// <summary>The agencies of the case that may see it: every party, once a stage was opened that is not internal.</summary>
    public static IReadOnlyList<string> Of(Case c, Policy policy) =>
        c.Stages.Exists(s => !IsInternal(policy, s.Id))
            ? [.. c.Parties.Select(p => p.Agency)]
            : [.. c.Parties.Where(p => p.Side is Side.Raising).Select(p => p.Agency)];

    /// <summary>Whether an agency may know what went on at a stage.</summary>
    public static bool MayRead(Case c, Policy policy, string stage, string agency) =>
        !IsInternal(policy, stage) || c.SideOf(agency) is Side.Raising or Side.Partnership;

    /// <summary>The last stage that an agency may know of; the present one where it knows of none.</summary>
    public static string LastReadable(Case c, Policy policy, string agency) =>
        (c.Stages.FindLast(s => MayRead(c, policy, s.Id, agency)) ?? c.Stage).Id;

    /// <summary>Whether the reader may know what went on at a stage; null: what is said of the case as a whole.</summary>
    public static bool MayRead(Case c, Policy policy, string? stage, CaseReader reader) =>
        stage is null || reader.Agency is not { } agency || MayRead(c, policy, stage, agency);

    /// <summary>Whether a stage asks the people of this side itself.</summary>
    public static bool IsAsked(Told told, Side side) =>
        told switch
        {
            Told.Raising => side is Side.Raising,
            Told.Receiving => side is Side.Receiving,
            Told.Both or Told.Partnership => true,
            _ => throw new InvalidOperationException($"Nobody knows whom {told} asks."),
        };

    private static bool IsInternal(Policy policy, string stage) => policy.Find(stage)?.Told is Told.Raising;
}
