using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

/// <summary>No case, one, as many as a page or a chunk of a store holds, and one more; instants to the tick.</summary>
public abstract partial class CaseStoreContract
{
    /// <summary>The stores walk by 50, 100 and 128.</summary>
    private static readonly int[] Sizes = [0, 1, 50, 51, 100, 101, 128, 129];

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

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_page_has_a_next_one_exactly_where_more_is_left(TrackerSort sort, string? agency, string status)
    {
        var query = All with { Partnership = "sandwell", Sort = sort, Agency = agency, Status = status };
        var index = status == "ended" ? AnEndedCase : AnOpenCase;
        for (var count = 0; count <= 4; count++)
        {
            for (var limit = 1; limit <= 5; limit++)
            {
                var page = await Store.TrackerAsync(query with { Limit = limit }, CancellationToken.None);
                Assert.Equal(
                    (count, limit, Math.Min(count, limit), count > limit),
                    (count, limit, page.Rows.Count, page.Next is not null)
                );
            }

            await AddAsync($"SAN-0000-{count:D4}", index with { SortAt = Nine.AddHours(count) });
            await AddAsync($"SUF-0000-{count:D4}", index with { Partnership = "suffolk" });
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_page_of_no_rows_is_refused(int limit) =>
        await Assert.ThrowsAnyAsync<ArgumentOutOfRangeException>(() =>
            Store.TrackerAsync(All with { Limit = limit }, CancellationToken.None)
        );

    [Fact]
    public async Task As_many_cases_as_are_asked_for_come_for_the_removal_of_personal_data_earliest_first()
    {
        string[] all = ["SAN-0000-0003", "SAN-0000-0002", "SAN-0000-0001", "SAN-0000-0000"];
        for (var count = 0; count <= all.Length; count++)
        {
            for (var take = 1; take <= all.Length + 1; take++)
                Assert.Equal(
                    all[..Math.Min(count, take)],
                    await Store.RetentionDueAsync(Ten, take, CancellationToken.None)
                );
            if (count < all.Length)
                await AddAsync(all[count], AnEndedCase with { RetainUntil = Ten.AddTicks(count - all.Length + 1) });
        }
    }

    [Fact]
    public async Task Every_figure_is_its_own_of_a_partnership_and_of_all()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { NextWake = Nine, Queued = 2, Failed = 1 });
        await AddAsync("SAN-0000-0002", AnOpenCase with { NextWake = Ten, Failed = 4 });
        await AddAsync("SAN-0000-0003", AnOpenCase with { NextWake = Ten, Queued = 7 });
        await AddAsync("SAN-0000-0004", AnOpenCase with { NextWake = Ten.AddTicks(1) });
        await AddAsync("SAN-0000-0005", AnOpenCase with { NextWake = null });
        await AddAsync("SAN-0000-0006", AnEndedCase with { NextWake = Nine.AddMinutes(2), Queued = 4, Failed = 6 });
        await AddAsync("SAN-0000-0007", AnEndedCase);
        await AddAsync("SAN-0000-0008", AnEndedCase);
        await Store.DeferAsync("SAN-0000-0002", 1, Eleven, 2, CancellationToken.None);
        var suffolk = AnOpenCase with { Partnership = "suffolk", NextWake = Eleven };
        await AddAsync("SUF-0000-0001", suffolk with { NextWake = Nine.AddHours(-1), Queued = 9, Failed = 8 });
        await AddAsync("SUF-0000-0002", suffolk);
        await AddAsync("SUF-0000-0003", suffolk);
        await AddAsync("SUF-0000-0004", AnEndedCase with { Partnership = "suffolk" });
        await Store.DeferAsync("SUF-0000-0001", 1, Eleven, 1, CancellationToken.None);
        await Store.DeferAsync("SUF-0000-0002", 1, Eleven, 3, CancellationToken.None);

        Assert.Equal(new StoreCounts(8, 5, 13, 11, 4, Nine, 1), await CountAsync("sandwell", Ten));
        Assert.Equal(new StoreCounts(4, 3, 9, 8, 1, Nine.AddHours(-1), 2), await CountAsync("suffolk", Ten));
        Assert.Equal(new StoreCounts(12, 8, 22, 19, 5, Nine.AddHours(-1), 3), await CountAsync(null, Ten));
        Assert.Equal(2, (await CountAsync("sandwell", Ten.AddTicks(-1))).OverdueWakes);
        Assert.Equal(5, (await CountAsync("sandwell", Ten.AddTicks(1))).OverdueWakes);

        Task<StoreCounts> CountAsync(string? partnership, DateTimeOffset now) =>
            Store.CountsAsync(partnership, now, CancellationToken.None);
    }
}
