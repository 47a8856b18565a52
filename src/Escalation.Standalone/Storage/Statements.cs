using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>A connection with the statements it has compiled. For one caller at a time.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    // The tracker's filters make many texts; starting again is cheaper than keeping them all.
    private const int Most = 100;

    private readonly Dictionary<string, SqliteCommand> _compiled = new(StringComparer.Ordinal);

    public SqliteCommand this[string sql]
    {
        get
        {
            if (_compiled.TryGetValue(sql, out var known))
                return known;
            if (_compiled.Count >= Most)
                Forget();
            var command = connection.CreateCommand();
            command.CommandText = sql;
            return _compiled[sql] = command;
        }
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private void Forget()
    {
        foreach (var command in _compiled.Values)
            command.Dispose();
        _compiled.Clear();
    }
}

internal static class Values
{
    public static SqliteCommand Set(this SqliteCommand command, string name, object? value)
    {
        var at = command.Parameters.IndexOf(name);
        if (at < 0)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        else
            command.Parameters[at].Value = value ?? DBNull.Value;
        return command;
    }

    public static List<T> List<T>(this SqliteCommand command, Func<SqliteDataReader, T> map)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    public static T? First<T>(this SqliteCommand command, Func<SqliteDataReader, T> map)
    {
        using var reader = command.ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    public static byte[] Bytes(this SqliteDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    public static long? Whole(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static string? Text(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>The bytes as a blob's value, copied only when they are a part of a larger array.</summary>
    public static byte[] Blob(this ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var part) && part.Array is { } array && part.Count == array.Length ? array : bytes.ToArray();

    public static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}
