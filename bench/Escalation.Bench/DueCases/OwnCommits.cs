using Microsoft.Data.Sqlite;

namespace Escalation.Bench.DueCases;

/// <summary>
/// Writes documents for Quartz's jobs as a job by itself would: on a pooled connection, in a commit of its own. The
/// jobs take turns, which is faster than SQLite's waiting for its lock.
/// </summary>
internal sealed class OwnCommits(string file, Documents images) : IDocumentWriter
{
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Pooling = true,
    }.ToString();
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task WriteAsync(string reference)
    {
        await _turn.WaitAsync();
        try
        {
            await using var connection = new SqliteConnection(_connection);
            connection.Open();
            Workspace.Run(
                connection,
                "PRAGMA secure_delete = ON; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 16000"
            );
            await using var update = new SqliteCommand(IDocumentWriter.Update, connection);
            update.Parameters.AddWithValue("$document", images[reference]);
            update.Parameters.AddWithValue("$reference", reference);
            update.ExecuteNonQuery();
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }
}
