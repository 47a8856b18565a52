using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escalation.Standalone.Storage;

/// <summary>A connection with the statements it has compiled. For one caller at a time.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    // The tracker's filters make many texts; starting again is cheaper than keeping them all.
    private const int Most = 100;

    /// <summary>SQLITE_DBSTATUS_CACHE_WRITE.</summary>
    private const int CacheWrite = 9;

    private readonly Dictionary<string, Statement> _compiled = new(StringComparer.Ordinal);

    /// <summary>Good until another text is asked for.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (_compiled.TryGetValue(sql, out var known))
                return known;
            if (_compiled.Count >= Most)
                Forget();
            return _compiled[sql] = new Statement(connection.Handle!, sql);
        }
    }

    /// <summary>Pages that this connection has written since this was last asked.</summary>
    public int PagesWritten()
    {
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_db_status(connection.Handle!, CacheWrite, out var pages, out _, resetFlg: 1),
            connection.Handle
        );
        return pages;
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private void Forget()
    {
        foreach (var statement in _compiled.Values)
            statement.Dispose();
        _compiled.Clear();
    }
}
