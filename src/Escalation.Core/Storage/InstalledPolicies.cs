using Escalation.Core.Policies;

namespace Escalation.Core.Storage;

/// <summary>A policy of the program or of the store that this program cannot use. The others are not touched by it.</summary>
/// <param name="Reason">In words, fit to be shown.</param>
public sealed record PolicyFault(PolicyKey Key, string Reason)
{
    public override string ToString() => $"{Key.Id} version {Key.Version}: {Reason}";
}

/// <summary>Everything that cases can be opened under or are pinned to, as the store has it.</summary>
/// <param name="Catalogue">All that can be used.</param>
/// <param name="Faults">What cannot.</param>
public sealed record InstalledPolicies(
    PolicyCatalogue Catalogue,
    PolicyRegister Register,
    IReadOnlyList<PolicyFault> Faults
)
{
    /// <summary>Every partnership, those too whose own policy this program cannot read.</summary>
    public IEnumerable<string> Partnerships =>
        Catalogue
            .All.Select(p => p.Partnership)
            .Concat(Register.Versions.Select(v => v.Key.Partnership))
            .Distinct(StringComparer.Ordinal);

    /// <summary>The version for new cases; null when there is no such policy.</summary>
    /// <exception cref="PolicyUnavailableException">This program cannot use the one in force: an older one must not stand in.</exception>
    public Policy? InForce(string policy)
    {
        if (FaultOf(policy) is { } fault)
            throw new PolicyUnavailableException(
                $"No case can be opened under {policy} now. Version {fault.Key.Version}, which is in force, {fault.Reason}"
            );
        return Catalogue.Find(policy);
    }

    /// <summary>The policies to which stages of this one lead, each once. None that cannot be used.</summary>
    public IReadOnlyList<Policy> LeadsTo(Policy policy) =>
        [
            .. policy
                .Stages.SelectMany(s => s.LeadsTo)
                .Select(l => l.Policy)
                .Distinct(StringComparer.Ordinal)
                .Where(id => FaultOf(id) is null)
                .Select(Catalogue.Find)
                .OfType<Policy>()
                .Where(p => p.Partnership == policy.Partnership),
        ];

    /// <summary>Of the version in force; null where it can be used, or there is none.</summary>
    private PolicyFault? FaultOf(string policy) =>
        Faults.FirstOrDefault(f => f.Key.Id == policy && f.Key.Version > (Catalogue.Find(policy)?.Version ?? 0));
}
