using System.Text.Json;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Storage;

/// <summary>How a document lies in the file; that it is read whole is in the stores' contract.</summary>
public sealed class DocumentPartsTests : IAsyncLifetime
{
    private const string Reference = "SAN-0000-0001";
    private readonly TemporaryFolder _folder = new();
    private SqliteCaseStore _store = null!;

    public Task InitializeAsync()
    {
        _store = SqliteCaseStore.Open(_folder.Path);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_large_addition_leaves_the_part_before_it_where_it_is()
    {
        await AddAsync(3_000, 3_000, 3_000);

        Assert.Equal(["1|3000", "2|3000", "3|3000"], Parts());
    }

    [Fact]
    public async Task Small_additions_grow_together_until_they_are_a_part_of_their_own()
    {
        await AddAsync(3_000, 400, 400, 400, 400, 400, 400);

        Assert.Equal(["1|3000", "2|2000", "3|400"], Parts());
    }

    [Fact]
    public async Task A_document_written_anew_is_one_part()
    {
        await AddAsync(3_000, 3_000, 100);

        Assert.True(await _store.WriteAsync(Write(Reference, 3, document: "anew"), CancellationToken.None));

        Assert.Equal("4", Assert.Single(Parts()).Split('|')[1]);
    }

    [Fact]
    public async Task A_write_that_goes_on_after_something_else_than_what_is_stored_is_refused_and_changes_nothing()
    {
        await AddAsync(3_000, 400);
        var wrong = Write(Reference, 2, document: "added") with { Kept = Bytes("something else") };

        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.WriteAsync(wrong, CancellationToken.None));

        Assert.Equal(["1|3000", "2|400"], Parts());
        Assert.Equal(2, (await _store.ReadAsync(Reference, CancellationToken.None))?.Version);
    }

    [Theory]
    [InlineData("DELETE FROM document_parts WHERE id = 1")]
    [InlineData("DELETE FROM document_parts WHERE id = 2")]
    [InlineData("DELETE FROM document_parts WHERE case_id = 1")]
    [InlineData("UPDATE document_parts SET part = x'7878' WHERE id = 2")]
    [InlineData("INSERT INTO document_parts (case_id, part) VALUES (1, x'78')")]
    public async Task A_document_that_is_not_all_there_is_none_and_hides_no_other(string damage)
    {
        await AddAsync(3_000, 3_000);
        Assert.True(await _store.WriteAsync(Write("SAN-0000-0002"), CancellationToken.None));
        StoreFile.Run(_folder[StoreFile.Name], damage);

        var read = (await _store.ReadAsync(Reference, CancellationToken.None))!;
        var due = await _store.DueAsync(DateTimeOffset.MaxValue, CancellationToken.None).ToListAsync();

        Assert.Equal((2, 0), (read.Version, read.Document.Length));
        Assert.ThrowsAny<JsonException>(() => DocumentFormat.Read(read));
        Assert.Equal([(Reference, 0), ("SAN-0000-0002", 41)], due.Select(d => (d.Reference, d.Document.Length)));
        Assert.False(await _store.WriteAsync(Write(Reference, 1), CancellationToken.None));
    }

    private async Task AddAsync(params int[] lengths)
    {
        for (var version = 0; version < lengths.Length; version++)
        {
            var kept = (await _store.ReadAsync(Reference, CancellationToken.None))?.Document ?? default;
            var write = Write(Reference, version, document: new string('x', lengths[version])) with { Kept = kept };
            Assert.True(await _store.WriteAsync(write, CancellationToken.None));
        }
    }

    private List<string> Parts() =>
        StoreFile.Query(_folder[StoreFile.Name], "SELECT id, LENGTH(part) FROM document_parts ORDER BY id");
}
