using Microsoft.Data.Sqlite;

namespace Escalation.Bench.Opening;

/// <summary>The baseline: prepared INSERTs over the store's own tables and indexes, on one connection with its pragmas.</summary>
internal sealed class RawWriter : IDisposable
{
    public const int Batch = 64;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly Dictionary<string, SqliteCommand> _inserts = new(StringComparer.Ordinal);

    public RawWriter(string file)
    {
        _connection = Workspace.Connect(file);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    public void Insert(IReadOnlyList<(string Table, object[] Values)> rows)
    {
        foreach (var (table, values) in rows)
        {
            if (!_inserts.TryGetValue(table, out var insert))
                _inserts[table] = insert = Prepare(
                    $"INSERT OR REPLACE INTO {table} VALUES ({string.Join(", ", values.Select((_, i) => $"${i}"))})",
                    values.Length
                );
            for (var i = 0; i < values.Length; i++)
                insert.Parameters[i].Value = values[i];
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>All cases in batches; the counters once a batch.</summary>
    public void WriteAll(SameRows rows)
    {
        foreach (var batch in rows.Cases.Chunk(Batch))
        {
            Begin();
            foreach (var one in batch)
                Insert(one);
            Insert(rows.Beside);
            Commit();
        }
    }

    public void Dispose()
    {
        foreach (var command in _inserts.Values)
            command.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, int parameters = 0)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
            command.Parameters.AddWithValue($"${i}", DBNull.Value);
        if (parameters == 0)
            command.Prepare();
        return command;
    }
}
