using System.Globalization;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Storage;

public sealed class OpeningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_is_there_again_after_reopening()
    {
        await using (var store = SqliteCaseStore.Open(_folder["new/data"]))
        {
            Assert.True(
                await store.WriteAsync(
                    Write("SAN-0000-0001", index: AnOpenCase with { CaseNumbers = ["lea/17"] }),
                    CancellationToken.None
                )
            );
            await store.DeferAsync("SAN-0000-0001", 1, At("2026-06-09T09:00:00Z"), 2, CancellationToken.None);
            Assert.True(await store.WriteAsync("key", "k1", "body", 0, CancellationToken.None));
        }

        await using var reopened = SqliteCaseStore.Open(_folder["new/data"]);
        var stored = await reopened.ReadAsync("SAN-0000-0001", CancellationToken.None);
        Assert.Equal((1L, 2), (stored!.Version, stored.Failures));
        Assert.Equal(At("2026-06-09T09:00:00Z"), await reopened.EarliestAsync(CancellationToken.None));
        Assert.Single(
            (
                await reopened.TrackerAsync(
                    new TrackerQuery
                    {
                        Now = AnOpenCase.RaisedAt,
                        Text = "17",
                        Agency = "oak-primary",
                    },
                    CancellationToken.None
                )
            ).Rows
        );
        Assert.Equal(1, (await reopened.CountsAsync("sandwell", AnOpenCase.RaisedAt, CancellationToken.None)).Open);
        Assert.Equal(new StoredRecord("k1", 1, "body"), await reopened.ReadAsync("key", "k1", CancellationToken.None));
    }

    [Fact]
    public async Task A_closed_store_leaves_one_database_file_without_a_log()
    {
        await using (var store = SqliteCaseStore.Open(_folder.Path))
            Assert.True(await store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));

        Assert.Equal(
            ["escalation.db", "escalation.lock"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order()
        );
    }

    [Fact]
    public async Task The_live_file_is_a_WAL_and_deletes_securely_with_full_synchronisation()
    {
        await using var store = SqliteCaseStore.Open(_folder.Path);
        using var writer = Connections.OpenWriter(_folder[StoreFile.Name]);

        Assert.Equal("wal", Pragma("journal_mode"));
        Assert.Equal("2", Pragma("synchronous"));
        Assert.Equal("1", Pragma("secure_delete"));
        Assert.Equal(["wal"], StoreFile.Query(_folder[StoreFile.Name], "PRAGMA journal_mode"));

        string Pragma(string name)
        {
            using var command = writer.CreateCommand();
            command.CommandText = $"PRAGMA {name}";
            return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public async Task What_a_write_replaced_is_in_no_file_once_the_log_is_emptied(int length)
    {
        await using var store = SqliteCaseStore.Open(_folder.Path);
        var secret = string.Concat(Enumerable.Repeat("Kim Archer", length / 10));
        Assert.True(await store.WriteAsync(Write("SAN-0000-0001", document: secret), CancellationToken.None));
        Assert.True(await store.EmptyLogAsync(CancellationToken.None));
        Assert.Contains("Kim Archer", Contents(StoreFile.Name), StringComparison.Ordinal);

        Assert.True(await store.WriteAsync(Write("SAN-0000-0001", 1, document: "{}"), CancellationToken.None));
        Assert.True(await store.EmptyLogAsync(CancellationToken.None));
        Assert.DoesNotContain("Kim Archer", Contents(StoreFile.Name), StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(_folder["escalation.db-wal"]).Length);

        string Contents(string name)
        {
            using var file = new FileStream(_folder[name], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return new StreamReader(file).ReadToEnd();
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task No_part_of_a_document_that_is_written_anew_is_left_in_a_file(int length)
    {
        await using (var store = SqliteCaseStore.Open(_folder.Path))
        {
            for (var version = 0; version < 6; version++)
            {
                var kept = await store.ReadAsync("SAN-0000-0001", CancellationToken.None);
                var part = Write("SAN-0000-0001", version, document: $"Kim Archer {new string('x', length)}") with
                {
                    Kept = kept?.Document ?? default,
                };
                Assert.True(await store.WriteAsync(part, CancellationToken.None));
            }

            Assert.True(await store.WriteAsync(Write("SAN-0000-0001", 6, document: "{}"), CancellationToken.None));
        }

        Assert.DoesNotContain(
            "Kim Archer",
            await File.ReadAllTextAsync(_folder[StoreFile.Name]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_a_write_replaced_is_in_no_file_once_the_store_is_closed()
    {
        await using (var store = SqliteCaseStore.Open(_folder.Path))
        {
            Assert.True(await store.WriteAsync(Write("SAN-0000-0001", document: "Kim Archer"), CancellationToken.None));
            Assert.True(await store.WriteAsync(Write("SAN-0000-0001", 1, document: "{}"), CancellationToken.None));
        }

        Assert.All(
            Directory.GetFiles(_folder.Path),
            file => Assert.DoesNotContain("Kim Archer", File.ReadAllText(file), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_second_opener_is_refused_until_the_first_has_closed()
    {
        var first = SqliteCaseStore.Open(_folder.Path);
        var refused = Assert.Throws<StoreException>(() => SqliteCaseStore.Open(_folder.Path));
        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);

        await first.DisposeAsync();
        await using var second = SqliteCaseStore.Open(_folder.Path);
        Assert.Null(await second.EarliestAsync(CancellationToken.None));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_by_name()
    {
        File.WriteAllText(_folder["file"], "in the way");

        var refused = Assert.Throws<StoreException>(() => SqliteCaseStore.Open(_folder["file/data"]));

        Assert.Contains(_folder["file/data"], refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_file_that_cannot_be_written_is_refused_by_name()
    {
        Directory.CreateDirectory(_folder["escalation.lock"]);

        var refused = Assert.Throws<StoreException>(() => SqliteCaseStore.Open(_folder.Path));

        Assert.Contains("cannot be made or written", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_by_name_and_the_folder_given_up()
    {
        await File.WriteAllTextAsync(_folder[StoreFile.Name], new string('x', 8192));

        var refused = Assert.Throws<StoreException>(() => SqliteCaseStore.Open(_folder.Path));
        Assert.Contains(_folder[StoreFile.Name], refused.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 8192), await File.ReadAllTextAsync(_folder[StoreFile.Name]));

        File.Delete(_folder[StoreFile.Name]);
        await using var store = SqliteCaseStore.Open(_folder.Path);
        Assert.Null(await store.EarliestAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_closed_store_answers_nothing_and_may_be_closed_again()
    {
        var store = SqliteCaseStore.Open(_folder.Path);
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            store.ReadAsync("SAN-0000-0001", CancellationToken.None)
        );
        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None)
        );
    }
}
