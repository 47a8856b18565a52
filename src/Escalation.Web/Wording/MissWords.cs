using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Wording;

/// <summary>Where it stands that a missed limit moves the case up: in few texts, so that it is said wherever that is.</summary>
internal static class MissWords
{
    /// <summary>"by a local setting", "as Stage 2 has it".</summary>
    public static string Rule(StageLimit? limit) =>
        limit?.Missed?.Basis is { Local: false } basis ? $"as {basis.Where} has it" : "by a local setting";

    /// <param name="missed">Of the limit that was in force last.</param>
    /// <inheritdoc cref="Rule(StageLimit?)"/>
    public static string Rule(Policy policy, StageRecord missed) =>
        Rule(policy.Find(missed.Id)?.Limits.ElementAtOrDefault(missed.Met.Count));
}
