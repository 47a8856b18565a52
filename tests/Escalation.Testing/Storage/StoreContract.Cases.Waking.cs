using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
    private static readonly DateTimeOffset Nine = At("2026-06-03T09:00:00Z");
    private static readonly DateTimeOffset Ten = At("2026-06-03T10:00:00Z");
    private static readonly DateTimeOffset Eleven = At("2026-06-03T11:00:00Z");

    [Fact]
    public async Task An_empty_store_has_nothing_due()
    {
        Assert.Null(await Store.EarliestAsync(CancellationToken.None));
        Assert.Empty(await DueAsync(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Due_cases_come_earliest_first_up_to_and_including_now()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { NextWake = Ten });
        await AddAsync("SAN-0000-0002", AnOpenCase with { NextWake = Ten.AddTicks(1) });
        await AddAsync("SAN-0000-0003", AnOpenCase with { NextWake = Nine });
        await AddAsync("SAN-0000-0004", AnEndedCase);

        Assert.Equal(["SAN-0000-0003", "SAN-0000-0001"], await DueAsync(Ten));
        Assert.Equal(Nine, await Store.EarliestAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_due_at_one_instant_each_comes_once_though_all_are_put_off_meanwhile()
    {
        string[] references = [.. Enumerable.Range(1, 300).Select(i => $"SAN-0000-{i:D4}")];
        await Parallel.ForEachAsync(
            references,
            async (reference, _) => await AddAsync(reference, AnOpenCase with { NextWake = Ten })
        );

        var come = new List<string>();
        await foreach (var due in Store.DueAsync(Ten, CancellationToken.None))
        {
            come.Add(due.Reference);
            await Store.DeferAsync(due.Reference, due.Version, Eleven, 0, CancellationToken.None);
        }

        Assert.Equal(references, come.Order(StringComparer.Ordinal));
        Assert.Empty(await DueAsync(Ten));
    }

    [Fact]
    public async Task A_due_case_comes_with_its_version_and_document()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { NextWake = Ten });
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { NextWake = Nine }, "second"),
                CancellationToken.None
            )
        );

        var due = Assert.Single(await Store.DueAsync(Ten, CancellationToken.None).ToListAsync());
        Assert.Equal(
            ("SAN-0000-0001", 2L, 0, "second"),
            (due.Reference, due.Version, due.Failures, Text(due.Document))
        );
    }

    [Fact]
    public async Task A_write_without_a_next_wake_takes_the_case_out_of_the_queue()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { NextWake = Nine });
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { NextWake = null }),
                CancellationToken.None
            )
        );

        Assert.Empty(await DueAsync(Eleven));
        Assert.Null(await Store.EarliestAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_deferred_case_waits_for_its_next_try_and_keeps_its_version()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { NextWake = Nine });
        await AddAsync("SAN-0000-0002", AnOpenCase with { NextWake = Ten });
        await Store.DeferAsync("SAN-0000-0001", 1, Eleven, 3, CancellationToken.None);

        Assert.Equal(["SAN-0000-0002"], await DueAsync(Ten));
        Assert.Equal(Ten, await Store.EarliestAsync(CancellationToken.None));
        Assert.Equal(["SAN-0000-0002", "SAN-0000-0001"], await DueAsync(Eleven));
        var stored = await ReadAsync("SAN-0000-0001");
        Assert.Equal((1L, 3), (stored.Version, stored.Failures));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_deferral_on_another_version_does_nothing(long version)
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { NextWake = Nine });
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { NextWake = Ten }),
                CancellationToken.None
            )
        );

        await Store.DeferAsync("SAN-0000-0001", version, Eleven, 3, CancellationToken.None);

        Assert.Equal(["SAN-0000-0001"], await DueAsync(Ten));
        Assert.Equal(0, (await ReadAsync("SAN-0000-0001")).Failures);
    }

    [Fact]
    public async Task A_deferral_of_a_case_that_does_not_exist_does_nothing()
    {
        await Store.DeferAsync("SAN-0000-0001", 1, Eleven, 3, CancellationToken.None);

        Assert.Null(await Store.EarliestAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_next_write_clears_a_deferral()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { NextWake = Nine });
        await Store.DeferAsync("SAN-0000-0001", 1, Eleven, 3, CancellationToken.None);
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { NextWake = Nine }),
                CancellationToken.None
            )
        );

        Assert.Equal(["SAN-0000-0001"], await DueAsync(Nine));
        Assert.Equal(0, (await ReadAsync("SAN-0000-0001")).Failures);
        Assert.Equal(0, (await Queries.CountsAsync(null, Nine, CancellationToken.None)).Failing);
    }

    [Fact]
    public async Task Instants_keep_their_ticks_and_are_compared_as_instants()
    {
        var tick = Ten.AddTicks(1);
        await AddAsync("SAN-0000-0001", AnOpenCase with { NextWake = tick.ToOffset(TimeSpan.FromHours(1)) });

        Assert.Empty(await DueAsync(Ten));
        Assert.Equal(["SAN-0000-0001"], await DueAsync(tick));
        var earliest = await Store.EarliestAsync(CancellationToken.None);
        Assert.Equal((tick.UtcTicks, TimeSpan.Zero), (earliest!.Value.Ticks, earliest.Value.Offset));
    }

    [Fact]
    public async Task The_first_and_the_last_instant_there_are_can_be_stored()
    {
        await AddAsync(
            "SAN-0000-0001",
            AnOpenCase with
            {
                NextWake = DateTimeOffset.MinValue,
                RaisedAt = DateTimeOffset.MinValue,
                SortAt = DateTimeOffset.MinValue,
            }
        );
        await AddAsync(
            "SAN-0000-0002",
            AnOpenCase with
            {
                NextWake = DateTimeOffset.MaxValue,
                RaisedAt = DateTimeOffset.MaxValue,
                SortAt = DateTimeOffset.MaxValue,
            }
        );

        Assert.Equal(DateTimeOffset.MinValue, await Store.EarliestAsync(CancellationToken.None));
        Assert.Equal(["SAN-0000-0001", "SAN-0000-0002"], await DueAsync(DateTimeOffset.MaxValue));
        Assert.Equal(["SAN-0000-0001", "SAN-0000-0002"], await FindAsync(All));
        Assert.Equal(["SAN-0000-0001", "SAN-0000-0002"], await ScanAsync(new CaseScan(null)));
    }

    private async Task<string[]> DueAsync(DateTimeOffset now) =>
        await Store.DueAsync(now, CancellationToken.None).Select(due => due.Reference).ToArrayAsync();
}
