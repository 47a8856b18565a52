using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Reporting;

/// <summary>Cases by whom they were about. A list is empty where no procedure asks for it.</summary>
public sealed record CaseSplits
{
    /// <summary>Every case once.</summary>
    public required IReadOnlyList<Tally> PersonKinds { get; init; }

    /// <summary>
    /// A case of several circumstances counts under each; one without under <c>none</c>. As given at intake, so a plan that came
    /// later is not in it.
    /// </summary>
    public required IReadOnlyList<Tally> Circumstances { get; init; }

    /// <summary>
    /// Every case once whose procedure asks for the level of need as a choice: <c>notGiven</c> where it was left out, <c>removed</c>
    /// where retention removed what was given at intake.
    /// </summary>
    public required IReadOnlyList<Tally> LevelsOfNeed { get; init; }
}

/// <summary>Counts the splits of one policy's cases.</summary>
internal sealed class SplitCounts
{
    private const string LevelOfNeed = "levelOfNeed",
        None = "none",
        Removed = "removed";

    private static readonly IReadOnlyList<Term> Kinds =
    [
        new("child", "A child"),
        new("adult", "An adult"),
        new("family", "A family"),
        new("theme", "A theme, and no one person"),
    ];

    private readonly TallyCounts _kinds,
        _circumstances,
        _levels;

    /// <param name="policy">The current version: it gives the names and the order.</param>
    public SplitCounts(Policy policy)
    {
        _kinds = new TallyCounts(Known(Kinds.Where(k => policy.Parties.PersonKinds.Contains(k.Id))));
        _circumstances = new TallyCounts(
            policy.Circumstances.Count == 0 ? [] : [.. Known(policy.Circumstances), (None, "None of these")]
        );
        _levels = new TallyCounts(
            LevelsOf(policy) is { } levels
                ? [.. Known(levels), (PolicyCounts.NotGiven, "Not given"), (Removed, "Not known (removed)")]
                : []
        );
    }

    public void Count(Case c, Policy pinned)
    {
        _kinds.Add(c.PersonKind, NameOf(Kinds, c.PersonKind));
        if (pinned.Circumstances.Count > 0)
            foreach (var circumstance in c.Circumstances.DefaultIfEmpty(None))
                _circumstances.Add(circumstance, NameOf(pinned.Circumstances, circumstance));
        if (LevelsOf(pinned) is not { } levels)
            return;
        var level = c.PersonalDataRemoved ? Removed : c.Intake?.Text($"fields.{LevelOfNeed}") ?? PolicyCounts.NotGiven;
        _levels.Add(level, NameOf(levels, level));
    }

    public CaseSplits Finish() =>
        new()
        {
            PersonKinds = _kinds.Finish(),
            Circumstances = _circumstances.Finish(),
            LevelsOfNeed = _levels.Finish(),
        };

    /// <summary>Null where the procedure does not ask for it, or asks for free text, which is nothing to count by.</summary>
    private static IReadOnlyList<Term>? LevelsOf(Policy policy) =>
        policy.Fields.FirstOrDefault(f => f is { Id: LevelOfNeed, Kind: "choice" })?.Options;

    private static IEnumerable<(string Id, string Name)> Known(IEnumerable<Term> terms) =>
        terms.Select(t => (t.Id, t.Name));

    private static string NameOf(IEnumerable<Term> terms, string id) =>
        terms.FirstOrDefault(t => t.Id == id)?.Name ?? id;
}
