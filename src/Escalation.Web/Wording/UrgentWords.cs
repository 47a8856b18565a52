using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Wording;

/// <summary>What each is told of imminent risk: their own part, and no other's.</summary>
public static class UrgentWords
{
    private const string OtherAgencies =
        "The agency that reported it was told what to do at once. Do what your own agency can to keep the person safe, and "
        + "speak to that agency now.";

    public static string For(Policy policy, RiskPart part) =>
        part switch
        {
            RiskPart.Act => policy.Urgent.Instruction,
            RiskPart.Protect => policy.Urgent.Others ?? OtherAgencies,
            RiskPart.Know => $"The agency that reported it was told: {policy.Urgent.Instruction}",
            _ => throw new InvalidOperationException($"Nobody knows what {part} is told of imminent risk."),
        };
}
