using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
    /// <summary>The stores walk by 50, 100 and 128.</summary>
    private static readonly int[] Sizes = [0, 1, 50, 51, 100, 101, 128, 129];

    [Fact]
    public async Task A_scan_goes_by_date_raised_then_reference()
    {
        await AddAsync("SAN-0000-0002", AnOpenCase with { RaisedAt = Ten });
        await AddAsync("SAN-0000-0003", AnEndedCase with { RaisedAt = Nine });
        await AddAsync("SAN-0000-0001", AnOpenCase with { RaisedAt = Ten });

        Assert.Equal(["SAN-0000-0003", "SAN-0000-0001", "SAN-0000-0002"], await ScanAsync(new CaseScan(null)));
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

        await foreach (var scanned in Queries.ScanAsync(new CaseScan(null), CancellationToken.None))
        {
            Assert.Contains(scanned.Reference, Text(scanned.Document));
            Assert.True(await Store.WriteAsync(Write(scanned.Reference, scanned.Version), CancellationToken.None));
            versions.Add((await ReadAsync(scanned.Reference)).Version);
        }

        Assert.Equal([2, 2, 2, 2, 2], versions);
    }

    [Fact]
    public async Task Around_the_size_of_every_chunk_walks_give_each_case_once_and_in_order()
    {
        string[] all = [.. Enumerable.Range(0, Sizes[^1]).Select(i => $"SAN-0000-{i:D4}")];
        var added = 0;
        foreach (var size in Sizes)
        {
            for (; added < size; added++)
                await AddAsync(all[added], AnOpenCase with { RaisedAt = Nine, NextWake = Nine.AddSeconds(added) });

            Assert.Equal(all[..size], await ScanAsync(new CaseScan(null)));
            Assert.Equal(all[..size], await ScanAsync(new CaseScan("sandwell", OpenOnly: true, Agency: "oak-primary")));
            Assert.Equal(all[..size], await DueAsync(Ten));
        }
    }

    private async Task<string[]> ScanAsync(CaseScan scan)
    {
        var found = new List<string>();
        await foreach (var scanned in Queries.ScanAsync(scan, CancellationToken.None))
            found.Add(scanned.Reference);
        return [.. found];
    }
}
