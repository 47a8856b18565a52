using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Storage;

/// <summary>
/// Policy documents in the store, each under its hash: every version that a case was opened under, and those that the
/// <see cref="PolicyRegister"/> names as a partnership's own. A document that no register names is found by the cases pinned to it, and
/// by nothing else.
/// </summary>
public static class StoredPolicies
{
    private const string Kind = "policy";

    /// <summary>Other writers in a row after which something else is wrong.</summary>
    private const int MaxAttempts = 20;

    /// <summary>Told of a document that cannot be used.</summary>
    private const int MostFaults = 3;

    /// <summary>The partnerships' own and the built-in policies, with what cases are pinned to.</summary>
    public static async Task<InstalledPolicies> LoadAsync(
        IRecords records,
        PolicyRegister register,
        CancellationToken cancel
    )
    {
        var kept = (await records.ListAsync(Kind, "", cancel)).ToDictionary(r => r.Id, StringComparer.Ordinal);
        var catalogue = PolicyCatalogue.Empty;
        var faults = new List<PolicyFault>();
        foreach (var own in register.Versions)
        {
            // Own ones first: where a later program brings a policy that clashes with one, the one that has cases stands.
            var record = kept.GetValueOrDefault(own.Key.Hash) ?? await records.ReadAsync(Kind, own.Key.Hash, cancel);
            var reading = Reading(own.Key.Hash, record);
            if (reading.Policy is { } policy)
                catalogue = catalogue.With(policy).Catalogue;
            else
                faults.Add(new PolicyFault(own.Key, Unreadable(reading)));
        }
        foreach (var policy in PolicyCatalogue.BuiltIn.All)
        {
            var added = catalogue.With(policy);
            catalogue = added.Catalogue.WithPinned(policy);
            if (added.Refusals.Count > 0)
                faults.Add(
                    new PolicyFault(
                        PolicyKey.Of(policy),
                        $"comes with the program and is not offered: its {Words(added.Refusals)}."
                    )
                );
        }
        foreach (var record in kept.Values)
            if (Reading(record.Id, record).Policy is { } policy)
                catalogue = catalogue.WithPinned(policy);
        return new InstalledPolicies(catalogue, register, faults);
    }

    /// <summary>A document that a case is pinned to.</summary>
    /// <exception cref="PolicyUnavailableException">It is not there, or this program cannot read it.</exception>
    public static async Task<Policy> ReadAsync(IRecords records, PolicyReference named, CancellationToken cancel)
    {
        var reading = Reading(named.Hash, await records.ReadAsync(Kind, named.Hash, cancel));
        return reading.Policy
            ?? throw new PolicyUnavailableException(
                $"The policy {named.Id}, version {named.Version} ({named.Hash[..12]}), {Unreadable(reading)}"
            );
    }

    /// <summary>Keeps a version by its hash. A repeat changes nothing.</summary>
    public static Task KeepAsync(IRecords records, Policy policy, CancellationToken cancel) =>
        records.WriteAsync(Kind, policy.Hash, Encoding.UTF8.GetString(PolicyDocument.BytesOf(policy).Span), 0, cancel);

