using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Storage;

public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_made_while_writing_holds_every_write_answered_before_it_and_a_prefix_of_the_rest()
    {
        await using var store = SqliteCaseStore.Open(_folder["live"]);
        for (var i = 0; i < 300; i++)
            Assert.True(await store.WriteAsync(Write($"SAN-0000-{i:D4}"), CancellationToken.None));
        using var stop = new CancellationTokenSource();
        var writing = WriteInOrderAsync(store, from: 300, stop.Token);

        Directory.CreateDirectory(_folder["copy"]);
        await store.BackupAsync(_folder[$"copy/{StoreFile.Name}"], CancellationToken.None);
        await stop.CancelAsync();
        var written = await writing;

        Assert.Equal([StoreFile.Name], Directory.GetFileSystemEntries(_folder["copy"]).Select(Path.GetFileName));
        await using var copy = SqliteCaseStore.Open(_folder["copy"]);
        var copied = await ReferencesAsync(copy);
        Assert.InRange(copied.Count, 300, written);
        Assert.Equal(Enumerable.Range(0, copied.Count).Select(i => $"SAN-0000-{i:D4}"), copied);
        Assert.Equal(
            copied.Count,
            (await copy.CountsAsync("sandwell", AnOpenCase.RaisedAt, CancellationToken.None)).Cases
        );
        Assert.Equal(["ok"], StoreFile.Query(_folder[$"copy/{StoreFile.Name}"], "PRAGMA integrity_check"));
        Assert.True(await copy.WriteAsync(Write("SAN-0000-0000", 1), CancellationToken.None));
    }

    [Fact]
    public async Task A_folder_is_backed_up_without_claiming_it_whether_or_not_its_store_is_open()
    {
        await using (var store = SqliteCaseStore.Open(_folder["live"]))
        {
            Assert.True(await store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));
            await SqliteCaseStore.BackupAsync(_folder["live"], _folder["open.db"], CancellationToken.None);
            Assert.True(await store.WriteAsync(Write("SAN-0000-0002"), CancellationToken.None));
        }

        await SqliteCaseStore.BackupAsync(_folder["live"], _folder["closed.db"], CancellationToken.None);

        Assert.Equal(["1"], StoreFile.Query(_folder["open.db"], "SELECT COUNT(*) FROM cases"));
        Assert.Equal(["2"], StoreFile.Query(_folder["closed.db"], "SELECT COUNT(*) FROM cases"));
    }

    [Fact]
    public async Task A_backup_overwrites_nothing()
    {
        await using var store = SqliteCaseStore.Open(_folder["live"]);
        await File.WriteAllTextAsync(_folder["taken"], "mine");

        var refused = await Assert.ThrowsAsync<StoreException>(() =>
            store.BackupAsync(_folder["taken"], CancellationToken.None)
        );

        Assert.Contains(_folder["taken"], refused.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["taken"]));
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_and_a_folder_without_a_database_are_refused_by_name()
    {
        await using var store = SqliteCaseStore.Open(_folder["live"]);

        var target = await Assert.ThrowsAsync<StoreException>(() =>
            store.BackupAsync(_folder["nowhere/copy.db"], CancellationToken.None)
        );
        Assert.Contains(_folder["nowhere/copy.db"], target.Message, StringComparison.Ordinal);
        var source = await Assert.ThrowsAsync<StoreException>(() =>
            SqliteCaseStore.BackupAsync(_folder["empty"], _folder["copy.db"], CancellationToken.None)
        );
        Assert.Contains(_folder["empty"], source.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["empty"]));
    }

    [Fact]
    public async Task A_backup_that_fails_leaves_nothing_where_it_was_to_be()
    {
        await SqliteCaseStore.Open(_folder["live"]).DisposeAsync();
        DatabasePages.Spoil(_folder[$"live/{StoreFile.Name}"], 1);
        Directory.CreateDirectory(_folder["copy"]);

        var refused = await Assert.ThrowsAsync<StoreException>(() =>
            SqliteCaseStore.BackupAsync(_folder["live"], _folder["copy/copy.db"], CancellationToken.None)
        );

        Assert.Contains(_folder["live"], refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["copy"]));
    }

    /// <summary>Writes one case after another until told to stop, and tells how many there are.</summary>
    private static async Task<int> WriteInOrderAsync(SqliteCaseStore store, int from, CancellationToken stop)
    {
        var next = from;
        while (!stop.IsCancellationRequested)
        {
            Assert.True(await store.WriteAsync(Write($"SAN-0000-{next:D4}"), CancellationToken.None));
            next++;
        }

        return next;
    }

    private static async Task<List<string>> ReferencesAsync(SqliteCaseStore store)
    {
        var references = new List<string>();
        await foreach (var scanned in store.ScanAsync(new CaseScan(null), CancellationToken.None))
            references.Add(scanned.Reference);
        return references;
    }
}
