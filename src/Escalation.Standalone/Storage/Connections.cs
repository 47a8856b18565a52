using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>How connections to the database are opened. Each has its own page cache; together they stay below 40 MiB.</summary>
internal static class Connections
{
    /// <summary>The one connection that writes. A commit is on the disk (synchronous = FULL) before it returns; what is deleted is overwritten with zeros.</summary>
    public static SqliteConnection OpenWriter(string file) => Open(
        file,
        SqliteOpenMode.ReadWriteCreate,
        $"""
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA busy_timeout = 5000;
        PRAGMA cache_size = -16384;
        PRAGMA wal_autocheckpoint = {4 * Checkpoints.Every};
        PRAGMA journal_size_limit = 67108864;
        """);

    /// <summary>Sees only what is committed, and can write nothing.</summary>
    public static SqliteConnection OpenReader(string file) => Open(
        file,
        SqliteOpenMode.ReadOnly,
        """
        PRAGMA busy_timeout = 5000;
        PRAGMA cache_size = -4096;
        """);

    /// <summary>Moves the write-ahead log into the database and empties it. False when a reader was in the way for five seconds.</summary>
    public static bool EmptyLog(string file)
    {
        using var connection = OpenWriter(file);
        using var empty = new Statement(connection.Handle!, "PRAGMA wal_checkpoint(TRUNCATE)");
        return empty.First(row => row.Number(0)) == 0;
    }

    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode, string pragmas)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 10 };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            connection.Run(pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
