using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Storage;

public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder[StoreFile.Name];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_empty_database_is_brought_to_the_known_version_and_stays_as_it_is_when_opened_again()
    {
        StoreFile.Run(Database, "PRAGMA user_version = 0");
        await using (SqliteCaseStore.Open(_folder.Path)) { }

        Assert.Equal([$"{Schema.Known}"], StoreFile.Query(Database, "PRAGMA user_version"));
        var tables = StoreFile.Query(Database, "SELECT name, sql FROM sqlite_master ORDER BY name");

        await using (var store = SqliteCaseStore.Open(_folder.Path))
            Assert.True(await store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));
        await using (SqliteCaseStore.Open(_folder.Path)) { }

        Assert.Equal(tables, StoreFile.Query(Database, "SELECT name, sql FROM sqlite_master ORDER BY name"));
        Assert.Equal(["1"], StoreFile.Query(Database, "SELECT COUNT(*) FROM cases"));
    }

    /// <summary>
    /// A file as version 2 of the tables had it, with one case, frozen in <c>OlderVersions/</c>: add one when the
    /// tables change, and change none.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_older_file_is_brought_up_to_date_with_its_cases(int version)
    {
        StoreFile.Run(Database, Frozen("2.sql"));
        if (version == 1)
        {
            StoreFile.Run(
                Database,
                "DROP INDEX cases_next_try; "
                    + "CREATE INDEX cases_next_try ON cases (next_try, failures, partnership) "
                    + "WHERE next_try IS NOT NULL; "
                    + "PRAGMA user_version = 1"
            );
        }

        using var fresh = new TemporaryFolder();
        await using (SqliteCaseStore.Open(fresh.Path)) { }

        await using (var store = SqliteCaseStore.Open(_folder.Path))
        {
            var due = Assert.Single(
                await store.DueAsync(At("2026-09-23T10:00:00Z"), CancellationToken.None).ToListAsync()
            );
            var document = DocumentFormat.Read(due);
            Assert.Equal((due.Reference, 11, 4L), (document.Case.Reference, document.Case.Events, document.Version));
            Assert.Equal(EventChain.Hashes(document.Events).Last(), document.Head);
            Assert.True(
                await store.WriteAsync(
                    Write(due.Reference, 4, document: "goes on") with
                    {
                        Kept = due.Document,
                    },
                    CancellationToken.None
                )
            );
            Assert.Equal(
                Text(due.Document) + "goes on",
                Text((await store.ReadAsync(due.Reference, CancellationToken.None))!.Document)
            );
        }

        Assert.Equal([$"{Schema.Known}"], StoreFile.Query(Database, "PRAGMA user_version"));
        const string shape =
            "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk "
            + "FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c ORDER BY m.name, c.cid";
        Assert.Equal(StoreFile.Query(fresh[StoreFile.Name], shape), StoreFile.Query(Database, shape));
        Assert.Equal(["ok"], StoreFile.Query(Database, "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Cases_due_at_one_instant_come_by_reference_after_those_due_before()
    {
        await using var store = SqliteCaseStore.Open(_folder.Path);
        var sooner = AnOpenCase with { NextWake = At("2026-06-03T08:00:00Z") };
        foreach (
            var write in new[]
            {
                Write("SAN-0000-0003"),
                Write("SAN-0000-0001"),
                Write("SAN-0000-0002"),
                Write("SAN-0000-0009", index: sooner),
            }
        )
            Assert.True(await store.WriteAsync(write, CancellationToken.None));

        var due = await store.DueAsync(At("2026-06-04T16:00:00Z"), CancellationToken.None).Take(3).ToListAsync();

        Assert.Equal(["SAN-0000-0009", "SAN-0000-0001", "SAN-0000-0002"], due.Select(c => c.Reference));
    }

    [Fact]
    public void A_step_that_fails_leaves_nothing_of_itself()
    {
        StoreFile.Run(Database, "CREATE TABLE records (other INTEGER)");

        var refused = Assert.Throws<StoreException>(() => SqliteCaseStore.Open(_folder.Path));

        Assert.Contains(Database, refused.Message, StringComparison.Ordinal);
        Assert.Equal(["records"], StoreFile.Query(Database, "SELECT name FROM sqlite_master"));
        Assert.Equal(["0"], StoreFile.Query(Database, "PRAGMA user_version"));
    }

    [Fact]
    public async Task A_file_of_a_later_program_is_refused_untouched()
    {
        await using (SqliteCaseStore.Open(_folder.Path)) { }

        StoreFile.Run(Database, "PRAGMA user_version = 4711");

        var refused = Assert.Throws<StoreException>(() => SqliteCaseStore.Open(_folder.Path));

        Assert.Contains(Database, refused.Message, StringComparison.Ordinal);
        Assert.Contains("version 4711", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"up to {Schema.Known}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["4711"], StoreFile.Query(Database, "PRAGMA user_version"));
    }

    private static string Frozen(string file)
    {
        using var stream = typeof(SchemaTests).Assembly.GetManifestResourceStream(file)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
