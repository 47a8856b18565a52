using System.Collections.Immutable;

namespace Escalation.Core.Policies;

/// <summary>
/// The policies at hand: the built-in ones, a partnership's own, and older versions that cases are pinned to. Immutable; adding
/// gives a new catalogue.
/// </summary>
public sealed class PolicyCatalogue
{
    private readonly ImmutableDictionary<string, Policy> _byHash;

    private PolicyCatalogue(ImmutableDictionary<string, Policy> byHash)
    {
        _byHash = byHash;
        All = [.. byHash.Values.GroupBy(p => p.Id, StringComparer.Ordinal).Select(g => g.MaxBy(p => p.Version)!).OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    /// <summary>The documents shipped with the program.</summary>
    public static PolicyCatalogue BuiltIn { get; } = LoadBuiltIn();

    /// <summary>The highest version of each policy, by id.</summary>
    public IReadOnlyList<Policy> All { get; }

    /// <summary>The highest version, for new cases; null when there is none.</summary>
    public Policy? Find(string id) => All.FirstOrDefault(p => p.Id == id);

    /// <summary>Any version, for a case pinned to it.</summary>
    public Policy? FindByHash(string hash) => _byHash.GetValueOrDefault(hash);

    /// <summary>The document's bytes as read, so that a used version can be stored. The policy must be of this catalogue.</summary>
    public ReadOnlyMemory<byte> DocumentOf(Policy policy) => _byHash[policy.Hash].Document;

    /// <summary>
    /// Adds a policy that <see cref="PolicyDocument.Read"/> gave. One that is already there changes nothing. Refused: another content under
    /// an id and version already there, an id of another partnership, and a prefix of another partnership.
    /// </summary>
    public PolicyAddition With(Policy policy)
    {
        if (policy.Hash.Length == 0)
            throw new ArgumentException("A policy comes from a document.", nameof(policy));
        if (_byHash.ContainsKey(policy.Hash))
            return new(this, null);
        return WhyNot(policy) is { } refusal ? new(this, refusal) : new(new(_byHash.Add(policy.Hash, policy)), null);
    }

    private PolicyError? WhyNot(Policy policy)
    {
        var name = $"{policy.Id}@{policy.Version}";
        foreach (var other in _byHash.Values.OrderBy(p => p.Id, StringComparer.Ordinal).ThenBy(p => p.Version))
        {
            if (other.Id == policy.Id && other.Version == policy.Version)
                return new(name, "version", $"must be a new number: version {policy.Version} exists with other content");
            if (other.Id == policy.Id && other.Partnership != policy.Partnership)
                return new(name, "partnership", $"must be {other.Partnership}, whose policy {policy.Id} is");
            if (other.Partnership == policy.Partnership != (other.ReferencePrefix == policy.ReferencePrefix))
                return new(name, "referencePrefix", $"must be one for each partnership: {other.Partnership} has {other.ReferencePrefix}");
        }

        return null;
    }

    private static PolicyCatalogue LoadBuiltIn()
    {
        var assembly = typeof(PolicyCatalogue).Assembly;
        var catalogue = new PolicyCatalogue(ImmutableDictionary.Create<string, Policy>(StringComparer.Ordinal));
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("policies/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            catalogue = Shipped(catalogue, PolicyDocument.Read(name, bytes));
        }

        return catalogue;
    }

    private static PolicyCatalogue Shipped(PolicyCatalogue catalogue, PolicyReading reading)
    {
        if (reading.Policy is not { } policy)
            throw new InvalidOperationException("A shipped policy is faulty. " + string.Join("; ", reading.Errors));
        var added = catalogue.With(policy);
        return added.Refusal is null ? added.Catalogue : throw new InvalidOperationException($"A shipped policy is refused. {added.Refusal}");
    }
}

/// <summary>What came of adding a policy.</summary>
/// <param name="Catalogue">With the policy; unchanged when it was refused.</param>
/// <param name="Refusal">Null: it is in.</param>
public sealed record PolicyAddition(PolicyCatalogue Catalogue, PolicyError? Refusal);
