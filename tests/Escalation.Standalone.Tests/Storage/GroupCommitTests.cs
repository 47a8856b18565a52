using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Microsoft.Data.Sqlite;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Storage;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SqliteCaseStore _store = null!;

    private string Database => _folder[StoreFile.Name];

    public Task InitializeAsync()
    {
        _store = SqliteCaseStore.Open(_folder.Path);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Concurrent_writes_share_commits()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < 20; i++)
                            Assert.True(
                                await _store.WriteAsync(Write($"SAN-{writer:D4}-{i:D4}"), CancellationToken.None)
                            );
                    })
                )
        );

        Assert.Equal((1280, 0), (_store.Statistics.Writes, _store.Statistics.Failures));
        Assert.InRange(_store.Statistics.Commits, 1, 640);
        Assert.Equal(1280, (await _store.CountsAsync(null, AnOpenCase.RaisedAt, CancellationToken.None)).Cases);
    }

    [Fact]
    public async Task Writes_that_waited_together_go_in_one_commit_and_a_conflict_fails_alone()
    {
        Assert.True(await _store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));
        var before = _store.Statistics.Commits;

        var answers = Together(
            Write("SAN-0000-0002"),
            Write("SAN-0000-0001", 7),
            Write("SAN-0000-0001", 1),
            Write("SAN-0000-0003")
        );

        var written = await Task.WhenAll(answers);
        Assert.Equal([true, false, true, true], written);
        Assert.InRange(_store.Statistics.Commits - before, 1, 2);
        Assert.Equal(2, (await _store.ReadAsync("SAN-0000-0001", CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task A_write_that_breaks_a_constraint_fails_alone_and_leaves_nothing()
    {
        var broken = Write("SAN-0000-0002", index: AnOpenCase with { Stage = null!, CaseNumbers = ["broken"] });
        var late = Write("SAN-0000-0003", index: AnOpenCase with { CaseNumbers = ["late", null!] });

        var answers = Together(Write("SAN-0000-0001"), broken, late, Write("SAN-0000-0004"));

        Assert.True(await answers[0]);
        await Assert.ThrowsAsync<SqliteException>(() => answers[1]);
        await Assert.ThrowsAsync<SqliteException>(() => answers[2]);
        Assert.True(await answers[3]);
        Assert.Equal(2, _store.Statistics.Failures);
        Assert.Equal(
            ["SAN-0000-0001", "SAN-0000-0004"],
            StoreFile.Query(Database, "SELECT reference FROM cases ORDER BY reference")
        );
        Assert.Equal(
            ["SAN-0000-0001", "SAN-0000-0004"],
            StoreFile.Query(Database, "SELECT DISTINCT reference FROM case_agencies ORDER BY reference")
        );
        Assert.Empty(StoreFile.Query(Database, "SELECT number FROM case_numbers"));
        Assert.Equal(["2"], StoreFile.Query(Database, "SELECT cases FROM counters"));
        Assert.True(await _store.WriteAsync(Write("SAN-0000-0002"), CancellationToken.None));
    }

    [Fact]
    public async Task When_the_commit_cannot_be_made_every_write_in_it_fails_and_later_ones_succeed()
    {
        StoreFile.Run(
            Database,
            """
            CREATE TABLE parent (id INTEGER PRIMARY KEY);
            CREATE TABLE child (parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
            CREATE TRIGGER orphan AFTER INSERT ON cases WHEN NEW.stage = 'orphan' BEGIN INSERT INTO child VALUES (1); END;
            """
        );
        var orphan = Write("SAN-0000-0002", index: AnOpenCase with { Stage = "orphan" });

        var answers = Together(orphan, Write("SAN-0000-0001"));

        Assert.All(await Task.WhenAll(answers.Select(Outcome)), outcome => Assert.Equal("SqliteException", outcome));
        Assert.Null(await _store.ReadAsync("SAN-0000-0001", CancellationToken.None));
        Assert.True(await _store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));
        Assert.Equal(["1"], StoreFile.Query(Database, "SELECT cases FROM counters"));

        static async Task<string> Outcome(Task<bool> answer)
        {
            try
            {
                return $"{await answer}";
            }
            catch (Exception failure)
            {
                return failure.GetType().Name;
            }
        }
    }

    [Fact]
    public async Task Closing_carries_out_the_writes_that_wait()
    {
        var answers = Enumerable
            .Range(0, 200)
            .Select(i => _store.WriteAsync(Write($"SAN-0000-{i:D4}"), CancellationToken.None))
            .ToList();
        await _store.DisposeAsync();

        Assert.All(await Task.WhenAll(answers), Assert.True);
        Assert.Equal(["200"], StoreFile.Query(Database, "SELECT COUNT(*) FROM cases"));
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_waiting_is_told_so_only_when_nothing_was_written()
    {
        using var impatient = new CancellationTokenSource();
        using (var busy = new Holder(Database))
        {
            var waiting = _store.WriteAsync(Write("SAN-0000-0001"), impatient.Token);
            await impatient.CancelAsync();
            busy.Dispose();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.Null(await _store.ReadAsync("SAN-0000-0001", CancellationToken.None));
    }

    [Fact]
    public async Task Operations_are_kept_while_a_case_names_them()
    {
        Assert.True(
            await _store.WriteAsync(
                Write("SAN-0000-0001", index: AnOpenCase with { Operations = ["op-1", "op-2"] }),
                CancellationToken.None
            )
        );
        Assert.False(
            await _store.WriteAsync(
                Write("SAN-0000-0001", 4, AnOpenCase with { Operations = ["op-9"] }),
                CancellationToken.None
            )
        );
        Assert.Equal(
            ["op-1|1", "op-2|1"],
            StoreFile.Query(Database, "SELECT operation, case_id FROM operations ORDER BY operation")
        );

        Assert.True(
            await _store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { Operations = ["op-2", "op-3"] }),
                CancellationToken.None
            )
        );
        Assert.Equal(
            ["op-2|1", "op-3|1"],
            StoreFile.Query(Database, "SELECT operation, case_id FROM operations ORDER BY operation")
        );
    }

    /// <summary>Lets all the writes queue up behind another's transaction.</summary>
    private Task<bool>[] Together(params CaseWrite[] writes)
    {
        using var busy = new Holder(Database);
        return [.. writes.Select(write => _store.WriteAsync(write, CancellationToken.None))];
    }

    /// <summary>Holds the database's write lock from outside.</summary>
    private sealed class Holder : IDisposable
    {
        private readonly SqliteConnection _connection;

        public Holder(string file)
        {
            _connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()
            );
            _connection.Open();
            using var command = _connection.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
        }

        public void Dispose() => _connection.Dispose();
    }
}
