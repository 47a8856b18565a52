using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Wording;

/// <summary>Stages, tiers and outcomes as people read them.</summary>
public static class StageWords
{
    /// <summary>Where the case is, for those who may not know of the present stage.</summary>
    public const string WithRaisingAgency = "With the agency that raised the concern";

    /// <summary>A stage's name inside a line: "stage 1", "pre-escalation", "MASH", "stage One, line managers".</summary>
    public static string Inline(Stage stage)
    {
        var name = stage.Name.Replace(": ", ", ", StringComparison.Ordinal);
        return name.Length > 1 && char.IsUpper(name[0]) && !char.IsUpper(name[1])
            ? char.ToLowerInvariant(name[0]) + name[1..]
            : name;
    }

    /// <summary>Tier ids joined by <c>+</c>, as names joined by "or".</summary>
    public static string Tiers(string tiers) => string.Join(" or ", tiers.Split('+').Select(Tier));

    public static string Tier(string tier) =>
        NamedRole.Of(tier) is { } role
            ? (role == NamedRole.ReviewingOfficer ? "Independent Reviewing Officer" : Spelled(role))
            : KnownTiers.OfAgencies.Concat(KnownTiers.OfPartnerships).FirstOrDefault(t => t.Id == tier)?.Name
                ?? Spelled(tier);

    /// <summary>A policy's own tier, "seniorLiaisonOfficer", as "Senior liaison officer".</summary>
    private static string Spelled(string tier) =>
        tier.Contains(' ')
            ? tier
            : Capital(string.Concat(tier.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}")));

    /// <summary>How a stage closed, in a clause after its name: "was escalated by one of its people".</summary>
    public static string Closed(Policy policy, StageRecord stage) =>
        stage.Outcome switch
        {
            StageEnding.Escalated when stage.By is ClosedBy.Deadline =>
                $"was {policy.Words.Escalated} by itself when its deadline passed, {MissWords.Rule(policy, stage)}",
            StageEnding.Escalated => $"was {policy.Words.Escalated} by one of its people",
            StageEnding.Skipped => $"was left for a later {policy.Words.Stage}",
            StageEnding.Withdrawn => "ended, because the concern was withdrawn",
            { } outcome => $"ended: {policy.Words.Phrase(outcome)}",
            null => "is open",
        };

    /// <summary>A phrase at the start of a line.</summary>
    public static string Capital(string words) =>
        words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>A case's status, in the words of its procedure.</summary>
    public static string Status(OwnWords words, string status) =>
        status == CaseStatus.Resolved ? words.Phrase(Outcomes.Resolved) : Status(status);

    public static string Status(string status) =>
        status switch
        {
            CaseStatus.Resolved => "resolved by agreement",
            CaseStatus.Decided => "decided",
            CaseStatus.WithoutAgreement => "without agreement",
            CaseStatus.Withdrawn => "withdrawn",
            CaseStatus.OnHold => "on hold",
            CaseStatus.AwaitingConfirmation => "awaiting confirmation",
            _ => "open",
        };
}
