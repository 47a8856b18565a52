using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Policies;

/// <summary>A side of a stage and who stands on it.</summary>
/// <param name="Asked">True: asked to answer; false: told, or left out.</param>
internal sealed record StageSide(string Name, string Who, bool Asked);

internal static class SideWords
{
    private const string Raising = "The agency that raised it",
        Receiving = "The agency that received it";

    public static IReadOnlyList<StageSide> Of(Policy policy, Stage stage)
    {
        var instead =
            stage.InsteadTiers.Count > 0 ? $"; where an agency has none: {Tiers(policy, stage.InsteadTiers)}" : "";
        var tier = Tiers(policy, stage.Tiers) + instead;
        var raisers = policy.RaisersAt(stage) is { } rule ? Tiers(policy, rule.Tiers) : null;
        return stage.Told switch
        {
            Told.Raising =>
            [
                new(Raising, tier, true),
                new(Receiving, "Not told: the raising agency settles this among its own", false),
            ],
            Told.Receiving =>
            [
                raisers is null ? new(Raising, "Told what becomes of it", false) : new(Raising, raisers, true),
                new(Receiving, tier, true),
            ],
            Told.Partnership =>
            [
                new("The partnership", tier, true),
                new("The agencies", $"A copy, without links to act: {Copy(policy, stage)}", false),
            ],
            _ when policy.Parties.Receiving => [new(Raising, raisers ?? tier, true), new(Receiving, tier, true)],
            _ => [new("Every agency in the case", tier, true)],
        };
    }

    /// <summary>"Director or chief officer of the agency that raised it".</summary>
    /// <param name="nameOf">An agency's name.</param>
    public static string Recipient(Recipients who, Func<string, string> nameOf)
    {
        if (NamedRole.Of(who.Tier) is not null)
            return $"the {StageWords.Tier(who.Tier)} named when it was raised";
        if (who.Tier == Core.Policies.Tiers.ActionOwners)
            return $"whoever has an action to carry out, of {Agency(who.Agency, nameOf)}";
        return $"{StageWords.Tier(who.Tier)} of {Agency(who.Agency, nameOf)}";
    }

    public static string Agency(string agency, Func<string, string> nameOf) =>
        agency switch
        {
            "raising" => "the agency that raised it",
            "receiving" => "the agency that received it",
            "parties" => "every agency in the case",
            "reporting" => "the agency that reports the risk",
            "partnership" => "the partnership",
            _ => nameOf(agency),
        };

    private static string Copy(Policy policy, Stage stage) =>
        stage.CopyTiers.Count > 0 ? Tiers(policy, stage.CopyTiers) : "the people of the stage before";

    private static string Tiers(Policy policy, IReadOnlyList<string> tiers) =>
        string.Join(
            "; ",
            tiers.Select(t => policy.Tiers.FirstOrDefault(own => own.Id == t)?.Name ?? StageWords.Tier(t))
        );
}
