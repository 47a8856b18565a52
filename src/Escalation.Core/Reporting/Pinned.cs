using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Reporting;

internal static class Pinned
{
    /// <summary>The policy that a case was opened under.</summary>
    public static Policy Of(Case c, PolicyCatalogue policies) => policies.FindByHash(c.Policy.Hash)
        ?? throw new InvalidOperationException($"Case {c.Reference}: its policy {c.Policy.Id} version {c.Policy.Version} is not in the catalogue.");
}
