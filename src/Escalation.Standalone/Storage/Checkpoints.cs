using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>
/// Moves what was committed from the write-ahead log into the database, on a thread and a connection of its own: no write waits for it. While writes keep
/// coming the log cannot begin anew and grows; at four times the size at which this begins, the writer does it itself.
/// </summary>
internal sealed class Checkpoints : IDisposable
{
    /// <summary>Pages of 4 KiB: 62 MiB.</summary>
    public const int Every = 16_000;

    private readonly Statements _statements;
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Thread _thread;
    private int _pages;

    public Checkpoints(string file)
    {
        _statements = new Statements(Connections.OpenWriter(file));
        _thread = new Thread(Loop) { IsBackground = true, Name = "checkpoints" };
        _thread.Start();
    }

    /// <summary>So many pages more are in the log. For one caller at a time.</summary>
    public void Written(int pages)
    {
        _pages += pages;
        if (_pages < Every)
            return;
        _pages = 0;
        _due.Writer.TryWrite(true);
    }

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
            Carry();
        }
    }

    private void Carry()
    {
        try
        {
            _statements["PRAGMA wal_checkpoint(PASSIVE)"].Run();
        }
        catch (SqliteException)
        {
            // Nothing is lost by it: the log stays, for the next one or for the writer's own.
        }
    }
}
