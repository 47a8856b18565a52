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
    public void A_reader_in_the_way_is_no_failure_and_what_it_holds_back_is_moved_later()
    {
        using var writer = WithMegabyte();
        using var reader = Connections.OpenReader(Database);
        using var checkpoints = new Checkpoints(Database);
        reader.Run("BEGIN; SELECT COUNT(*) FROM things");
        writer.Run("INSERT INTO things VALUES (randomblob(1048576))");

        checkpoints.Written(Checkpoints.Every);
        checkpoints.Dispose();
        var before = Size;
        reader.Run("COMMIT");
        using (var later = new Checkpoints(Database))
            later.Written(Checkpoints.Every);

        Assert.InRange(Size - before, 1 << 20, 2 << 20);
    }

    [Fact]
    public async Task A_store_moves_its_writes_into_the_database_while_it_is_open()
    {
        await using var store = SqliteCaseStore.Open(_folder.Path);
        using var other = Connections.OpenReader(Database);
        var before = Size;
        for (var i = 0; i < 70; i++)
            Assert.True(await store.WriteAsync(Write($"SAN-0000-{i:D4}", document: new string('x', 1 << 20)), CancellationToken.None));

        // The file stays open elsewhere: closing the store alone would leave everything in the log.
        await store.DisposeAsync();

        Assert.InRange(Size - before, 60 << 20, 80 << 20);
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
