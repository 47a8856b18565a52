using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Counts_of_an_empty_store_are_nought() =>
        Assert.Equal(
            new StoreCounts(0, 0, 0, 0, 0, null, 0),
            await Queries.CountsAsync(null, Ten, CancellationToken.None)
        );

    [Fact]
    public async Task Counts_follow_the_writes()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { Queued = 3, NextWake = Nine });
        await AddAsync("SAN-0000-0002", AnOpenCase with { Queued = 1, Failed = 2, NextWake = Eleven });
        await AddAsync("SUF-0000-0003", AnOpenCase with { Partnership = "suffolk", Queued = 5, NextWake = Ten });
        Assert.Equal(
            new StoreCounts(3, 3, 9, 2, 2, Nine, 0),
            await Queries.CountsAsync(null, Ten, CancellationToken.None)
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
            await Queries.CountsAsync("sandwell", Ten, CancellationToken.None)
        );
        Assert.Equal(
            new StoreCounts(1, 1, 5, 0, 1, Ten, 0),
            await Queries.CountsAsync("suffolk", Ten, CancellationToken.None)
        );
        Assert.Equal(
            new StoreCounts(3, 2, 7, 0, 1, Ten, 0),
            await Queries.CountsAsync(null, Ten, CancellationToken.None)
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
            await Queries.CountsAsync("sandwell", Ten, CancellationToken.None)
        );
        Assert.Equal(
            new StoreCounts(0, 0, 0, 0, 0, null, 0),
            await Queries.CountsAsync("suffolk", Ten, CancellationToken.None)
        );
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
            Queries.CountsAsync(partnership, now, CancellationToken.None);
    }

    [Fact]
    public async Task Similar_cases_are_open_and_of_the_same_partnership_and_similarity_key()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { SimilarityKey = "a" });
        await AddAsync("SAN-0000-0002", AnOpenCase with { SimilarityKey = "b" });
        await AddAsync("SUF-0000-0003", AnOpenCase with { SimilarityKey = "a", Partnership = "suffolk" });
        await AddAsync("SAN-0000-0004", AnOpenCase with { SimilarityKey = "a" });
        await AddAsync("SAN-0000-0005", AnEndedCase with { SimilarityKey = "a" });
        await AddAsync("SAN-0000-0006");
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0004", 1, AnOpenCase with { SimilarityKey = null }),
                CancellationToken.None
            )
        );

        Assert.Equal(["SAN-0000-0001"], await Queries.SimilarAsync("sandwell", "a", CancellationToken.None));
        Assert.Empty(await Queries.SimilarAsync("sandwell", "c", CancellationToken.None));
    }
}
