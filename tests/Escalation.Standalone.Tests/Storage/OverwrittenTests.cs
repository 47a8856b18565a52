using System.Text;
using Escalation.Standalone.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Storage;

/// <summary>What was overwritten or removed is in no file of the database any more, once its log was emptied.</summary>
public sealed class OverwrittenTests : IDisposable
{
    private const string Mark = "PLANTED ";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>How long each text is: within a page of the database, and over many.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task Nothing_is_left_of_a_document_a_row_a_case_number_or_a_record(int marks)
    {
        var text = string.Concat(Enumerable.Repeat(Mark, marks));
        await using var store = SqliteCaseStore.Open(_folder.Path);
        var written = Write("SAN-0000-0001", document: text);
        var index = AnOpenCase with { Row = Bytes(text), CaseNumbers = [Mark] };
        Assert.True(await store.WriteAsync(written with { Index = index }, CancellationToken.None));
        foreach (var id in new[] { "replaced", "removed" })
            Assert.True(await store.WriteAsync("kind", id, text, 0, CancellationToken.None));
        Assert.True(await store.EmptyLogAsync(CancellationToken.None));
        Assert.True(IsAnywhere());

        Assert.True(await store.WriteAsync(Write("SAN-0000-0001", 1), CancellationToken.None));
        Assert.True(await store.WriteAsync("kind", "replaced", "{}", 1, CancellationToken.None));
        Assert.True(await store.WriteAsync("kind", "removed", null, 1, CancellationToken.None));
        Assert.True(await store.EmptyLogAsync(CancellationToken.None));
        Assert.False(IsAnywhere());
    }

    private bool IsAnywhere() =>
        Directory
            .GetFiles(_folder.Path, StoreFile.Name + "*")
            .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mark)) >= 0);
}
