using System.Security.Cryptography;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Host;
using Escalation.Testing.Cases;

namespace Escalation.Standalone.Tests.Storage;

/// <summary>A database of which one page holds rubbish.</summary>
public sealed class DamageTests : IWaker, IAsyncLifetime
{
    private const int Cases = 12;
    private static readonly DateTimeOffset Raised = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    private string Whole => _folder["whole.db"];
    private string Folder => _folder["data"];
    private string Database => Path.Combine(Folder, StoreFile.Name);

    public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    public async Task InitializeAsync()
    {
        await using (var store = SqliteCaseStore.Open(Folder))
        {
            foreach (var agency in Sample.Directory("sandwell").Agencies)
                await StoredDirectory.WriteAsync(store, "sandwell", agency, 0, default);
            var handler = new CaseHandler(
                store,
                store,
                new RuleBook(store),
                this,
                () => RandomNumberGenerator.GetBytes(EventChain.SaltLength)
            );
            for (var i = 0; i < Cases; i++)
            {
                var open = Sample.Opening("sandwell") with { IntakeKey = $"key {i}" };
                var opened = Assert.IsType<Handled.Done>(
                    await handler.OpenAsync("sandwell", open, keyed: true, $"{i}", Raised, default)
                );
                var reference = opened.Document.Case.Reference;
                await handler.AdvanceAsync(reference, null, Raised.AddDays(20), default);
                _documents[reference] = (await store.ReadAsync(reference, default))!.Document.ToArray();
            }
        }
        File.Copy(Database, Whole);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Whatever_page_of_cases_or_documents_is_damaged_the_others_are_read_and_those_on_it_are_named()
    {
        var lost = 0;
        foreach (var page in PagesOfCases())
        {
            Spoil(page);
            await using var store = SqliteCaseStore.Open(Folder);
            var scanned = await ListAsync(store.ScanAsync(new CaseScan("sandwell"), default));
            var due = await ListAsync(store.DueAsync(Raised.AddYears(1), default));

            OnlySomeAreLost(scanned, page);
            OnlySomeAreLost(due, page);
            foreach (var damaged in scanned.Where(s => !Reads(s)))
                Assert.False(Reads((await store.ReadAsync(damaged.Reference, default))!));
            Assert.Equal(Cases, (await store.CountsAsync(null, Raised, default)).Cases);
            lost += scanned.Count(s => !Reads(s));
        }
        Assert.True(lost > Cases);
    }

    [Fact]
    public async Task A_damaged_case_that_is_put_off_is_due_again_then_and_not_before_and_the_others_are_written()
    {
        foreach (var page in PagesOfCases())
        {
            Spoil(page);
            await using var store = SqliteCaseStore.Open(Folder);
            var now = Raised.AddYears(1);
            var due = await ListAsync(store.DueAsync(now, default));
            Assert.Equal(Cases, due.Count);
            foreach (var stored in due)
                await store.DeferAsync(
                    stored.Reference,
                    stored.Version,
                    now.AddMinutes(Reads(stored) ? 9 : 5),
                    1,
                    default
                );

            var damaged = due.Count(s => !Reads(s));
            Assert.Equal(now.AddMinutes(damaged > 0 ? 5 : 9), await store.EarliestAsync(default));
            Assert.Empty(await ListAsync(store.DueAsync(now.AddMinutes(4), default)));
            var again = await ListAsync(store.DueAsync(now.AddMinutes(5), default));
            Assert.Equal(damaged, again.Count);
            Assert.All(again, s => Assert.Equal((false, 1), (Reads(s), s.Failures)));
            Assert.True(await store.ReplanAsync(now, default));
            Assert.Equal(Cases, (await ListAsync(store.DueAsync(now, default))).Count);
        }
    }

    [Fact]
    public async Task Counters_that_are_damaged_keep_nothing_from_being_written_and_are_counted_anew()
    {
        Spoil(Assert.Single(new DatabasePages(Whole).Of("counters")));
        await using var store = SqliteCaseStore.Open(Folder);
        var handler = new CaseHandler(store, store, new RuleBook(store), this, () => new byte[EventChain.SaltLength]);

        var open = Sample.Opening("sandwell") with { IntakeKey = "one more" };
        Assert.IsType<Handled.Done>(await handler.OpenAsync("sandwell", open, keyed: true, "more", Raised, default));

        Assert.Equal(Cases + 1, (await store.CountsAsync("sandwell", Raised, default)).Cases);
    }

    [Fact]
    public async Task Whatever_page_is_damaged_a_new_database_can_be_made_of_what_is_left_and_of_a_backup()
    {
        var (fromBackup, pages) = (0, new DatabasePages(Whole));
        foreach (var page in Enumerable.Range(1, pages.Count).Except(pages.OfSchema))
        {
            Spoil(page);
            var target = _folder[$"salvaged-{page}.db"];

            var saved = Salvage.Run(Folder, target, Whole);

            Assert.Equal((Cases, 0, 0), (saved.Cases, saved.Lost.Count, saved.RecordsLost.Count));
            fromBackup += saved.FromBackup.Count;
            await SameAsWholeAsync(target);
        }
        Assert.True(fromBackup >= Cases);
    }

    [Fact]
    public void What_cannot_be_read_without_a_backup_is_named_and_the_rest_saved()
    {
        Spoil(new DatabasePages(Whole).Of("document_parts")[^1]);

        var saved = Salvage.Run(Folder, _folder["salvaged.db"], null);

        Assert.NotEmpty(saved.Lost);
        Assert.Subset(_documents.Keys.ToHashSet(), saved.Lost.ToHashSet());
        Assert.Equal(Cases - saved.Lost.Count, saved.Cases);
        Assert.Contains(
            "exists already",
            Assert.Throws<StoreException>(() => Salvage.Run(Folder, _folder["salvaged.db"], null)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "UPDATE document_parts SET part = CAST(replace(CAST(part AS TEXT), '2026-12-23', '2026-12-22') AS BLOB) WHERE case_id = $id"
    )]
    [InlineData("DELETE FROM document_parts WHERE case_id = $id")]
    [InlineData("UPDATE cases SET size = size + 1 WHERE id = $id")]
    [InlineData("UPDATE cases SET row = x'7b' WHERE id = $id")]
    public async Task A_case_that_is_not_as_it_was_written_is_taken_over_from_a_backup_or_not_at_all(string change)
    {
        var changed = _documents.Keys.Order(StringComparer.Ordinal).First();
        Use(Whole);
        StoreFile.Run(
            Database,
            change.Replace("$id", $"(SELECT id FROM cases WHERE reference = '{changed}')", StringComparison.Ordinal)
        );

        Assert.Equal([changed], Salvage.Run(Folder, _folder["salvaged.db"], null).Lost);
        Assert.Equal([changed], Salvage.Run(Folder, _folder["restored.db"], Whole).FromBackup);
        await SameAsWholeAsync(_folder["restored.db"]);
    }

    [Fact]
    public async Task A_case_to_which_nothing_leads_is_taken_over_from_a_backup_or_named_where_that_is_damaged_too()
    {
        var gone = _documents.Keys.Order(StringComparer.Ordinal).First();
        Use(Whole);
        StoreFile.Run(Database, $"DELETE FROM cases WHERE reference = '{gone}'");
        var saved = Salvage.Run(Folder, _folder["restored.db"], Whole);
        Assert.Equal((Cases, 0), (saved.Cases, saved.Lost.Count));
        Assert.Equal([gone], saved.FromBackup);

        File.Copy(Whole, _folder["backup.db"]);
        StoreFile.Run(_folder["backup.db"], $"UPDATE cases SET size = size + 1 WHERE reference = '{gone}'");
        saved = Salvage.Run(Folder, _folder["salvaged.db"], _folder["backup.db"]);
        Assert.Equal((Cases - 1, 0), (saved.Cases, saved.FromBackup.Count));
        Assert.Equal([gone], saved.Lost);

        await SameAsWholeAsync(_folder["restored.db"]);
    }

    [Fact]
    public void A_record_that_can_be_read_is_taken_over_as_it_is_and_not_as_it_was_in_a_backup()
    {
        Use(Whole);
        StoreFile.Run(
            Database,
            "UPDATE records SET body = replace(body, 'Oak Primary School', 'Elm Primary School') "
                + $"WHERE id = 'sandwell/{Sample.Raising}'"
        );

        Assert.Empty(Salvage.Run(Folder, _folder["salvaged.db"], Whole).RecordsLost);

        var body = $"SELECT body FROM records WHERE id = 'sandwell/{Sample.Raising}'";
        Assert.Contains(
            "Elm Primary School",
            Assert.Single(StoreFile.Query(_folder["salvaged.db"], body)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Records_that_no_file_has_are_named_by_the_command_which_ends_with_1_and_a_backup_has_them()
    {
        Use(Whole);
        StoreFile.Run(
            Database,
            $"UPDATE records SET body = CAST(x'22ff22' AS TEXT) WHERE id = 'sandwell/{Sample.Raising}'"
        );

        var (code, output, errors) = await HostProcess.RunAsync(["salvage", _folder["salvaged.db"], "--data", Folder]);
        Assert.Equal(1, code);
        Assert.StartsWith($"{_folder["salvaged.db"]} has {Cases} escalations.", output, StringComparison.Ordinal);
        Assert.Contains($"is not in the new file: agency sandwell/{Sample.Raising}.", errors, StringComparison.Ordinal);

        var helped = await HostProcess.RunAsync(["salvage", _folder["restored.db"], "--from", Whole, "--data", Folder]);
        Assert.Equal((0, ""), (helped.Code, helped.Errors));
        await SameAsWholeAsync(_folder["restored.db"]);
    }

    private void OnlySomeAreLost(IReadOnlyList<StoredCase> cases, int page)
    {
        Assert.Equal(
            _documents.Keys.Order(StringComparer.Ordinal),
            cases.Select(c => c.Reference).Order(StringComparer.Ordinal)
        );
        var whole = cases.Where(Reads).ToList();
        Assert.True(whole.Count >= Cases / 2, $"Page {page}: {whole.Count} of {Cases} are read.");
        Assert.All(whole, c => Assert.Equal(_documents[c.Reference], c.Document.ToArray()));
    }

    private async Task SameAsWholeAsync(string salvaged)
    {
        Use(salvaged);
        await using var store = SqliteCaseStore.Open(Folder);
        Assert.Equal(["ok"], StoreFile.Query(Database, "PRAGMA integrity_check"));
        foreach (var (reference, document) in _documents)
            Assert.Equal(document, (await store.ReadAsync(reference, default))!.Document.ToArray());
        foreach (var table in (string[])["case_agencies", "case_numbers", "operations", "counters", "records"])
            Assert.Equal(Rows(Whole, table), Rows(Database, table));
    }

    /// <summary>Without the numbers that a database gives its cases by itself.</summary>
    private static List<string> Rows(string file, string table)
    {
        var columns = StoreFile.Query(file, $"SELECT name FROM pragma_table_info('{table}') WHERE name <> 'case_id'");
        return
        [
            .. StoreFile.Query(file, $"SELECT {string.Join(", ", columns)} FROM {table}").Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Where rows of cases and their documents lie. Not the roots of their trees, which lead to all of them.</summary>
    private IReadOnlyList<int> PagesOfCases()
    {
        var pages = new DatabasePages(Whole);
        return [.. pages.Of("cases").Skip(1), .. pages.Of("document_parts").Skip(1), .. pages.Beside];
    }

    private static bool Reads(StoredCase stored)
    {
        try
        {
            DocumentFormat.Read(stored);
            return true;
        }
        catch (UnreadableCaseException)
        {
            return false;
        }
    }

    private static async Task<List<StoredCase>> ListAsync(IAsyncEnumerable<StoredCase> cases)
    {
        var list = new List<StoredCase>();
        await foreach (var stored in cases)
            list.Add(stored);
        return list;
    }

    /// <summary>A copy of the file as the database, without the log of another.</summary>
    private void Use(string file)
    {
        foreach (var old in Directory.EnumerateFiles(Folder, StoreFile.Name + "*"))
            File.Delete(old);
        File.Copy(file, Database);
    }

    /// <summary>A copy of the whole database with one page of rubbish.</summary>
    private void Spoil(int page)
    {
        Use(Whole);
        DatabasePages.Spoil(Database, page);
    }
}
