using System.Collections.Immutable;

namespace Escalation.Core.Policies;

/// <summary>
/// The policies at hand: the built-in ones, a partnership's own, and older versions that cases are pinned to. Immutable; adding
/// gives a new catalogue.
/// </summary>
public sealed class PolicyCatalogue
{
    private readonly ImmutableDictionary<string, Policy> _byHash;
    private readonly ImmutableList<Policy> _offered;

    private PolicyCatalogue(ImmutableDictionary<string, Policy> byHash, ImmutableList<Policy> offered)
    {
        (_byHash, _offered) = (byHash, offered);
        var highest = offered.GroupBy(p => p.Id, StringComparer.Ordinal).Select(g => g.MaxBy(p => p.Version)!);
        All = [.. highest.OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    public static PolicyCatalogue Empty { get; } =
        new(ImmutableDictionary.Create<string, Policy>(StringComparer.Ordinal), []);

    /// <summary>The documents shipped with the program.</summary>
    public static PolicyCatalogue BuiltIn { get; } = LoadBuiltIn();

    /// <summary>The highest version of each policy, by id.</summary>
    public IReadOnlyList<Policy> All { get; }

    /// <summary>The highest version, for new cases; null when there is none.</summary>
    public Policy? Find(string id) => All.FirstOrDefault(p => p.Id == id);

    /// <summary>Every version, the highest first, without those that only cases are pinned to.</summary>
    public IReadOnlyList<Policy> VersionsOf(string id) =>
        [.. _offered.Where(p => p.Id == id).OrderByDescending(p => p.Version)];

    /// <summary>Any version, for a case pinned to it.</summary>
    public Policy? FindByHash(string hash) => _byHash.GetValueOrDefault(hash);

    /// <summary>
    /// Adds a policy that <see cref="PolicyDocument"/> read. One that is already there changes nothing. What clashes with another
    /// (<see cref="PolicyKey.ClashesWith(IEnumerable{PolicyKey})"/>) is refused.
    /// </summary>
    public PolicyAddition With(Policy policy)
    {
        if (policy.Hash.Length == 0)
            throw new ArgumentException("A policy comes from a document.", nameof(policy));
        if (_offered.Exists(p => p.Hash == policy.Hash))
            return new(this, []);
        var clashes = PolicyKey.Of(policy).ClashesWith(_offered.Select(PolicyKey.Of));
        return clashes.Count > 0
            ? new(this, clashes)
            : new(new(_byHash.SetItem(policy.Hash, policy), _offered.Add(policy)), []);
    }

    /// <summary>Adds a policy for the cases that are pinned to it, and for no new ones: it is found by its hash alone.</summary>
    public PolicyCatalogue WithPinned(Policy policy) =>
        _byHash.ContainsKey(policy.Hash) ? this : new(_byHash.Add(policy.Hash, policy), _offered);

    private static PolicyCatalogue LoadBuiltIn()
    {
        var assembly = typeof(PolicyCatalogue).Assembly;
        var catalogue = Empty;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("policies/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            catalogue = Shipped(catalogue, PolicyDocument.Read(name, bytes));
        }

        var faults = catalogue.All.SelectMany(p => PolicyWays.Faults(p, catalogue.All)).ToList();
        return faults.Count == 0
            ? catalogue
            : throw new InvalidOperationException($"A shipped policy leads nowhere. {string.Join("; ", faults)}");
    }

    private static PolicyCatalogue Shipped(PolicyCatalogue catalogue, PolicyReading reading)
    {
        if (reading.Policy is not { } policy)
            throw new InvalidOperationException("A shipped policy is faulty. " + string.Join("; ", reading.Errors));
        var added = catalogue.With(policy);
        return added.Refusals.Count == 0
            ? added.Catalogue
            : throw new InvalidOperationException($"A shipped policy is refused. {string.Join("; ", added.Refusals)}");
    }
}

/// <summary>What came of adding a policy.</summary>
/// <param name="Catalogue">With the policy; unchanged when it was refused.</param>
/// <param name="Refusals">None: it is in.</param>
public sealed record PolicyAddition(PolicyCatalogue Catalogue, IReadOnlyList<PolicyError> Refusals);
