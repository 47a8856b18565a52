using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>
/// Moves what was committed from the write-ahead log into the database, on a thread and a connection of its own, so
/// that no write waits for it. While writes keep coming the log cannot begin anew and grows; at four times the size at
/// which this begins, 250 MiB, the writer does it itself.
/// </summary>
internal sealed class Checkpoints : IDisposable
{
    /// <summary>Pages of 4 KiB: 62 MiB.</summary>
    public const int Every = 16_000;

    /// <summary>After one that could not move everything, a reader being in the way.</summary>
    public const int Soon = 1_000;

    private readonly Statements _statements;
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly Lock _one = new();
    private readonly Thread _thread;
    private int _pages;
    private volatile bool _heldBack;

    public Checkpoints(string file)
    {
        _statements = new Statements(Connections.OpenCheckpoints(file));
        _thread = new Thread(Loop) { IsBackground = true, Name = "checkpoints" };
        _thread.Start();
    }

    /// <summary>So many pages more are in the log. For one caller at a time.</summary>
    public void Written(int pages)
    {
        _pages += pages;
        if (_pages < (_heldBack ? Soon : Every))
            return;
        _pages = 0;
        _due.Writer.TryWrite(true);
    }

    /// <summary>Moves everything, and empties the log. False when a reader was in the way for five seconds.</summary>
    /// <remarks>SQLite refuses at once, without waiting, while another connection is at it: so both are done here.</remarks>
    public bool Empty() => Move("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>Carries out what is due. A second call does nothing.</summary>
    public void Dispose()
    {
        _due.Writer.TryComplete();
        _thread.Join();
        _statements.Dispose();
    }

    private void Loop()
    {
        while (_due.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            _due.Reader.TryRead(out _);
            try
            {
                Move("PRAGMA wal_checkpoint(PASSIVE)");
            }
            catch (SqliteException)
            {
                // Nothing is lost by it: the log stays as it is until the next one.
                _heldBack = true;
            }
        }
    }

    /// <summary>False when not everything could be moved.</summary>
    private bool Move(string pragma)
    {
        lock (_one)
        {
            var whole = _statements[pragma].First(row => row.Number(0) == 0 && row.Number(1) == row.Number(2));
            _heldBack = !whole;
            return whole;
        }
    }
}
