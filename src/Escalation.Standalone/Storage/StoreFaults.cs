using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escalation.Standalone.Storage;

/// <summary>What a failure of SQLite's means to whoever runs the host.</summary>
internal static class StoreFaults
{
    /// <summary>In words that follow "because".</summary>
    public static string Because(Exception e) =>
        (e as SqliteException)?.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => "the disk is full",
            raw.SQLITE_IOERR => "the disk is full or does not work",
            raw.SQLITE_READONLY => "the database or its disk is read-only",
            raw.SQLITE_CANTOPEN => "the database’s files cannot be opened",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds the database",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the database is damaged",
            { } code => $"of SQLite’s fault {code}",
            null => $"of a fault ({e.GetType().Name})",
        };

    /// <summary>The store may take later what it does not take now.</summary>
    public static bool MayPass(Exception e) => e is SqliteException or IOException or TimeoutException && !IsDamage(e);

    /// <summary>A page of the database holds what it cannot hold, or is not there.</summary>
    public static bool IsDamage(Exception e) => e is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT };
}
