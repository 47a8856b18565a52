using Escalation.Core.Cases;
using Escalation.Core.Partnerships;
using Escalation.Core.Policies;

namespace Escalation.Standalone.Hosting;

/// <summary>A partnership's own policy documents, read from files.</summary>
internal static class OwnPolicies
{
    /// <summary>Lower numbers are those of documents that come with the program.</summary>
    private const int FirstVersion = 1000;

    /// <summary>Keeps every document of the folder in the store. Run again it changes nothing.</summary>
    /// <exception cref="HostFault">A document is faulty or clashes; nothing of the folder is kept then.</exception>
    public static async Task KeepAsync(ICaseStore store, string folder, CancellationToken cancel)
    {
        var catalogue = await StoredPolicies.LoadAsync(store, cancel);
        var read = new List<Policy>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var checkedFile = await CheckAsync(catalogue, file, cancel);
            if (checkedFile.Errors is [var first, ..] errors)
                throw new HostFault($"{first}{(errors.Count > 1 ? $" (and {errors.Count - 1} more; 'policies check {file}' lists them)" : "")}");
            catalogue = checkedFile.Catalogue;
            read.Add(checkedFile.Policy!);
        }
        foreach (var policy in read.Where(p => PolicyCatalogue.BuiltIn.FindByHash(p.Hash) is null))
            await StoredPolicies.KeepAsync(store, policy, catalogue.DocumentOf(policy), cancel);
    }

    /// <summary>Reads one document and says whether it could be added to the catalogue.</summary>
    public static async Task<CheckedPolicy> CheckAsync(PolicyCatalogue catalogue, string file, CancellationToken cancel)
    {
        PolicyReading reading;
        try
        {
            reading = PolicyDocument.Read(file, await File.ReadAllBytesAsync(file, cancel));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CheckedPolicy(null, catalogue, [new PolicyError(file, "document", $"cannot be read: {e.Message}")]);
        }
        if (reading.Policy is not { } policy)
            return new CheckedPolicy(null, catalogue, reading.Errors);
        if (policy.Version < FirstVersion && catalogue.FindByHash(policy.Hash) is null)
            return new CheckedPolicy(null, catalogue, [new PolicyError(file, "version", $"must be {FirstVersion} or more: lower numbers are the program's own")]);
        var added = catalogue.With(policy);
        return added.Refusal is { } refusal
            ? new CheckedPolicy(null, catalogue, [refusal with { File = file }])
            : new CheckedPolicy(policy, added.Catalogue, []);
    }
}

/// <param name="Policy">Null exactly when there are errors.</param>
/// <param name="Catalogue">With the policy; unchanged when there are errors.</param>
internal sealed record CheckedPolicy(Policy? Policy, PolicyCatalogue Catalogue, IReadOnlyList<PolicyError> Errors);
