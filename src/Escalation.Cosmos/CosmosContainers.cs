using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos;

/// <summary>
/// The two containers. What is indexed stands in <c>Indexing/*.json</c>, in the account's own form, for the
/// infrastructure's templates to read too: only what queries choose and sort by. All else, free text and personal data
/// first, is in no index.
/// </summary>
public static class CosmosContainers
{
    public const string CasesPartitionKey = "/partnership";
    public const string RecordsPartitionKey = "/kind";

    public static ContainerProperties Cases(CosmosOptions options) =>
        new(options.Cases, CasesPartitionKey) { IndexingPolicy = Indexing("cases") };

    public static ContainerProperties Records(CosmosOptions options) =>
        new(options.Records, RecordsPartitionKey) { IndexingPolicy = Indexing("records") };

    /// <summary>
    /// Makes the database and the containers that are missing, on an emulator; changes none that is there. On an
    /// account the templates make them: an identity may write data there, but make no container.
    /// </summary>
    public static async Task EnsureCreatedAsync(CosmosClient client, CosmosOptions options, CancellationToken cancel)
    {
        Database database = await client.CreateDatabaseIfNotExistsAsync(options.Database, cancellationToken: cancel);
        await database.CreateContainerIfNotExistsAsync(Cases(options), cancellationToken: cancel);
        await database.CreateContainerIfNotExistsAsync(Records(options), cancellationToken: cancel);
    }

    private static IndexingPolicy Indexing(string container)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"indexing/{container}.json")!;
        using var json = JsonDocument.Parse(file);
        var policy = new IndexingPolicy();
        foreach (var included in json.RootElement.GetProperty("includedPaths").EnumerateArray())
            policy.IncludedPaths.Add(new IncludedPath { Path = Path(included) });
        foreach (var excluded in json.RootElement.GetProperty("excludedPaths").EnumerateArray())
            policy.ExcludedPaths.Add(new ExcludedPath { Path = Path(excluded) });
        return policy;
    }

    private static string Path(JsonElement element) => element.GetProperty("path").GetString()!;
}
