using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class CaseStoreContract
{
    [Fact]
    public async Task A_scan_goes_by_date_raised_then_reference()
    {
        await AddAsync("SAN-0000-0002", AnOpenCase with { RaisedAt = Ten });
        await AddAsync("SAN-0000-0003", AnEndedCase with { RaisedAt = Nine });
        await AddAsync("SAN-0000-0001", AnOpenCase with { RaisedAt = Ten });

        Assert.Equal(["SAN-0000-0003", "SAN-0000-0001", "SAN-0000-0002"], await ScanAsync(new CaseScan(null)));
    }

    [Fact]
    public async Task A_case_is_found_by_an_operation_of_its_notices_until_a_write_drops_it()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { Operations = ["first", "second"] });
        await AddAsync("SUF-0000-0002", AnOpenCase with { Partnership = "suffolk", Operations = ["third"] });

        Assert.Equal("SAN-0000-0001", await Store.FindByOperationAsync("second", CancellationToken.None));
        Assert.Equal("SUF-0000-0002", await Store.FindByOperationAsync("third", CancellationToken.None));
        Assert.Null(await Store.FindByOperationAsync("fourth", CancellationToken.None));

        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { Operations = ["first"] }),
                CancellationToken.None
            )
        );
        Assert.Null(await Store.FindByOperationAsync("second", CancellationToken.None));
        Assert.Equal("SAN-0000-0001", await Store.FindByOperationAsync("first", CancellationToken.None));
    }

    [Fact]
    public async Task A_scan_longer_than_any_chunk_gives_every_case_once()
    {
        for (var i = 0; i < 230; i++)
            await AddAsync(
                $"SAN-0000-{i:D4}",
                AnOpenCase with
                {
                    RaisedAt = Nine.AddHours(i % 3),
                    Agencies = [i % 2 == 0 ? "even" : "odd"],
                }
            );

        Assert.Equal(230, (await ScanAsync(new CaseScan("sandwell"))).Distinct().Count());
        Assert.Equal(230, (await ScanAsync(new CaseScan("sandwell"))).Length);
        Assert.Equal(115, (await ScanAsync(new CaseScan(null, Agency: "even"))).Distinct().Count());
    }

    [Fact]
    public async Task A_scan_chooses_by_partnership_dates_agency_and_open()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { RaisedAt = Nine });
        await AddAsync("SAN-0000-0002", AnEndedCase with { RaisedAt = Ten, Agencies = ["police"] });
        await AddAsync(
            "SUF-0000-0003",
            AnOpenCase with
            {
                RaisedAt = Eleven,
                Partnership = "suffolk",
                Agencies = ["police"],
            }
        );

        Assert.Equal(["SAN-0000-0001", "SAN-0000-0002"], await ScanAsync(new CaseScan("sandwell")));
        Assert.Equal(["SAN-0000-0001", "SAN-0000-0002"], await ScanAsync(new CaseScan(null, Nine, Eleven)));
        Assert.Equal(["SAN-0000-0002", "SUF-0000-0003"], await ScanAsync(new CaseScan(null, RaisedFrom: Ten)));
        Assert.Equal(["SAN-0000-0001"], await ScanAsync(new CaseScan(null, RaisedTo: Ten)));
        Assert.Equal(["SAN-0000-0001", "SUF-0000-0003"], await ScanAsync(new CaseScan(null, OpenOnly: true)));
        Assert.Equal(["SAN-0000-0002", "SUF-0000-0003"], await ScanAsync(new CaseScan(null, Agency: "police")));
        Assert.Equal(
            ["SUF-0000-0003"],
            await ScanAsync(new CaseScan("suffolk", Nine, null, OpenOnly: true, Agency: "police"))
        );
    }

    [Fact]
    public async Task Every_choice_of_a_scan_holds_whatever_else_is_chosen_with_it()
    {
        var cases = (
            from partnership in (string[])["sandwell", "suffolk"]
            from agency in (string[])["police", "oak-primary"]
            from index in (CaseIndex[])[AnOpenCase, AnEndedCase]
            from raised in (DateTimeOffset[])[Nine, Ten]
            select index with
            {
                Partnership = partnership,
                Agencies = [agency],
                RaisedAt = raised,
            }
        )
            .Index()
            .ToDictionary(c => $"{(c.Item.Partnership == "suffolk" ? "SUF" : "SAN")}-0000-{c.Index:D4}", c => c.Item);
        foreach (var (reference, index) in cases)
            await AddAsync(reference, index);
        var scans =
            from partnership in (string?[])[null, "sandwell"]
            from agency in (string?[])[null, "police"]
            from openOnly in (bool[])[false, true]
            from raisedFrom in (DateTimeOffset?[])[null, Ten]
            from raisedTo in (DateTimeOffset?[])[null, Ten]
            select new CaseScan(partnership, raisedFrom, raisedTo, openOnly, agency);

        foreach (var scan in scans)
        {
            var chosen = cases
                .Where(c => IsChosen(c.Value, scan))
                .OrderBy(c => c.Value.RaisedAt)
                .ThenBy(c => c.Key, StringComparer.Ordinal);
            Assert.Equal((scan, Said(chosen.Select(c => c.Key))), (scan, Said(await ScanAsync(scan))));
        }

        static string Said(IEnumerable<string> references) => string.Join(' ', references);

        static bool IsChosen(CaseIndex index, CaseScan scan) =>
            (scan.Partnership is null || index.Partnership == scan.Partnership)
            && (scan.Agency is null || index.Agencies.Contains(scan.Agency))
            && (!scan.OpenOnly || index.Open)
            && (scan.RaisedFrom is null || index.RaisedAt >= scan.RaisedFrom)
            && (scan.RaisedTo is null || index.RaisedAt < scan.RaisedTo);
    }

    [Fact]
    public async Task A_scan_gives_whole_cases_and_lets_writes_pass()
    {
        for (var i = 0; i < 5; i++)
            await AddAsync($"SAN-0000-{i:D4}");
        var versions = new List<long>();

        await foreach (var scanned in Store.ScanAsync(new CaseScan(null), CancellationToken.None))
        {
            Assert.Contains(scanned.Reference, Text(scanned.Document));
            Assert.True(await Store.WriteAsync(Write(scanned.Reference, scanned.Version), CancellationToken.None));
            versions.Add((await ReadAsync(scanned.Reference)).Version);
        }

        Assert.Equal([2, 2, 2, 2, 2], versions);
    }

    [Fact]
    public async Task Similar_cases_are_open_and_of_the_same_partnership_and_likeness()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { Likeness = "a" });
        await AddAsync("SAN-0000-0002", AnOpenCase with { Likeness = "b" });
        await AddAsync("SUF-0000-0003", AnOpenCase with { Likeness = "a", Partnership = "suffolk" });
        await AddAsync("SAN-0000-0004", AnOpenCase with { Likeness = "a" });
        await AddAsync("SAN-0000-0005", AnEndedCase with { Likeness = "a" });
        await AddAsync("SAN-0000-0006");
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0004", 1, AnOpenCase with { Likeness = null }),
                CancellationToken.None
            )
        );

        Assert.Equal(["SAN-0000-0001"], await Store.SimilarAsync("sandwell", "a", CancellationToken.None));
        Assert.Empty(await Store.SimilarAsync("sandwell", "c", CancellationToken.None));
    }

    [Fact]
    public async Task Retention_is_due_from_its_instant_until_a_write_clears_it()
    {
        await AddAsync("SAN-0000-0001", AnEndedCase with { RetainUntil = Ten });
        await AddAsync("SAN-0000-0002", AnEndedCase with { RetainUntil = Ten.AddTicks(1) });
        await AddAsync("SAN-0000-0003", AnEndedCase with { RetainUntil = Nine });
        await AddAsync("SAN-0000-0004", AnEndedCase);

        Assert.Equal(
            ["SAN-0000-0003", "SAN-0000-0001"],
            await Store.RetentionDueAsync(Ten, 10, CancellationToken.None)
        );
        Assert.Equal(["SAN-0000-0003"], await Store.RetentionDueAsync(Ten, 1, CancellationToken.None));
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0003", 1, AnEndedCase with { RetainUntil = null }),
                CancellationToken.None
            )
        );
        Assert.Equal(["SAN-0000-0001"], await Store.RetentionDueAsync(Ten, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Counts_of_an_empty_store_are_nought() =>
        Assert.Equal(
            new StoreCounts(0, 0, 0, 0, 0, null, 0),
            await Store.CountsAsync(null, Ten, CancellationToken.None)
        );

    [Fact]
    public async Task Counts_follow_the_writes()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { Queued = 3, NextWake = Nine });
        await AddAsync("SAN-0000-0002", AnOpenCase with { Queued = 1, Failed = 2, NextWake = Eleven });
        await AddAsync("SUF-0000-0003", AnOpenCase with { Partnership = "suffolk", Queued = 5, NextWake = Ten });
        Assert.Equal(
            new StoreCounts(3, 3, 9, 2, 2, Nine, 0),
            await Store.CountsAsync(null, Ten, CancellationToken.None)
        );

        Assert.True(
            await Store.WriteAsync(Write("SAN-0000-0001", 1, AnEndedCase with { Queued = 1 }), CancellationToken.None)
        );
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0002", 1, AnOpenCase with { Queued = 1, NextWake = Eleven }),
                CancellationToken.None
            )
        );
        Assert.Equal(
            new StoreCounts(2, 1, 2, 0, 0, null, 0),
            await Store.CountsAsync("sandwell", Ten, CancellationToken.None)
        );
        Assert.Equal(
            new StoreCounts(1, 1, 5, 0, 1, Ten, 0),
            await Store.CountsAsync("suffolk", Ten, CancellationToken.None)
        );
        Assert.Equal(
            new StoreCounts(3, 2, 7, 0, 1, Ten, 0),
            await Store.CountsAsync(null, Ten, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_case_put_off_counts_as_failing_and_its_wake_stays_overdue()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { NextWake = Nine });
        await AddAsync("SAN-0000-0002", AnOpenCase with { NextWake = Ten });
        await Store.DeferAsync("SAN-0000-0001", 1, Eleven, 1, CancellationToken.None);

        Assert.Equal(
            new StoreCounts(2, 2, 0, 0, 2, Nine, 1),
            await Store.CountsAsync("sandwell", Ten, CancellationToken.None)
        );
        Assert.Equal(
            new StoreCounts(0, 0, 0, 0, 0, null, 0),
            await Store.CountsAsync("suffolk", Ten, CancellationToken.None)
        );
    }

    private async Task<string[]> ScanAsync(CaseScan scan)
    {
        var found = new List<string>();
        await foreach (var scanned in Store.ScanAsync(scan, CancellationToken.None))
            found.Add(scanned.Reference);
        return [.. found];
    }
}
