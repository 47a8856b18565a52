using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Reporting;

internal static class Pinned
{
    /// <summary>The policy that a case was opened under, with what of it holds for it.</summary>
    public static Policy Of(Case c, PolicyCatalogue policies) =>
        c.Under(
            policies.FindByHash(c.Policy.Hash)
                ?? throw new PolicyUnavailableException(
                    $"Case {c.Reference} is under the policy {c.Policy.Id}, version {c.Policy.Version}, which this program cannot use."
                )
        );
}
