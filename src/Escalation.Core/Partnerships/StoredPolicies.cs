using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Partnerships;

/// <summary>Policies in the store: every version that a case was opened under, and a partnership's own.</summary>
public static class StoredPolicies
{
    private const string Kind = "policy";

    /// <summary>The built-in policies with the stored ones.</summary>
    public static async Task<PolicyCatalogue> LoadAsync(ICaseStore store, CancellationToken cancel)
    {
        var catalogue = PolicyCatalogue.BuiltIn;
        foreach (var record in await store.ListRecordsAsync(Kind, "", cancel))
        {
            var reading = PolicyDocument.Read($"stored policy {record.Id}", Encoding.UTF8.GetBytes(record.Body));
            if (reading.Policy is not { } policy)
                throw new InvalidOperationException($"A stored policy is faulty. {string.Join("; ", reading.Errors)}");
            var added = catalogue.With(policy);
            catalogue = added.Refusal is null ? added.Catalogue : throw new InvalidOperationException($"A stored policy clashes. {added.Refusal}");
        }
        return catalogue;
    }

    /// <summary>Keeps a version by its hash. A repeat changes nothing.</summary>
    public static Task KeepAsync(ICaseStore store, Policy policy, ReadOnlyMemory<byte> document, CancellationToken cancel) =>
        store.WriteRecordAsync(Kind, policy.Hash, Encoding.UTF8.GetString(document.Span), 0, cancel);
}
