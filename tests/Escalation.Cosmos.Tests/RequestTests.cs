using System.Text.Json;
using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Tests.Account;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Cosmos.Tests;

/// <summary>What the store asks the account for.</summary>
[Collection(CosmosTests.Name)]
public sealed class RequestTests(CosmosAccount account)
{
    [EmulatorFact]
    public async Task A_query_for_one_partnership_goes_to_its_partition_and_names_it_in_the_conditions_too()
    {
        await account.OpenEmptyAsync(_ => "sandwell");
        var seen = new List<(string? Partition, string Query)>();
        using var client = CosmosAccount.OpenClient(
            account.Options,
            new Interposed(
                (request, body) =>
                {
                    if (body.Contains("\"query\"", StringComparison.Ordinal))
                        seen.Add(
                            (
                                request.Headers.TryGetValues("x-ms-documentdb-partitionkey", out var keys)
                                    ? keys.Single()
                                    : null,
                                body
                            )
                        );
                    return Task.FromResult<HttpResponseMessage?>(null);
                }
            )
        );
        var store = new CosmosCaseStore(client, account.Options, (_, _) => new("sandwell"));

        await store.TrackerAsync(
            new TrackerQuery { Partnership = "sandwell", Now = At("2026-06-01T09:00:00Z") },
            CancellationToken.None
        );
        await store.SimilarAsync("sandwell", "alike", CancellationToken.None);
        await store.CountsAsync("sandwell", At("2026-06-01T09:00:00Z"), CancellationToken.None);
        await foreach (var _ in store.ScanAsync(new CaseScan("sandwell"), CancellationToken.None)) { }

        Assert.Equal(10, seen.Count);
        Assert.All(seen, query => Assert.Equal("""["sandwell"]""", query.Partition));
        Assert.All(seen, query => Assert.Contains("c.partnership = @partnership", query.Query));
        Assert.All(seen, query => Assert.Equal("sandwell", Parameter(query.Query, "@partnership")));
    }

    [EmulatorFact]
    public async Task A_deferral_between_reading_and_writing_delays_the_write_and_does_not_defeat_it()
    {
        var store = await account.OpenEmptyAsync(_ => "sandwell");
        Assert.True(await store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));
        var replacements = 0;
        using var client = CosmosAccount.OpenClient(
            account.Options,
            new Interposed(
                async (request, _) =>
                {
                    if (request.Method == HttpMethod.Put && replacements++ == 0)
                        await store.DeferAsync(
                            "SAN-0000-0001",
                            1,
                            At("2026-06-03T09:00:00Z"),
                            1,
                            CancellationToken.None
                        );
                    return null;
                }
            )
        );
        var slower = new CosmosCaseStore(client, account.Options, (_, _) => new("sandwell"));

        Assert.True(await slower.WriteAsync(Write("SAN-0000-0001", 1), CancellationToken.None));

        Assert.Equal(2, replacements);
        var stored = await store.ReadAsync("SAN-0000-0001", CancellationToken.None);
        Assert.Equal((2L, 0), (stored!.Version, stored.Failures));
    }

    [EmulatorFact]
    public async Task A_write_between_reading_and_writing_defeats_the_write()
    {
        var store = await account.OpenEmptyAsync(_ => "sandwell");
        Assert.True(await store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));
        var replacements = 0;
        using var client = CosmosAccount.OpenClient(
            account.Options,
            new Interposed(
                async (request, _) =>
                {
                    if (request.Method == HttpMethod.Put && replacements++ == 0)
                        Assert.True(
                            await store.WriteAsync(Write("SAN-0000-0001", 1, document: "first"), CancellationToken.None)
                        );
                    return null;
                }
            )
        );
        var slower = new CosmosCaseStore(client, account.Options, (_, _) => new("sandwell"));

        Assert.False(await slower.WriteAsync(Write("SAN-0000-0001", 1, document: "second"), CancellationToken.None));

        Assert.Equal("first", Text((await store.ReadAsync("SAN-0000-0001", CancellationToken.None))!.Document));
    }

    [EmulatorFact]
    public async Task A_list_that_the_account_gives_in_pages_is_read_to_its_end()
    {
        var store = await account.OpenEmptyAsync(_ => "sandwell");
        var ids = Enumerable.Range(10, 25).Select(i => $"a/{i}").ToList();
        foreach (var id in ids)
            Assert.True(await store.WriteAsync("kind", id, "{}", 0, CancellationToken.None));
        var pages = 0;
        using var client = CosmosAccount.OpenClient(
            account.Options,
            new Interposed(
                (request, body) =>
                {
                    if (!body.Contains("\"query\"", StringComparison.Ordinal))
                        return Task.FromResult<HttpResponseMessage?>(null);
                    pages++;
                    request.Headers.Remove("x-ms-max-item-count");
                    request.Headers.Add("x-ms-max-item-count", "10");
                    return Task.FromResult<HttpResponseMessage?>(null);
                }
            )
        );
        var paged = new CosmosCaseStore(client, account.Options, (_, _) => new("sandwell"));

        Assert.Equal(ids, (await paged.ListAsync("kind", "a/", CancellationToken.None)).Select(r => r.Id));
        Assert.True(pages >= 3, $"{pages} pages");
    }

    [Fact]
    public async Task Request_units_are_recorded_once_for_each_operation_over_all_its_requests()
    {
        var store = await account.OpenEmptyAsync(_ => "sandwell");
        using var recorded = new MetricCollector<double>(
            null,
            RequestUnits.MeterName,
            "escalation.cosmos.request_charge"
        );

        Assert.True(await store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));
        Assert.True(await store.WriteAsync(Write("SAN-0000-0001", 1), CancellationToken.None));
        Assert.False(await store.WriteAsync(Write("SAN-0000-0001", 1), CancellationToken.None));
        await store.CountsAsync("sandwell", At("2026-06-01T09:00:00Z"), CancellationToken.None);
        await foreach (var _ in store.ScanAsync(new CaseScan("sandwell"), CancellationToken.None)) { }

        var units = recorded.GetMeasurementSnapshot();
        Assert.Equal(["write", "write", "write", "counts", "scan"], units.Select(one => one.Tags.Single().Value));
        Assert.All(units, one => Assert.True(one.Value > 0));
        Assert.True(units[1].Value > units[2].Value);
    }

    private static string? Parameter(string query, string name)
    {
        using var json = JsonDocument.Parse(query);
        return json
            .RootElement.GetProperty("parameters")
            .EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == name)
            .GetProperty("value")
            .GetString();
    }
}
