using Escalation.Core.Cases;
using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class CaseStoreContract
{
    [Fact]
    public async Task A_case_that_was_never_written_reads_as_null() =>
        Assert.Null(await Store.ReadAsync("SAN-0000-0001", CancellationToken.None));

    [Fact]
    public async Task The_first_write_makes_version_1()
    {
        await AddAsync("SAN-0000-0001");

        var stored = await ReadAsync("SAN-0000-0001");
        Assert.Equal(("SAN-0000-0001", 1L, 0), (stored.Reference, stored.Version, stored.Failures));
        Assert.Equal("""{"reference":"SAN-0000-0001","version":1}""", Text(stored.Document));
    }

    [Fact]
    public async Task A_write_on_the_stored_version_replaces_the_document_and_adds_one()
    {
        await AddAsync("SAN-0000-0001");

        Assert.True(await Store.WriteAsync(Write("SAN-0000-0001", 1, document: "second"), CancellationToken.None));

        var stored = await ReadAsync("SAN-0000-0001");
        Assert.Equal((2L, "second"), (stored.Version, Text(stored.Document)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_write_on_another_version_answers_false_and_changes_nothing(long expected)
    {
        var index = AnOpenCase with
        {
            CaseNumbers = ["oak/1"],
            Likeness = "same",
            RetainUntil = At("2033-01-01T00:00:00Z"),
            Queued = 2,
            Operations = ["op-1"],
        };
        await AddAsync("SAN-0000-0001", index);
        Assert.True(await Store.WriteAsync(Write("SAN-0000-0001", 1, index), CancellationToken.None));
        var before = await PictureAsync();

        var other = AnEndedCase with
        {
            Partnership = "suffolk",
            Agencies = ["police"],
            CaseNumbers = ["police/9"],
            Failed = 1,
            Operations = ["op-2"],
        };
        Assert.False(await Store.WriteAsync(Write("SAN-0000-0001", expected, other, "other"), CancellationToken.None));

        Assert.Equal(before, await PictureAsync());
    }

    [Fact]
    public async Task A_write_on_a_version_of_a_case_that_does_not_exist_answers_false_and_makes_none()
    {
        Assert.False(await Store.WriteAsync(Write("SAN-0000-0001", 1), CancellationToken.None));

        Assert.Null(await Store.ReadAsync("SAN-0000-0001", CancellationToken.None));
        Assert.Empty(await FindAsync(All));
        Assert.Equal(0, (await Store.CountsAsync(null, All.Now, CancellationToken.None)).Cases);
    }

    [Fact]
    public async Task Of_racing_creators_one_wins()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 20)
                .Select(i =>
                    Task.Run(() =>
                        Store.WriteAsync(Write("SAN-0000-0001", 0, document: $"writer {i}"), CancellationToken.None)
                    )
                )
        );

        var winner = Array.IndexOf(answers, true) + 1;
        Assert.Single(answers, won => won);
        var stored = await ReadAsync("SAN-0000-0001");
        Assert.Equal((1L, $"writer {winner}"), (stored.Version, Text(stored.Document)));
        Assert.Equal(1, (await Store.CountsAsync(null, All.Now, CancellationToken.None)).Cases);
    }

    [Fact]
    public async Task Of_racing_writers_on_one_version_one_wins()
    {
        await AddAsync("SAN-0000-0001");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 20)
                .Select(i =>
                    Task.Run(() =>
                        Store.WriteAsync(Write("SAN-0000-0001", 1, document: $"writer {i}"), CancellationToken.None)
                    )
                )
        );

        var winner = Array.IndexOf(answers, true) + 1;
        Assert.Single(answers, won => won);
        var stored = await ReadAsync("SAN-0000-0001");
        Assert.Equal((2L, $"writer {winner}"), (stored.Version, Text(stored.Document)));
    }

    [Fact]
    public async Task Racing_writers_of_different_cases_all_win()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 50)
                .Select(i => Task.Run(() => Store.WriteAsync(Write($"SAN-0000-{i:D4}"), CancellationToken.None)))
        );

        Assert.All(answers, Assert.True);
        Assert.Equal(50, (await FindAsync(All with { Limit = 100 })).Length);
    }

    [Fact]
    public async Task A_write_that_was_cancelled_before_it_began_changes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.WriteAsync(Write("SAN-0000-0001"), cancelled.Token)
        );

        Assert.Null(await Store.ReadAsync("SAN-0000-0001", CancellationToken.None));
    }

    [Fact]
    public async Task Documents_and_rows_come_back_byte_for_byte()
    {
        const string Unicode = """{"name":"Zoë Nuñez-O’Brien 中文 👧🏽 \u0000"}""";
        var row = Bytes("""{"stage":"Überprüfung ✓"}""");
        Assert.True(
            await Store.WriteAsync(
                new CaseWrite("SAN-0000-0001", 0, Bytes(Unicode), AnOpenCase with { Row = row }),
                CancellationToken.None
            )
        );

        Assert.Equal(Unicode, Text((await ReadAsync("SAN-0000-0001")).Document));
        var page = await Store.TrackerAsync(All, CancellationToken.None);
        Assert.Equal(row.ToArray(), Assert.Single(page.Rows).ToArray());
    }

    [Fact]
    public async Task A_document_of_300_KB_is_stored_and_may_shrink_again()
    {
        var large = $"\"{new string('x', 300 * 1024)}\"";
        Assert.True(await Store.WriteAsync(Write("SAN-0000-0001", 0, document: large), CancellationToken.None));
        Assert.Equal(large, Text((await ReadAsync("SAN-0000-0001")).Document));

        Assert.True(await Store.WriteAsync(Write("SAN-0000-0001", 1, document: "\"small\""), CancellationToken.None));
        Assert.Equal("\"small\"", Text((await ReadAsync("SAN-0000-0001")).Document));
    }

    [Fact]
    public async Task A_document_at_the_bound_is_stored_and_one_byte_more_is_refused_and_changes_nothing()
    {
        // Cosmos DB counts the document as a text in its item: each quote and backslash twice.
        var most = $"{new string('"', CaseSize.Most / 4)}{new string('x', CaseSize.Most / 2)}";
        Assert.Equal(CaseSize.Most, CaseSize.Of(Bytes(most).Span));
        Assert.True(await Store.WriteAsync(Write("SAN-0000-0001", 0, document: most), CancellationToken.None));

        var read = (await ReadAsync("SAN-0000-0001")).Document;
        await RefusesAsync(Write("SAN-0000-0001", 1, document: most + "x"));
        await RefusesAsync(Write("SAN-0000-0001", 1, document: "x") with { Kept = read });
        await RefusesAsync(Write("SAN-0000-0002", 0, document: most + "x"));

        var stored = await ReadAsync("SAN-0000-0001");
        Assert.Equal((1L, most), (stored.Version, Text(stored.Document)));
        Assert.Null(await Store.ReadAsync("SAN-0000-0002", CancellationToken.None));

        Task RefusesAsync(CaseWrite write) =>
            Assert.ThrowsAsync<CaseTooLargeException>(() => Store.WriteAsync(write, CancellationToken.None));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(900)]
    [InlineData(5_000)]
    public async Task A_document_that_writes_went_on_with_is_read_whole(int length)
    {
        var expected = new string('a', length);
        Assert.True(await Store.WriteAsync(Write("SAN-0000-0001", 0, document: expected), CancellationToken.None));
        await AddAsync("SAN-0000-0002");
        for (var version = 1; version <= 40; version++)
        {
            var added = new string((char)('a' + (version % 26)), length);
            Assert.True(
                await Store.WriteAsync(
                    Write("SAN-0000-0001", version, document: added) with
                    {
                        Kept = (await ReadAsync("SAN-0000-0001")).Document,
                    },
                    CancellationToken.None
                )
            );
            expected += added;
        }

        Assert.Equal(expected, Text((await ReadAsync("SAN-0000-0001")).Document));
        Assert.Equal(
            expected,
            Text(
                (await Store.DueAsync(DateTimeOffset.MaxValue, CancellationToken.None).ToListAsync())
                    .Single(due => due.Reference == "SAN-0000-0001")
                    .Document
            )
        );
        var scanned = new List<StoredCase>();
        await foreach (var stored in Store.ScanAsync(new CaseScan(null), CancellationToken.None))
            scanned.Add(stored);
        Assert.Equal(["SAN-0000-0001", "SAN-0000-0002"], scanned.Select(s => s.Reference));
        Assert.Equal(
            [expected, Text((await ReadAsync("SAN-0000-0002")).Document)],
            scanned.Select(s => Text(s.Document))
        );

        Assert.True(await Store.WriteAsync(Write("SAN-0000-0001", 41, document: "anew"), CancellationToken.None));
        Assert.Equal("anew", Text((await ReadAsync("SAN-0000-0001")).Document));
    }

    [Fact]
    public async Task Of_two_writes_that_go_on_after_the_same_document_one_is_written()
    {
        await AddAsync("SAN-0000-0001");
        var read = await ReadAsync("SAN-0000-0001");

        var answers = await Task.WhenAll(
            ((string[])["first", "second"]).Select(added =>
                Store.WriteAsync(
                    Write("SAN-0000-0001", 1, document: added) with
                    {
                        Kept = read.Document,
                    },
                    CancellationToken.None
                )
            )
        );

        var after = await ReadAsync("SAN-0000-0001");
        Assert.Single(answers, written => written);
        Assert.Equal(
            (2, Text(read.Document) + (answers[0] ? "first" : "second")),
            (after.Version, Text(after.Document))
        );
    }

    [Fact]
    public async Task A_part_of_a_larger_array_is_stored_without_the_rest()
    {
        var part = Bytes("before{}after")[6..8];
        Assert.True(
            await Store.WriteAsync(new CaseWrite("SAN-0000-0001", 0, part, AnOpenCase), CancellationToken.None)
        );

        Assert.Equal("{}", Text((await ReadAsync("SAN-0000-0001")).Document));
    }

    /// <summary>All that the seam shows of a store that holds SAN-0000-0001 at the most.</summary>
    private async Task<string> PictureAsync()
    {
        var cancel = CancellationToken.None;
        var stored = await ReadAsync("SAN-0000-0001");
        string[] parts =
        [
            $"{stored.Version} {Text(stored.Document)}",
            .. await FindAsync(All with { Agency = "oak-primary" }),
            .. (await FindAsync(All with { Agency = "police" })).Select(found => $"police {found}"),
            .. (await FindAsync(All with { Partnership = "suffolk" })).Select(found => $"suffolk {found}"),
            .. (await FindAsync(All with { Text = "oak/1" })).Select(found => $"oak/1 {found}"),
            .. (await FindAsync(All with { Text = "police/9" })).Select(found => $"police/9 {found}"),
            .. (await FindAsync(All with { Status = "active" })).Select(found => $"active {found}"),
            .. await Store.SimilarAsync("sandwell", "same", cancel),
            .. await Store.RetentionDueAsync(At("2040-01-01T00:00:00Z"), 10, cancel),
            $"{await Store.EarliestAsync(cancel):O}",
            $"{await Store.CountsAsync(null, All.Now, cancel)}",
            $"{await Store.CountsAsync("suffolk", All.Now, cancel)}",
        ];
        return string.Join('\n', parts);
    }
}
