using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>A store to which Ada adds policies.</summary>
internal sealed class OwnPolicyStore
{
    public static readonly DateTimeOffset Now = UkTime.At("2026-09-25 11:00");

    public MemoryStore Store { get; } = new();

    /// <summary>What every book of this store told.</summary>
    public List<PolicyFault> Told { get; } = [];

    /// <summary>As a program that has just started.</summary>
    public RuleBook Book() => new(Store, Told.Add);

    public Task<PolicyStoring> AddAsync(string document, string? seen = null) =>
        StoredPolicies.AddAsync(Store, OwnDocument.Read(document), seen, "key:ada", "Ada Admin", Now, default);
}
