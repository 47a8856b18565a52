using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>How connections to the database are opened. Each has its own page cache; together they stay below 40 MiB.</summary>
/// <remarks>
/// A <see cref="Statement"/> waits for a lock as long as <c>busy_timeout</c> says; the provider's own commands try on
/// until its timeout.
/// </remarks>
internal static class Connections
{
    /// <summary>
    /// The one connection that writes cases. A commit is on the disk (synchronous = FULL) before it returns; what is
    /// deleted is overwritten with zeros. It waits longer for its turn than emptying the log can take with a reader in
    /// the way.
    /// </summary>
    public static SqliteConnection OpenWriter(string file) =>
        Open(
            file,
            SqliteOpenMode.ReadWriteCreate,
            $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA secure_delete = ON;
            PRAGMA busy_timeout = 15000;
            PRAGMA cache_size = -16384;
            PRAGMA wal_autocheckpoint = {4 * Checkpoints.Every};
            PRAGMA journal_size_limit = 67108864;
            """
        );

    /// <summary>Sees only what is committed, and can write nothing.</summary>
    public static SqliteConnection OpenReader(string file) =>
        Open(
            file,
            SqliteOpenMode.ReadOnly,
            """
            PRAGMA busy_timeout = 5000;
            PRAGMA cache_size = -4096;
            """
        );

    /// <summary>Changes nothing that a query could see: it moves the write-ahead log into the database.</summary>
    public static SqliteConnection OpenCheckpoints(string file) =>
        Open(
            file,
            SqliteOpenMode.ReadWrite,
            """
            PRAGMA synchronous = FULL;
            PRAGMA busy_timeout = 5000;
            PRAGMA cache_size = -512;
            """
        );

    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode, string pragmas)
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 10,
        };
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
