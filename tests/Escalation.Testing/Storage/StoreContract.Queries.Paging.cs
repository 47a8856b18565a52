using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Pages_follow_one_another_in_the_order_of_one_long_page(
        TrackerSort sort,
        string? agency,
        string status
    )
    {
        for (var i = 0; i < 12; i++)
            await AddAsync($"SAN-0000-{i:D4}", Tied(i));
        var query = All with { Sort = sort, Agency = agency, Status = status };

        Assert.Equal(await FindAsync(query), await AllPagesAsync(query with { Limit = 3 }));
        Assert.Equal(await FindAsync(query), await AllPagesAsync(query with { Limit = 1 }));
    }

    [Fact]
    public async Task The_last_page_has_no_next_even_when_it_is_full()
    {
        await AddAsync("SAN-0000-0001");
        await AddAsync("SAN-0000-0002");

        Assert.Null((await Queries.TrackerAsync(All with { Limit = 2 }, CancellationToken.None)).Next);
        Assert.Null((await Queries.TrackerAsync(All with { Limit = 3 }, CancellationToken.None)).Next);
        Assert.NotNull((await Queries.TrackerAsync(All with { Limit = 1 }, CancellationToken.None)).Next);
        Assert.Null((await Queries.TrackerAsync(All with { Partnership = "suffolk" }, CancellationToken.None)).Next);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Writes_between_the_pages_neither_repeat_nor_lose_a_case_that_stayed(
        TrackerSort sort,
        string? agency,
        string status
    )
    {
        for (var i = 0; i < 12; i++)
            await AddAsync($"SAN-0000-{i:D4}", Tied(i));
        var query = All with { Sort = sort, Agency = agency, Status = status, Limit = 3 };
        var expected = await FindAsync(query with { Limit = 100 });
        var seen = new List<string>();
        string? cursor = null;
        var turn = 0;
        do
        {
            var page = await Queries.TrackerAsync(query with { Cursor = cursor }, CancellationToken.None);
            seen.AddRange(References(page));
            cursor = page.Next;
            await AddAsync(
                $"NEW-0000-{turn:D4}",
                Tied(turn) with
                {
                    SortAt = Nine.AddDays(-turn),
                    RaisedAt = Nine.AddDays(turn),
                }
            );
            await AddAsync($"NEW-0001-{turn:D4}", Tied(turn));
            for (var i = 0; i < 12; i++)
                Assert.True(
                    await Store.WriteAsync(
                        Write($"SAN-0000-{i:D4}", turn + 1, Tied(i) with { Queued = turn }),
                        CancellationToken.None
                    )
                );
            turn++;
        } while (cursor is not null);

        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(expected, seen.Where(reference => reference.StartsWith("SAN", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_cursor_goes_on_though_the_case_it_stands_on_has_gone_from_the_list()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { SortAt = Nine });
        await AddAsync("SAN-0000-0002", AnOpenCase with { SortAt = Ten });
        await AddAsync("SAN-0000-0003", AnOpenCase with { SortAt = Eleven });
        var query = All with { Status = "active", Limit = 2 };
        var first = await Queries.TrackerAsync(query, CancellationToken.None);
        Assert.True(await Store.WriteAsync(Write("SAN-0000-0002", 1, AnEndedCase), CancellationToken.None));

        Assert.Equal(["SAN-0000-0003"], await FindAsync(query with { Cursor = first.Next }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("!%&")]
    [InlineData("eA")]
    public async Task A_text_that_is_no_cursor_is_refused(string cursor)
    {
        var refused = await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            Queries.TrackerAsync(All with { Cursor = cursor }, CancellationToken.None)
        );

        Assert.Equal("cursor", refused.ParamName);
    }

    [Fact]
    public async Task A_cursor_of_another_sort_is_refused()
    {
        await AddAsync("SAN-0000-0001");
        await AddAsync("SAN-0000-0002");
        var page = await Queries.TrackerAsync(All with { Limit = 1 }, CancellationToken.None);

        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            Queries.TrackerAsync(All with { Cursor = page.Next, Sort = TrackerSort.Raised }, CancellationToken.None)
        );
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
                var page = await Queries.TrackerAsync(query with { Limit = limit }, CancellationToken.None);
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
            Queries.TrackerAsync(All with { Limit = limit }, CancellationToken.None)
        );

    public static TheoryData<TrackerSort, string?, string> Lists { get; } =
        new()
        {
            { TrackerSort.Urgency, null, "all" },
            { TrackerSort.Urgency, null, "active" },
            { TrackerSort.Urgency, null, "ended" },
            { TrackerSort.Urgency, "oak-primary", "all" },
            { TrackerSort.Urgency, "oak-primary", "active" },
            { TrackerSort.Raised, null, "all" },
            { TrackerSort.Raised, "oak-primary", "active" },
        };

    /// <summary>A third is ended; every instant is shared by three or four cases.</summary>
    private static CaseIndex Tied(int i) =>
        (i % 3 == 0 ? AnEndedCase : AnOpenCase) with
        {
            SortAt = Nine.AddHours(i % 4),
            RaisedAt = Nine.AddHours(-(i % 4)),
        };

    private async Task<string[]> AllPagesAsync(TrackerQuery query)
    {
        var all = new List<string>();
        var page = await Queries.TrackerAsync(query, CancellationToken.None);
        all.AddRange(References(page));
        while (page.Next is not null)
        {
            page = await Queries.TrackerAsync(query with { Cursor = page.Next }, CancellationToken.None);
            Assert.NotEmpty(page.Rows);
            all.AddRange(References(page));
        }

        return [.. all];
    }
}
