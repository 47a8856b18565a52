using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Site.Partnerships;

namespace Escalation.Web.Partnerships.Transfer;

/// <summary>What an import would do to one entry.</summary>
/// <param name="Version">Of the entry as it is; 0: there is none yet.</param>
/// <param name="After">Null: its lines have faults, and nothing of it is written.</param>
public sealed record PlannedEntry(
    string Id,
    string Name,
    long Version,
    Agency? Before,
    Agency? After,
    IReadOnlyList<LineError> Errors
)
{
    public bool Writes => After is not null && (Before is null || !EntryService.AreSame(Before, After));

    public IReadOnlyList<EntryChange> Changes => Writes ? EntryChange.Between(Before, After!) : [];
}

/// <summary>What an import would do, agency by agency.</summary>
/// <param name="Errors">Why nothing of the file can be imported.</param>
/// <param name="Untouched">Agencies that the file does not name: they stay as they are.</param>
public sealed record ImportPlan(IReadOnlyList<LineError> Errors, IReadOnlyList<PlannedEntry> Entries, int Untouched)
{
    public bool Writes => Entries.Any(e => e.Writes);

    /// <summary>What a form carries so that only what was shown is written.</summary>
    public string Versions => string.Join(' ', Entries.Where(e => e.Writes).Select(e => $"{e.Id}:{e.Version}"));

    internal static async Task<ImportPlan> MakeAsync(
        IRecords records,
        OpenedPartnership where,
        string text,
        CancellationToken cancel
    )
    {
        var file = ImportFile.Read(text);
        if (file.Errors.Count > 0)
            return new ImportPlan(file.Errors, [], where.Directory.Agencies.Count);
        var entries = new List<PlannedEntry>();
        var named = where
            .Directory.Agencies.DistinctBy(a => a.Name.Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(a => a.Name.Trim(), a => a.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var lines in file.Rows.GroupBy(r => IdOf(named, r), StringComparer.Ordinal))
        {
            var there =
                lines.Key.Length == 0 ? null : await StoredDirectory.ReadAsync(records, where.Id, lines.Key, cancel);
            var (agency, errors) = ReadEntry(where, lines.Key, there?.Agency, [.. lines], file.Columns, cancel);
            entries.Add(
                new PlannedEntry(
                    lines.Key,
                    agency?.Name ?? there?.Agency.Name ?? lines.Key,
                    there?.Version ?? 0,
                    there?.Agency,
                    agency,
                    errors
                )
            );
        }
        var touched = entries.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        return new ImportPlan([], entries, where.Directory.Agencies.Count(a => !touched.Contains(a.Id)));
    }

    private static (Agency?, IReadOnlyList<LineError>) ReadEntry(
        OpenedPartnership where,
        string id,
        Agency? before,
        IReadOnlyList<ImportRow> rows,
        IReadOnlySet<string> columns,
        CancellationToken cancel
    ) =>
        id.Length == 0 || AgencyForms.IsTaken(id)
            ? (
                null,
                [
                    new LineError(
                        rows[0].Line,
                        id.Length == 0
                            ? "agency: Enter the agency's short name"
                            : $"agency: '{id}' is kept for a page of the directory: use another short name"
                    ),
                ]
            )
            : new EntryReader(
                id,
                before,
                rows,
                columns,
                DirectoryEndpoints.TiersOf(where.Policies),
                ContactEndpoints.NewId,
                cancel
            ).Read();

    /// <summary>The short name; without one that of the agency with this name, or one made from it.</summary>
    private static string IdOf(Dictionary<string, string> named, ImportRow row)
    {
        if (row[DirectoryCsv.Agency] is { Length: > 0 } id)
            return id;
        var name = row[DirectoryCsv.AgencyName];
        return named.GetValueOrDefault(name) ?? AgencyForms.IdOf(name);
    }
}
