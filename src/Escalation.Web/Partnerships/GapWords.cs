using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Partnerships;

/// <summary>What happens to a tier's notices while it has nobody, in words.</summary>
internal static class GapWords
{
    /// <summary>
    /// "Notices of stage 1 go to stage 2: Head of service or Service manager. Notices of stage 3 go to the business
    /// manager."
    /// </summary>
    /// <param name="tier">The tier that has nobody.</param>
    /// <param name="naming">Whether stages are said with their procedure: a partnership may have several.</param>
    public static string Of(IReadOnlyList<Detour> detours, string tier, bool naming) =>
        string.Join(
            ' ',
            detours
                .GroupBy(d =>
                    (d.To, Tiers: string.Join('+', d.Tiers), Later: d.Later is null ? null : StageWords.Inline(d.Later))
                )
                .Select(g => $"{First(Notices(g, tier, naming))} {Goes(g.Key.To, g.Key.Tiers, g.Key.Later, tier)}.")
        );

    private static string Notices(IEnumerable<Detour> detours, string tier, bool naming)
    {
        var all = detours.ToList();
        var stages = all.Where(d => d.Stage is not null)
            .GroupBy(d => d.Policy.Id)
            .Select(g =>
                And(g.Select(d => StageWords.Inline(d.Stage!)).Distinct())
                + (naming ? $" of “{g.First().Policy.Name}”" : "")
            )
            .ToList();
        var parts = new List<string>();
        if (stages.Count > 0)
            parts.Add($"of {And(stages)}");
        if (all.Exists(d => d.Stage is null))
            parts.Add(
                tier == Tiers.BusinessManager ? "for the business manager"
                : stages.Count > 0 ? "at any other time"
                : "at any time"
            );
        return $"notices {And(parts)}";
    }

    private static string Goes(InsteadOf to, string tiers, string? later, string tier) =>
        to switch
        {
            InsteadOf.SameStage => $"go to the others that are asked there: {StageWords.Tiers(tiers)}",
            InsteadOf.LaterStage => $"go to the people of {later}: {StageWords.Tiers(tiers)}",
            InsteadOf.PartnershipManager => "go to the Partnership Manager",
            InsteadOf.BusinessManager => "go to the business manager",
            _ when tier == Tiers.BusinessManager => "go to nobody",
            _ => "go to nobody: there is no business manager either",
        };

    private static string And(IEnumerable<string> words) =>
        words.ToList() switch
        {
            [] => "",
            [var one] => one,
            [.. var before, var last] => $"{string.Join(", ", before)} and {last}",
        };

    private static string First(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
