using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Reporting;

internal static class Pinned
{
    /// <summary>The policies that a case was and is under as one, with what of them holds for it.</summary>
    public static Policy Of(Case c, PolicyCatalogue policies) =>
        c.Under([
            .. c.Policies.Select(named =>
                policies.FindByHash(named.Hash)
                ?? throw new PolicyUnavailableException(
                    $"Case {c.Reference} is under the policy {named.Id}, version {named.Version}, which this program cannot use."
                )
            ),
        ]);
}
