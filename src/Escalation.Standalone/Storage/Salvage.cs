using System.Text.Json;
using Escalation.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>What was saved of a damaged database.</summary>
/// <param name="Cases">How many cases the new one has.</param>
/// <param name="FromBackup">References of those that are in it as the backup had them.</param>
/// <param name="Lost">References of those that could be read in neither.</param>
/// <param name="RecordsLost">Records beside the cases (directory, calendar, keys) that could be read in neither, as kind and id.</param>
internal sealed record Salvaged(
    int Cases,
    IReadOnlyList<string> FromBackup,
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> RecordsLost
);

/// <summary>
/// Makes a new database of what can be read of a damaged one, and of a backup what cannot. Neither of them is changed. What can be worked
/// out from the cases (indexes, lists, counters) is made anew.
/// </summary>
internal sealed class Salvage : IDisposable
{
    private const string FromLists = """
        INSERT INTO case_agencies (agency, raised_at, reference, case_id, partnership, ended, sort_at)
            SELECT e.value, c.raised_at, c.reference, c.id, c.partnership, c.ended, c.sort_at FROM cases c, json_each(c.agencies) e;
        INSERT INTO case_numbers (case_id, number) SELECT c.id, e.value FROM cases c, json_each(c.numbers) e;
        INSERT INTO operations (operation, case_id) SELECT e.value, c.id FROM cases c, json_each(c.operations) e;
        INSERT INTO counters (partnership, cases, open, queued, failed)
            SELECT partnership, COUNT(*), SUM(1 - ended), SUM(queued), SUM(failed) FROM cases GROUP BY partnership;
        """;

    private readonly SqliteConnection _target;
    private readonly DamagedDatabase _damaged;
    private readonly DamagedDatabase? _backup;

    private Salvage(string target, string damaged, string? backup)
    {
        _target = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ToString()
        );
        _target.Open();
        Schema.Migrate(_target);
        _damaged = new DamagedDatabase(damaged);
        _backup = backup is null ? null : new DamagedDatabase(backup);
    }

    /// <param name="folder">The data folder; no host may be running on it.</param>
    /// <param name="target">A new file, which appears only when whole.</param>
    /// <param name="backup">Null: what cannot be read is lost.</param>
    /// <exception cref="StoreException">A file is there or is not, is in use, or is of another version of the program.</exception>
    public static Salvaged Run(string folder, string target, string? backup)
    {
        using var claimed = DataFolder.Claim(folder);
        foreach (var file in (string[])[claimed.Database, .. backup is null ? Array.Empty<string>() : [backup]])
            if (!File.Exists(file))
                throw new StoreException($"There is no database at {file}.");
        if (Path.Exists(target))
            throw new StoreException($"{target} exists already: it is not overwritten.");
        var partial = $"{target}.{Guid.NewGuid():N}.partial";
        try
        {
            OwnerOnly.MakeFile(partial);
            Salvaged saved;
            using (var salvage = new Salvage(partial, claimed.Database, backup))
                saved = salvage.Run();
            File.Move(partial, target, overwrite: false);
            return saved;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{claimed.Database} could not be salvaged to {target}: {e.Message}", e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    public void Dispose()
    {
        _backup?.Dispose();
        _damaged.Dispose();
        _target.Dispose();
    }

    private Salvaged Run()
    {
        _target.Run("BEGIN");
        var (cases, fromBackup, lost) = (0, new List<string>(), new List<string>());
        var references = _damaged.References().Union(_backup?.References() ?? [], StringComparer.Ordinal);
        foreach (var reference in references.Order(StringComparer.Ordinal))
        {
            if (Copy(_damaged, reference))
                cases++;
            else if (_backup is not null && Copy(_backup, reference))
                fromBackup.Add(reference);
            else
                lost.Add(reference);
        }
        var recordsLost = CopyRecords();
        _target.Run(FromLists);
        _target.Run("COMMIT");
        return new Salvaged(cases + fromBackup.Count, fromBackup, lost, recordsLost);
    }

    /// <summary>False when the case is not there, or cannot be read whole.</summary>
    private bool Copy(DamagedDatabase from, string reference)
    {
        if (from.Case(reference) is not var (row, parts))
            return false;
        var document = parts.SelectMany(p => p).ToArray();
        if (document.Length != (long)row["size"]! || !IsWhole(reference, document) || !IsJson((byte[])row["row"]!))
            return false;
        row.Remove("id");
        var id = Insert("cases", row);
        foreach (var part in parts)
            Insert("document_parts", new Dictionary<string, object?> { ["case_id"] = id, ["part"] = part });
        return true;
    }

    /// <summary>It can be read, and its chain of hashes is unbroken.</summary>
    private static bool IsWhole(string reference, byte[] document)
    {
        try
        {
            var read = DocumentFormat.Read(new StoredCase(reference, 1, document));
            return EventChain.Hashes(read.Events).Last().AsSpan().SequenceEqual(read.Head);
        }
        catch (UnreadableCaseException)
        {
            return false;
        }
    }

    private static bool IsJson(byte[] text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private List<string> CopyRecords()
    {
        var lost = new List<string>();
        foreach (var (kind, id) in _damaged.Records())
        {
            if ((_damaged.Record(kind, id) ?? _backup?.Record(kind, id)) is { } row)
                Insert("records", row);
            else
                lost.Add($"{kind} {id}");
        }
        return lost;
    }

    private long Insert(string table, Dictionary<string, object?> row)
    {
        using var command = _target.CreateCommand();
        var columns = row.Keys.ToList();
        command.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "$" + c))}); "
            + "SELECT last_insert_rowid()";
        foreach (var (column, value) in row)
            command.Parameters.AddWithValue("$" + column, value ?? DBNull.Value);
        return (long)command.ExecuteScalar()!;
    }
}
