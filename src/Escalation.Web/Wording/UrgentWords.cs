using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Web.Wording;

/// <summary>What each side is told of imminent risk: its own part, and no other's.</summary>
public static class UrgentWords
{
    private const string OtherAgencies =
        "The agency that raised the concern was told what to do at once. Do what your own agency can to keep the person safe, and "
        + "speak to the other agency now.";

    /// <summary>For whoever reads the case: the other side its own part, everybody else the procedure's instruction.</summary>
    public static string For(Policy policy, ReadableCase read) =>
        For(policy, read.IsOfReceivingAgency ? Side.Receiving : Side.Raising);

    public static string For(Policy policy, Side side) =>
        side switch
        {
            Side.Raising or Side.Involved => policy.Urgent.Instruction,
            Side.Receiving => policy.Urgent.Others ?? OtherAgencies,
            Side.Partnership => $"The agency that raised the concern was told: {policy.Urgent.Instruction}",
            _ => throw new InvalidOperationException($"Nobody knows what {side} is told of imminent risk."),
        };
}
