using Escalation.Core.Cases;
using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
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
            SimilarityKey = "same",
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
        Assert.Equal(0, (await Queries.CountsAsync(null, All.Now, CancellationToken.None)).Cases);
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
        Assert.Equal(1, (await Queries.CountsAsync(null, All.Now, CancellationToken.None)).Cases);
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
            .. await Queries.SimilarAsync("sandwell", "same", cancel),
            .. await Store.RetentionDueAsync(At("2040-01-01T00:00:00Z"), 10, cancel),
            $"{await Store.EarliestAsync(cancel):O}",
            $"{await Queries.CountsAsync(null, All.Now, cancel)}",
            $"{await Queries.CountsAsync("suffolk", All.Now, cancel)}",
        ];
        return string.Join('\n', parts);
    }
}
