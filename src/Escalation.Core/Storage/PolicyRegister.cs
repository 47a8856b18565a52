using System.Text.Json;
using Escalation.Core.Policies;

namespace Escalation.Core.Storage;

/// <summary>A partnership's own version, and who stored it when.</summary>
/// <param name="By">As recorded with events: <c>key:ID</c>; <c>command</c> for one that was stored on the machine itself.</param>
/// <param name="Name">For people.</param>
public sealed record OwnVersion(PolicyKey Key, string By, string Name, DateTimeOffset At);

/// <summary>
/// Every version that the partnerships stored, in that order: one record, so that two that clash can never both get in. It only
/// grows: a version is never changed and never taken away.
/// </summary>
/// <param name="Record">The version of the record, 0 for none: what is read again while it is the same is the same.</param>
public sealed record PolicyRegister(long Record, IReadOnlyList<OwnVersion> Versions)
{
    private const string Kind = "policyRegister",
        Id = "own";

    public static async Task<PolicyRegister> ReadAsync(IRecords records, CancellationToken cancel) =>
        await records.ReadAsync(Kind, Id, cancel) is { } record
            ? new PolicyRegister(
                record.Version,
                JsonSerializer.Deserialize(record.Body, PartnershipJson.Default.IReadOnlyListOwnVersion)!
            )
            : new PolicyRegister(0, []);

    public OwnVersion? Find(string hash) => Versions.FirstOrDefault(v => v.Key.Hash == hash);

    /// <summary>The highest version of a policy, or null.</summary>
    public OwnVersion? Highest(string policy) => Versions.Where(v => v.Key.Id == policy).MaxBy(v => v.Key.Version);

    /// <summary>The partnership that has this prefix, or null.</summary>
    public string? PartnershipOf(string referencePrefix) =>
        Versions.FirstOrDefault(v => v.Key.ReferencePrefix == referencePrefix)?.Key.Partnership;

    /// <summary>Adds a version. False, and nothing changed, when somebody else added one since this was read.</summary>
    internal Task<bool> AddAsync(IRecords records, OwnVersion version, CancellationToken cancel) =>
        records.WriteAsync(
            Kind,
            Id,
            JsonSerializer.Serialize([.. Versions, version], PartnershipJson.Default.IReadOnlyListOwnVersion),
            Record,
            cancel
        );
}
