using System.Text.Json;
using Escalation.Core.Directory;

namespace Escalation.Core.Storage;

/// <summary>Directory entries in the store, one record an agency.</summary>
public static class StoredDirectory
{
    private const string Kind = "agency";

    public static async Task<PartnershipDirectory> LoadAsync(
        ICaseStore store,
        string partnership,
        CancellationToken cancel
    )
    {
        var records = await store.ListRecordsAsync(Kind, partnership + "/", cancel);
        return new PartnershipDirectory(partnership, [.. records.Select(r => Parse(r.Body))]);
    }

    /// <summary>The entry with its version, or null.</summary>
    public static async Task<(Agency Agency, long Version)?> ReadAsync(
        ICaseStore store,
        string partnership,
        string agency,
        CancellationToken cancel
    ) =>
        await store.ReadRecordAsync(Kind, Id(partnership, agency), cancel) is { } record
            ? (Parse(record.Body), record.Version)
            : null;

    /// <summary>Writes if the entry's version is the expected one (0: only if there is none).</summary>
    public static Task<bool> WriteAsync(
        ICaseStore store,
        string partnership,
        Agency agency,
        long expectedVersion,
        CancellationToken cancel
    ) =>
        store.WriteRecordAsync(
            Kind,
            Id(partnership, agency.Id),
            JsonSerializer.Serialize(agency, PartnershipJson.Default.Agency),
            expectedVersion,
            cancel
        );

    private static string Id(string partnership, string agency) => $"{partnership}/{agency}";

    private static Agency Parse(string body) => JsonSerializer.Deserialize(body, PartnershipJson.Default.Agency)!;
}
