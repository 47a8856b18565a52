using System.Text.Json;
using Escalation.Core.Directory;

namespace Escalation.Core.Storage;

/// <summary>Directory entries in the store: a record for each agency, and one for the partnership itself.</summary>
public static class StoredDirectory
{
    private const string Kind = "agency";

    public static async Task<PartnershipDirectory> LoadAsync(
        IRecords records,
        string partnership,
        CancellationToken cancel
    )
    {
        var entries = await records.ListAsync(Kind, partnership + "/", cancel);
        return new PartnershipDirectory(partnership, [.. entries.Select(e => Parse(e.Body))]);
    }

    /// <summary>The entry with its version, or null.</summary>
    public static async Task<(Agency Agency, long Version)?> ReadAsync(
        IRecords records,
        string partnership,
        string agency,
        CancellationToken cancel
    ) =>
        await records.ReadAsync(Kind, Id(partnership, agency), cancel) is { } record
            ? (Parse(record.Body), record.Version)
            : null;

    /// <summary>
    /// Writes if the entry's version is the expected one (0: only if there is none). False, and nothing changed, when
    /// it is another.
    /// </summary>
    public static Task<bool> WriteAsync(
        IRecords records,
        string partnership,
        Agency agency,
        long expectedVersion,
        CancellationToken cancel
    ) =>
        records.WriteAsync(
            Kind,
            Id(partnership, agency.Id),
            JsonSerializer.Serialize(agency, PartnershipJson.Default.Agency),
            expectedVersion,
            cancel
        );

    private static string Id(string partnership, string agency) => $"{partnership}/{agency}";

    private static Agency Parse(string body) => JsonSerializer.Deserialize(body, PartnershipJson.Default.Agency)!;
}
