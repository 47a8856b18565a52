namespace Escalation.Core.Policies;

/// <summary>What tells one version of a policy from every other, and what its partnership shares with nobody.</summary>
/// <param name="Hash">Of the document: two contents never share one.</param>
public sealed record PolicyKey(string Id, int Version, string Hash, string Partnership, string ReferencePrefix)
{
    public static PolicyKey Of(Policy policy) =>
        new(policy.Id, policy.Version, policy.Hash, policy.Partnership, policy.ReferencePrefix);

    /// <summary>
    /// Why this version cannot stand beside the others, each reason once: another content under its id and version, an id of another
    /// partnership, a prefix that is not the partnership's own. None with itself.
    /// </summary>
    public IReadOnlyList<PolicyError> ClashesWith(IEnumerable<PolicyKey> others) =>
        [
            .. others
                .Where(o => o.Hash != Hash)
                .OrderBy(o => o.Id, StringComparer.Ordinal)
                .ThenBy(o => o.Version)
                .SelectMany(ClashesWith)
                .Distinct(),
        ];

    private IEnumerable<PolicyError> ClashesWith(PolicyKey other)
    {
        var file = $"{Id}@{Version}";
        if (other.Id == Id && other.Version == Version)
            yield return new(file, "version", $"must be a new number: version {Version} exists with other content");
        if (other.Id == Id && other.Partnership != Partnership)
            yield return new(file, "partnership", $"must be {other.Partnership}, whose policy {Id} is");
        if (other.Partnership == Partnership != (other.ReferencePrefix == ReferencePrefix))
            yield return new(
                file,
                "referencePrefix",
                $"must be one for each partnership: {other.Partnership} has {other.ReferencePrefix}"
            );
    }
}
