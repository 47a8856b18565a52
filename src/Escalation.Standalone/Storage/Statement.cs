using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escalation.Standalone.Storage;

/// <summary>
/// A compiled statement, run again and again: a command of the provider's looks every parameter up by its name, for
/// each run, in two lists. A value once set stays until it is set again.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const int OnTheStack = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _compiled;
    private readonly string[] _names;
    private readonly bool[] _set;

    /// <exception cref="SqliteException">It is no SQL, or names what is not there.</exception>
    /// <exception cref="ArgumentException">It is more than one statement.</exception>
    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _compiled, out var rest),
            database
        );
        if (!string.IsNullOrWhiteSpace(rest))
        {
            _compiled.Dispose();
            throw new ArgumentException("There is more than one statement in it.", nameof(sql));
        }

        _names =
        [
            .. Enumerable
                .Range(1, raw.sqlite3_bind_parameter_count(_compiled))
                .Select(i => raw.sqlite3_bind_parameter_name(_compiled, i).utf8_to_string()),
        ];
        _set = new bool[_names.Length];
    }

    public Statement Set(string name, long value) =>
        At(name) is > 0 and var at ? Bound(at, raw.sqlite3_bind_int64(_compiled, at, value)) : this;

    public Statement Set(string name, long? value) => value is { } number ? Set(name, number) : SetNull(name);

    public Statement Set(string name, string? value)
    {
        if (value is null)
            return SetNull(name);
        if (At(name) is not (> 0 and var at))
            return this;
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most <= OnTheStack)
            return Text(at, value, stackalloc byte[OnTheStack]);
        var buffer = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return Text(at, value, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public Statement Set(string name, ReadOnlySpan<byte> value) =>
        At(name) is not (> 0 and var at)
            ? this
            : Bound(
                at,
                value.IsEmpty
                    ? raw.sqlite3_bind_zeroblob(_compiled, at, 0)
                    : raw.sqlite3_bind_blob(_compiled, at, value)
            );

    /// <summary>A whole number, a text, or null.</summary>
    public Statement Set(string name, object? value) =>
        value switch
        {
            null => SetNull(name),
            long number => Set(name, number),
            string text => Set(name, text),
            _ => throw new ArgumentException($"{value.GetType().Name} is not stored.", nameof(value)),
        };

    /// <summary>Runs it to its end. Returns how many rows it wrote, where it is one that writes rows.</summary>
    public int Run()
    {
        using var rows = Rows();
        while (rows.Read()) { }
        return raw.sqlite3_changes(_database);
    }

    public List<T> List<T>(Func<ResultRow, T> map)
    {
        using var rows = Rows();
        var found = new List<T>();
        while (rows.Read())
            found.Add(map(rows.Row));
        return found;
    }

    public T? First<T>(Func<ResultRow, T> map)
    {
        using var rows = Rows();
        return rows.Read() ? map(rows.Row) : default;
    }

    /// <summary>Begins a run. For one reader at a time, who disposes of the rows before the next run.</summary>
    /// <exception cref="InvalidOperationException">A parameter was never set.</exception>
    public Rows Rows()
    {
        if (Array.IndexOf(_set, false) is >= 0 and var missing)
            throw new InvalidOperationException($"{_names[missing]} was not set.");
        return new Rows(_database, _compiled);
    }

    public void Dispose() => _compiled.Dispose();

    /// <summary>0 where the statement has no such parameter: a caller may set what only some of its texts use.</summary>
    private int At(string name) => Array.IndexOf(_names, name) + 1;

    private Statement SetNull(string name) =>
        At(name) is > 0 and var at ? Bound(at, raw.sqlite3_bind_null(_compiled, at)) : this;

    /// <remarks>An empty span would be bound as null.</remarks>
    private Statement Text(int at, string value, Span<byte> buffer) =>
        Bound(
            at,
            value.Length == 0
                ? raw.sqlite3_bind_text(_compiled, at, "")
                : raw.sqlite3_bind_text(_compiled, at, buffer[..Encoding.UTF8.GetBytes(value, buffer)])
        );

    private Statement Bound(int at, int result)
    {
        SqliteException.ThrowExceptionForRC(result, _database);
        _set[at - 1] = true;
        return this;
    }
}

/// <summary>One run of a statement.</summary>
internal readonly ref struct Rows(sqlite3 database, sqlite3_stmt statement)
{
    public ResultRow Row { get; } = new(statement);

    /// <summary>Goes on to the next row; false after the last.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(result, database);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Ends the run; what failed in it was thrown by then.</summary>
    public void Dispose() => _ = raw.sqlite3_reset(statement);
}

/// <summary>The row that a run stands on, its columns counted from 0.</summary>
internal readonly struct ResultRow(sqlite3_stmt statement)
{
    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public int Small(int column) => raw.sqlite3_column_int(statement, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateTimeOffset Instant(int column) => new(Number(column), TimeSpan.Zero);

    /// <summary>Good until the run goes on.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);
}
