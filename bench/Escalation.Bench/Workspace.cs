using Microsoft.Data.Sqlite;

namespace Escalation.Bench;

/// <summary>Where the benchmark's files lie, whether they are kept, and how much is measured.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly bool _keep,
        _brief;

    /// <param name="root">The folder of the files.</param>
    /// <param name="keep">Whether they stay there.</param>
    /// <param name="brief">Whether a hundredth of the cases and one round will do: that shows that it runs, and no
    /// figure of it counts.</param>
    public Workspace(string root, bool keep, bool brief)
    {
        Root = Path.GetFullPath(root);
        _keep = keep;
        _brief = brief;
        Directory.CreateDirectory(Root);
    }

    public int Cases(int whole) => _brief ? whole / 100 : whole;

    public int RoundsOf(int whole) => _brief ? 1 : whole;

    public string Root { get; }

    /// <summary>The file system the files lie on; figures from one in memory say nothing about commits.</summary>
    public string FileSystem =>
        DriveInfo
            .GetDrives()
            .Where(d => Root.StartsWith(d.RootDirectory.FullName, StringComparison.Ordinal))
            .MaxBy(d => d.RootDirectory.FullName.Length)
            ?.DriveFormat
        ?? "unknown";

    /// <summary>An empty folder, whatever was there before.</summary>
    public string Fresh(string name)
    {
        var folder = Path.Combine(Root, name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return folder;
    }

    public string Lasting(string name) => Path.Combine(Root, name);

    public static string DatabaseIn(string folder) => Path.Combine(folder, "escalation.db");

    /// <summary>Copies a closed database and waits until the copy is on the disk, so that no round pays for writing it.</summary>
    public static void Copy(string from, string to)
    {
        File.Copy(from, to);
        using var copy = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        copy.Flush(flushToDisk: true);
    }

    /// <summary>A connection as the store's own writer has it.</summary>
    public static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()
        );
        connection.Open();
        Run(
            connection,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; "
                + "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 16000;"
        );
        return connection;
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static T Ask<T>(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    public static long Count(string file, string sql)
    {
        using var connection = Connect(file);
        return Ask<long>(connection, sql);
    }

    public void Dispose()
    {
        if (!_keep)
            Directory.Delete(Root, recursive: true);
    }
}
