using Escalation.Standalone.Storage;
using Microsoft.Data.Sqlite;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Storage;

public sealed class CheckpointsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder[StoreFile.Name];
    private long Size => new FileInfo(Database).Length;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_after_so_many_pages_does_the_database_get_what_the_log_has()
    {
        using var writer = WithMegabyte();
        var before = Size;

        using (var checkpoints = new Checkpoints(Database))
            checkpoints.Written(Checkpoints.Every - 1);
        Assert.Equal(before, Size);

        using (var checkpoints = new Checkpoints(Database))
        {
            checkpoints.Written(Checkpoints.Every - 1);
            checkpoints.Written(1);
        }

        Assert.InRange(Size - before, 1 << 20, 2 << 20);
    }

    [Fact]
    public void What_a_reader_held_back_is_moved_soon_after()
    {
        using var writer = WithMegabyte();
        using var reader = Connections.OpenReader(Database);
        using var checkpoints = new Checkpoints(Database);
        var before = Size;
        reader.Run("BEGIN; SELECT COUNT(*) FROM things");
        writer.Run("INSERT INTO things VALUES (randomblob(1048576))");
        checkpoints.Written(Checkpoints.Every);
        Assert.True(HasGrown(1));
        reader.Run("COMMIT");

        // The first of these may come before the one that was held back has ended.
        var moved = false;
        for (var i = 0; i < 10 && !moved; i++)
        {
            checkpoints.Written(Checkpoints.Soon);
            moved = HasGrown(2);
        }

        Assert.True(moved);

        bool HasGrown(int megabytes) =>
            SpinWait.SpinUntil(() => Size - before >= megabytes << 20, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Emptying_leaves_nothing_in_the_log()
    {
        using var writer = WithMegabyte();
        using var checkpoints = new Checkpoints(Database);
        Assert.True(new FileInfo(Database + "-wal").Length > 1 << 20);

        Assert.True(checkpoints.Empty());

        Assert.Equal(0, new FileInfo(Database + "-wal").Length);
    }

    [Fact]
    public async Task What_a_store_writes_is_in_the_database_before_it_is_closed()
    {
        await using var store = SqliteCaseStore.Open(_folder.Path);
        using var other = Connections.OpenReader(Database);
        var before = Size;
        for (var i = 0; i < 70; i++)
            Assert.True(
                await store.WriteAsync(
                    Write($"SAN-0000-{i:D4}", document: new string('x', 1 << 20)),
                    CancellationToken.None
                )
            );

        // The file stays open elsewhere: closing the store alone would leave everything in the log.
        await store.DisposeAsync();

        Assert.InRange(Size - before, 40 << 20, 80 << 20);
        Assert.Equal(["70"], StoreFile.Query(Database, "SELECT COUNT(*) FROM cases"));
    }

    /// <summary>A megabyte that is in the log alone; the connection keeps it there.</summary>
    private SqliteConnection WithMegabyte()
    {
        var writer = Connections.OpenWriter(Database);
        writer.Run("CREATE TABLE things (bytes BLOB)");
        using (var checkpoint = new Statement(writer.Handle!, "PRAGMA wal_checkpoint(TRUNCATE)"))
            checkpoint.Run();
        writer.Run("INSERT INTO things VALUES (randomblob(1048576))");
        return writer;
    }
}