    /// <summary>
    /// Stores a partnership's own version, which new cases are opened under from then on. The document is stored before the register names
    /// it, so that whoever reads the register finds it. Cut off anywhere, or run twice, it does nothing more.
    /// </summary>
    /// <param name="policy">From <see cref="OwnPolicyDocument.Read"/>.</param>
    /// <param name="seen">The hash of the version in force that the sender saw; null: not asked.</param>
    public static async Task<PolicyStoring> AddAsync(
        IRecords records,
        Policy policy,
        string? seen,
        string by,
        string name,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var register = await PolicyRegister.ReadAsync(records, cancel);
            if (await JudgeAsync(records, register, policy, seen, cancel) is { } done)
                return done;
            await KeepAsync(records, policy, cancel);
            if (await register.AddAsync(records, new OwnVersion(PolicyKey.Of(policy), by, name, now), cancel))
                return new PolicyStoring.Stored();
        }
        throw new InvalidOperationException("Too many policies are being stored at once.");
    }

    /// <summary>What <see cref="AddAsync"/> would answer without storing anything; null: it would store the policy.</summary>
    public static async Task<PolicyStoring?> JudgeAsync(
        IRecords records,
        Policy policy,
        string? seen,
        CancellationToken cancel
    ) => await JudgeAsync(records, await PolicyRegister.ReadAsync(records, cancel), policy, seen, cancel);

    private static async Task<PolicyStoring?> JudgeAsync(
        IRecords records,
        PolicyRegister register,
        Policy policy,
        string? seen,
        CancellationToken cancel
    )
    {
        if (Judge(register, PolicyKey.Of(policy), seen) is { } done)
            return done;
        var others = await OthersAsync(records, register, policy, cancel);
        return PolicyWays.Faults(policy, others) is { Count: > 0 } faults ? new PolicyStoring.Refused(faults) : null;
    }

    /// <summary>
    /// The other policies of its partnership, in their versions in force: all where it names any, else those alone that may lead to it,
    /// so that storing one of many that have nothing to do with each other reads no document of them.
    /// </summary>
    private static async Task<IReadOnlyList<Policy>> OthersAsync(
        IRecords records,
        PolicyRegister register,
        Policy policy,
        CancellationToken cancel
    )
    {
        var own = register
            .Versions.Select(v => v.Key)
            .Where(k => k.Partnership == policy.Partnership && k.Id != policy.Id)
            .GroupBy(k => k.Id, StringComparer.Ordinal)
            .Select(versions => versions.MaxBy(k => k.Version)!)
            .ToList();
        var others = PolicyCatalogue.BuiltIn.All.Where(b => own.TrueForAll(k => k.Id != b.Id)).ToList();
        foreach (var key in own)
            if (
                await records.ReadAsync(Kind, key.Hash, cancel) is { } record
                && (PolicyWays.LeaveFrom(policy) || PolicyWays.MayLeaveFrom(record.Body))
                && Reading(key.Hash, record).Policy is { } other
            )
                others.Add(other);
        return others;
    }

    private static PolicyStoring? Judge(PolicyRegister register, PolicyKey key, string? seen)
    {
        var inForce =
            register.Highest(key.Id)?.Key
            ?? (PolicyCatalogue.BuiltIn.Find(key.Id) is { } builtIn ? PolicyKey.Of(builtIn) : null);
        if (register.Find(key.Hash) is not null || PolicyCatalogue.BuiltIn.FindByHash(key.Hash) is not null)
            return new PolicyStoring.Known(inForce!);
        if (seen is not null && seen != inForce?.Hash)
            return new PolicyStoring.Overtaken(inForce);
        return Refusals(key, inForce, register) is { Count: > 0 } refusals ? new PolicyStoring.Refused(refusals) : null;
    }

    private static IReadOnlyList<PolicyError> Refusals(PolicyKey key, PolicyKey? inForce, PolicyRegister register)
    {
        var clashes = key.ClashesWith([
            .. register.Versions.Select(v => v.Key),
            .. PolicyCatalogue.BuiltIn.All.Select(PolicyKey.Of),
        ]);
        var isOlder = inForce?.Version > key.Version && clashes.All(c => c.Field != "version");
        return isOlder
            ?
            [
                .. clashes,
                new(
                    $"{key.Id}@{key.Version}",
                    "version",
                    $"must be more than {inForce!.Version}, which is in force: begin with its document, a setting may have been changed "
                        + "since"
                ),
            ]
            : clashes;
    }

    private static PolicyReading Reading(string hash, StoredRecord? record)
    {
        if (record is null)
            return Faulty(hash, "is not in the store");
        var reading = PolicyDocument.ReadStored(hash, Encoding.UTF8.GetBytes(record.Body));
        return reading.Policy is { } policy && policy.Hash != hash
            ? Faulty(hash, "is not what was stored: its content has another hash")
            : reading;
    }

    private static PolicyReading Faulty(string hash, string reason) =>
        new(null, [new PolicyError(hash, "document", reason)]);

    private static string Unreadable(PolicyReading reading) =>
        $"cannot be used by this program: its {Words(reading.Errors)}. A version of the program that stored it can.";

    private static string Words(IReadOnlyList<PolicyError> errors) =>
        string.Join("; ", errors.Take(MostFaults).Select(e => $"{e.Field} {e.Reason}"))
        + (errors.Count > MostFaults ? $" (and {errors.Count - MostFaults} more)" : "");
}

/// <summary>What became of storing a partnership's own version.</summary>
public abstract record PolicyStoring
{
    private PolicyStoring() { }

    public sealed record Stored : PolicyStoring;

    /// <summary>The very same document was there already. Nothing changed.</summary>
    public sealed record Known(PolicyKey InForce) : PolicyStoring;

    /// <summary>Another version is in force than the one that the sender saw.</summary>
    public sealed record Overtaken(PolicyKey? InForce) : PolicyStoring;

    /// <summary>It clashes with what is there, or names what is not.</summary>
    public sealed record Refused(IReadOnlyList<PolicyError> Why) : PolicyStoring;
}
