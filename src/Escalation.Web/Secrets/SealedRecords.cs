using Escalation.Core.Storage;

namespace Escalation.Web.Secrets;

/// <summary>Records that hold the installation's own secrets, sealed by its <see cref="SecretsKeys"/>.</summary>
public sealed class SealedRecords(IRecords records, SecretsKeys keys)
{
    /// <summary>The kinds of records that are sealed: link keys and the intake secret; the keys of sign-in cookies.</summary>
    public const string Secret = "secret",
        CookieKey = "cookieKey";
    private static readonly string[] Kinds = [Secret, CookieKey];

    /// <summary>The names of the secrets keys that what is stored was sealed with. Empty where nothing is sealed yet.</summary>
    public static async Task<IReadOnlySet<string>> SealedByAsync(IRecords records, CancellationToken cancel) =>
        (await AllAsync(records, cancel))
            .Select(r => SecretsKeys.SealedBy(r.Record.Body))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>As it was before it was sealed, or null.</summary>
    public async Task<StoredRecord?> ReadAsync(string kind, string id, CancellationToken cancel) =>
        await records.ReadAsync(kind, id, cancel) is { } record ? Opened(kind, record) : null;

    public async Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, CancellationToken cancel) =>
        [.. (await records.ListAsync(kind, "", cancel)).Select(record => Opened(kind, record))];

    /// <summary>As <see cref="IRecords.WriteAsync"/>.</summary>
    public Task<bool> WriteAsync(string kind, string id, string body, long expectedVersion, CancellationToken cancel) =>
        records.WriteAsync(kind, id, keys.Seal(Place(kind, id), body), expectedVersion, cancel);

    /// <summary>
    /// Seals with the first key what is sealed with another one, or not at all. Done twice, it changes nothing more. Returns how many there
    /// were.
    /// </summary>
    public async Task<int> SealAnewAsync(CancellationToken cancel)
    {
        var count = 0;
        foreach (var (kind, record) in await AllAsync(records, cancel))
        {
            if (SecretsKeys.SealedBy(record.Body) == keys.Name)
                continue;
            await WriteAsync(kind, record.Id, Opened(kind, record).Body, record.Version, cancel);
            count++;
        }
        return count;
    }

    /// <summary>Removes what none of the keys opens. Returns how many there were.</summary>
    public async Task<int> RemoveLostAsync(CancellationToken cancel)
    {
        var count = 0;
        foreach (var (kind, record) in await AllAsync(records, cancel))
        {
            if (SecretsKeys.SealedBy(record.Body) is not { } name || keys.Names.Contains(name))
                continue;
            await records.WriteAsync(kind, record.Id, null, record.Version, cancel);
            count++;
        }
        return count;
    }

    private static async Task<IReadOnlyList<(string Kind, StoredRecord Record)>> AllAsync(
        IRecords records,
        CancellationToken cancel
    )
    {
        var all = new List<(string, StoredRecord)>();
        foreach (var kind in Kinds)
            all.AddRange((await records.ListAsync(kind, "", cancel)).Select(record => (kind, record)));
        return all;
    }

    private StoredRecord Opened(string kind, StoredRecord record) =>
        SecretsKeys.SealedBy(record.Body) is null
            ? record
            : record with
            {
                Body = keys.Open(Place(kind, record.Id), record.Body),
            };

    private static string Place(string kind, string id) => $"{kind}/{id}";
}
