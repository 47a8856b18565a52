using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Escalation.Bench.DueCases;

/// <summary>
/// The group commit that our store has and Quartz's users have not: one connection, whatever waits shares a commit,
/// each is answered after it.
/// </summary>
internal sealed class SharedCommits : IDocumentWriter
{
    private readonly Channel<(string Reference, TaskCompletionSource Written)> _waiting = Channel.CreateUnbounded<(
        string,
        TaskCompletionSource
    )>();
    private readonly Documents _images;
    private readonly SqliteConnection _connection;
    private readonly Task _loop;

    public SharedCommits(string file, Documents images)
    {
        _images = images;
        _connection = Workspace.Connect(file);
        _loop = Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning);
    }

    public Task WriteAsync(string reference)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Writer.TryWrite((reference, written));
        return written.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _loop;
        await _connection.DisposeAsync();
    }

    private void Loop()
    {
        using var begin = new SqliteCommand("BEGIN IMMEDIATE", _connection);
        using var commit = new SqliteCommand("COMMIT", _connection);
        using var update = new SqliteCommand(IDocumentWriter.Update, _connection);
        var document = update.Parameters.Add("$document", SqliteType.Blob);
        var reference = update.Parameters.Add("$reference", SqliteType.Text);
        var batch = new List<TaskCompletionSource>();
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            begin.ExecuteNonQuery();
            while (_waiting.Reader.TryRead(out var next))
            {
                (reference.Value, document.Value) = (next.Reference, _images[next.Reference]);
                update.ExecuteNonQuery();
                batch.Add(next.Written);
            }
            commit.ExecuteNonQuery();
            batch.ForEach(written => written.SetResult());
            batch.Clear();
        }
    }
}
