using Escalation.Core.Cases;
using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
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
        var page = await Queries.TrackerAsync(All, CancellationToken.None);
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
        await foreach (var stored in Queries.ScanAsync(new CaseScan(null), CancellationToken.None))
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
}
