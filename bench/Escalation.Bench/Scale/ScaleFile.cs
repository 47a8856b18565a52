using System.Globalization;
using System.Text;
using Escalation.Standalone.Storage;
using Microsoft.Data.Sqlite;

namespace Escalation.Bench.Scale;

/// <summary>
/// A database of many cases, written straight into the store's tables: one in twenty open, over five partnerships and forty agencies. The
/// queries measured never read a document, so these have a size and no sense.
/// </summary>
internal static class ScaleFile
{
    public const int DocumentBytes = 1_024,
        RowBytes = 560,
        OpenOneIn = 20,
        Partnerships = 5;
    private static readonly DateTimeOffset FirstRaised = new(2024, 1, 1, 9, 0, 0, TimeSpan.Zero);

    public static string PartnershipOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"partnership-{number % Partnerships}");

    /// <summary>Makes the file unless a whole one is there.</summary>
    public static async Task<string> MakeAsync(Workspace workspace, int cases)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"scale-{cases}");
        var folder = workspace.Lasting(name);
        if (File.Exists(Path.Combine(folder, "whole")))
            return folder;
        workspace.Fresh(name);
        await SqliteCaseStore.Open(folder).DisposeAsync();
        Fill(Workspace.DatabaseIn(folder), cases);
        await File.WriteAllTextAsync(Path.Combine(folder, "whole"), "");
        return folder;
    }

    private static void Fill(string file, int cases)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()
        );
        connection.Open();
        var indexes = Indexes(connection);
        Workspace.Run(
            connection,
            "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -262144; PRAGMA temp_store = FILE"
        );
        Workspace.Run(connection, string.Concat(indexes.Select(i => $"DROP INDEX {i.Name};")) + "BEGIN");
        using (var rows = new ScaleRows(connection))
            for (var i = 0; i < cases; i++)
                rows.Add(i, FirstRaised.AddMinutes(i), Reference(i));
        Workspace.Run(
            connection,
            "COMMIT;" + string.Concat(indexes.Select(i => i.Sql + ";")) + "PRAGMA journal_mode = WAL"
        );
    }

    private static List<(string Name, string Sql)> Indexes(SqliteConnection connection)
    {
        using var command = new SqliteCommand(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
            connection
        );
        using var reader = command.ExecuteReader();
        var found = new List<(string, string)>();
        while (reader.Read())
            found.Add((reader.GetString(0), reader.GetString(1)));
        return found;
    }

    /// <summary>As scattered as real ones, and no two alike: an odd factor permutes the numbers of 40 bits.</summary>
    private static string Reference(int number)
    {
        const string letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var scattered = (ulong)number * 0x9E3779B97F4A7C15;
        var text = new StringBuilder("SAN-");
        for (var i = 0; i < 8; i++)
            text.Append(i == 4 ? "-" : "").Append(letters[(int)((scattered >> (24 + (5 * i))) & 31)]);
        return text.ToString();
    }
}
