using Escalation.Cosmos.Tests.Account;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Cosmos.Tests;

/// <summary>What this store does besides the contract.</summary>
[Collection(CosmosTests.Name)]
public sealed class CosmosCaseStoreTests(CosmosAccount account)
{
    [Fact]
    public async Task A_case_cannot_move_to_another_partnership()
    {
        var store = await account.OpenEmptyAsync(_ => null);
        Assert.True(await store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { Partnership = "suffolk" }),
                CancellationToken.None
            )
        );

        Assert.Equal(1, (await store.ReadAsync("SAN-0000-0001", CancellationToken.None))?.Version);
    }

    [Fact]
    public async Task A_case_cannot_begin_in_another_partnership_than_its_prefix_names()
    {
        var store = await account.OpenEmptyAsync(_ => "suffolk");

        await Assert.ThrowsAsync<ArgumentException>(() =>
            store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None)
        );

        Assert.Equal(0, (await store.CountsAsync(null, At("2026-06-01T09:00:00Z"), CancellationToken.None)).Cases);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../colls/records")]
    [InlineData("SAN-0000-0001?x=1#y")]
    [InlineData("_\\\u0000é😀")]
    public async Task A_text_that_is_no_reference_reads_as_no_case(string text)
    {
        var store = await account.OpenEmptyAsync(_ => "sandwell");

        Assert.Null(await store.ReadAsync(text, CancellationToken.None));
        Assert.Null(await store.ReadAsync(text + new string('x', 2000), CancellationToken.None));
    }

    [Fact]
    public async Task A_case_is_found_by_an_operation_until_a_write_without_it()
    {
        var store = await account.OpenEmptyAsync(_ => null);
        Assert.True(
            await store.WriteAsync(
                Write("SAN-0000-0001", 0, AnOpenCase with { Operations = ["op-1", "op-2"] }),
                CancellationToken.None
            )
        );
        Assert.True(
            await store.WriteAsync(
                Write("SUF-0000-0002", 0, AnOpenCase with { Partnership = "suffolk", Operations = ["op-3"] }),
                CancellationToken.None
            )
        );

        Assert.Equal("SAN-0000-0001", await store.FindByOperationAsync("op-2", CancellationToken.None));
        Assert.Equal("SUF-0000-0002", await store.FindByOperationAsync("op-3", CancellationToken.None));
        Assert.True(
            await store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { Operations = ["op-1"] }),
                CancellationToken.None
            )
        );
        Assert.Null(await store.FindByOperationAsync("op-2", CancellationToken.None));
    }

    [Fact]
    public async Task Records_whose_ids_need_escaping_stay_apart()
    {
        var store = await account.OpenEmptyAsync(_ => null);
        string[] ids = ["a/b", "a_2Fb", "a_b", "a\\b", "a?b", "a#b", "a b", "a%2Fb"];
        foreach (var id in ids)
            Assert.True(await store.WriteAsync("kind", id, $"body of {id}", 0, CancellationToken.None));

        foreach (var id in ids)
            Assert.Equal($"body of {id}", (await store.ReadAsync("kind", id, CancellationToken.None))?.Body);
    }
}
