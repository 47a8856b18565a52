using Escalation.Core.Storage;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_record_is_written_on_its_version_only()
    {
        Assert.Null(await Records.ReadAsync("agency", "sandwell/police", CancellationToken.None));
        Assert.False(await PutAsync("agency", "sandwell/police", "never", 1));
        Assert.True(await PutAsync("agency", "sandwell/police", "one", 0));
        Assert.False(await PutAsync("agency", "sandwell/police", "again", 0));
        Assert.True(await PutAsync("agency", "sandwell/police", "two ✓", 1));
        Assert.False(await PutAsync("agency", "sandwell/police", "stale", 1));

        Assert.Equal(
            new StoredRecord("sandwell/police", 2, "two ✓"),
            await Records.ReadAsync("agency", "sandwell/police", CancellationToken.None)
        );
        Assert.Null(await Records.ReadAsync("calendar", "sandwell/police", CancellationToken.None));
    }

    [Fact]
    public async Task A_null_body_deletes_a_record_on_its_version_and_it_may_begin_again()
    {
        Assert.True(await PutAsync("key", "k1", "body", 0));
        Assert.False(await PutAsync("key", "k1", null, 2));
        Assert.NotNull(await Records.ReadAsync("key", "k1", CancellationToken.None));

        Assert.True(await PutAsync("key", "k1", null, 1));
        Assert.Null(await Records.ReadAsync("key", "k1", CancellationToken.None));
        Assert.False(await PutAsync("key", "k1", null, 1));

        Assert.True(await PutAsync("key", "k1", "anew", 0));
        Assert.Equal(1, (await Records.ReadAsync("key", "k1", CancellationToken.None))?.Version);
    }

    [Fact]
    public async Task Deleting_a_record_that_is_not_there_is_done_already_and_one_that_is_there_stays()
    {
        Assert.True(await PutAsync("key", "k1", null, 0));
        Assert.True(await PutAsync("key", "k1", null, 0));
        Assert.False(await PutAsync("key", "k1", null, 1));

        Assert.True(await PutAsync("key", "k1", "body", 0));
        Assert.False(await PutAsync("key", "k1", null, 0));
        Assert.Equal("body", (await Records.ReadAsync("key", "k1", CancellationToken.None))?.Body);
    }

    [Fact]
    public async Task Of_racing_writers_of_a_record_one_wins()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(i => Task.Run(() => PutAsync("key", "k1", $"{i}", 0)))
        );

        Assert.Single(answers, won => won);
        Assert.Equal(
            $"{Array.IndexOf(answers, true) + 1}",
            (await Records.ReadAsync("key", "k1", CancellationToken.None))?.Body
        );
    }

    [Theory]
    [InlineData("a/", new[] { "a/", "a/B", "a/b", "a/é", "a/😀" })]
    [InlineData("a%", new[] { "a%x" })]
    [InlineData("a_", new[] { "a_x" })]
    [InlineData("a'", new[] { "a'x" })]
    [InlineData("a/b", new[] { "a/b" })]
    [InlineData("A", new[] { "A/b" })]
    [InlineData("zz", new string[0])]
    [InlineData("", new[] { "A/b", "a%x", "a'x", "a/", "a/B", "a/b", "a/é", "a/😀", "a_x", "az", "ba/b" })]
    public async Task Records_are_listed_by_the_literal_start_of_their_id_in_ordinal_order(
        string prefix,
        string[] expected
    )
    {
        foreach (var id in (string[])["az", "a_x", "a%x", "a/é", "a/b", "a/B", "a/", "A/b", "a'x", "a/😀", "ba/b"])
            Assert.True(await PutAsync("kind", id, $"body of {id}", 0));
        Assert.True(await PutAsync("other", "a/other", "body", 0));

        var listed = await Records.ListAsync("kind", prefix, CancellationToken.None);

        Assert.Equal(expected, listed.Select(record => record.Id));
        Assert.All(listed, record => Assert.Equal((1L, $"body of {record.Id}"), (record.Version, record.Body)));
    }

    private Task<bool> PutAsync(string kind, string id, string? body, long expectedVersion) =>
        Records.WriteAsync(kind, id, body, expectedVersion, CancellationToken.None);
}
