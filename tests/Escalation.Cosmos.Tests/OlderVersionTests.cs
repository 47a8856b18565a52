using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Storage;
using Escalation.Cosmos.Tests.Account;
using Escalation.Testing.Storage;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos.Tests;

/// <summary>
/// Items as older versions of the program wrote them, frozen in <c>OlderVersions/</c>: add one when the form changes,
/// and change none.
/// </summary>
[Collection(CosmosTests.Name)]
public sealed class OlderVersionTests(CosmosAccount account)
{
    private const string Reference = "SAN-7K3M-Q9XA";

    [Fact]
    public async Task A_case_written_by_the_first_version_is_read_listed_and_written()
    {
        var store = await StoreWithAsync(Frozen("case-1.json"));

        var stored = await store.ReadAsync(Reference, CancellationToken.None);
        var document = DocumentFormat.Read(stored!);
        Assert.Equal(
            (1L, 0, Reference, "informal"),
            (stored!.Version, stored.Failures, document.Case.Reference, document.Case.Stage.Id)
        );
        var page = await store.TrackerAsync(
            new TrackerQuery { Partnership = "sandwell", Now = SampleCases.At("2026-06-01T12:00:00Z") },
            CancellationToken.None
        );
        Assert.Contains("Informal discussion", SampleCases.Text(Assert.Single(page.Rows)));
        Assert.Equal(SampleCases.At("2026-06-02T08:00:00Z"), await store.EarliestAsync(CancellationToken.None));

        Assert.True(await store.WriteAsync(SampleCases.Write(Reference, 1), CancellationToken.None));
        Assert.Equal(2, (await store.ReadAsync(Reference, CancellationToken.None))?.Version);
    }

    [Fact]
    public async Task A_case_without_the_fields_that_later_versions_added_is_read_and_given_them_by_the_next_write()
    {
        var item = Frozen("case-1.json");
        foreach (var (name, _) in item.ToList())
            if (name is not ("id" or "partnership" or "reference" or "version" or "document"))
                item.Remove(name);
        var store = await StoreWithAsync(item);

        var stored = await store.ReadAsync(Reference, CancellationToken.None);
        Assert.Equal(Reference, DocumentFormat.Read(stored!).Case.Reference);
        Assert.True(await store.WriteAsync(SampleCases.Write(Reference, 1), CancellationToken.None));

        Assert.Equal(
            1,
            (await store.CountsAsync("sandwell", SampleCases.At("2026-06-01T12:00:00Z"), CancellationToken.None)).Open
        );
    }

    private static JsonObject Frozen(string file)
    {
        using var stream = typeof(OlderVersionTests).Assembly.GetManifestResourceStream(file)!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private async Task<CosmosCaseStore> StoreWithAsync(JsonObject item)
    {
        var store = await account.OpenEmptyAsync(_ => "sandwell");
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(item.ToJsonString()));
        using var created = await account.Cases.CreateItemStreamAsync(body, new PartitionKey("sandwell"));
        created.EnsureSuccessStatusCode();
        return store;
    }
}
