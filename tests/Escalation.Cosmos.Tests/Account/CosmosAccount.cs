using System.Text.Json.Serialization;
using Azure.Identity;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos.Tests.Account;

/// <summary>
/// What the tests run on: the account that COSMOS_ENDPOINT names, with the database that COSMOS_DATABASE names, or else
/// the emulator. An account is reached by the identity of whoever runs the tests; its containers are there already, as
/// infra/ makes them. Every test empties them.
/// </summary>
public sealed class CosmosAccount : IAsyncLifetime
{
    private Emulator? _emulator;

    public static bool IsReal { get; } = Configured("COSMOS_ENDPOINT") is not null;

    public CosmosOptions Options { get; private set; } = null!;
    public CosmosClient Client { get; private set; } = null!;
    public Container Cases => Client.GetContainer(Options.Database, Options.Cases);
    public Container Records => Client.GetContainer(Options.Database, Options.Records);

    public async Task InitializeAsync()
    {
        // The client would ask for the kind of virtual machine that it runs on.
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        if (IsReal)
        {
            Options = new CosmosOptions
            {
                Endpoint = new Uri(Configured("COSMOS_ENDPOINT")!),
                Database = TestDatabase(),
            };
            Client = CosmosConnection.Open(Options, new DefaultAzureCredential());
            return;
        }

        _emulator = await Emulator.StartAsync();
        Options = new CosmosOptions
        {
            Endpoint = _emulator.Endpoint,
            Key = Emulator.Key,
            Mode = ConnectionMode.Gateway,
        };
        Client = OpenClient(Options, new EmulatorManners());
        await CosmosContainers.EnsureCreatedAsync(Client, Options, CancellationToken.None);
    }

    public async Task<CosmosCaseStore> OpenEmptyAsync(Func<string, string?> partnershipOf)
    {
        await EmptyAsync(Cases, "c.partnership");
        await EmptyAsync(Records, "c.kind");
        return new CosmosCaseStore(Client, Options, (reference, _) => new(partnershipOf(reference)));
    }

    /// <summary>A client of the same account whose requests go through a handler.</summary>
    internal static CosmosClient OpenClient(CosmosOptions options, HttpMessageHandler handler)
    {
        var client = CosmosConnection.ClientOptions(options);
        client.HttpClientFactory = () => new HttpClient(handler, disposeHandler: false);
        return CosmosConnection.Open(options, null, client);
    }

    public Task DisposeAsync()
    {
        Client?.Dispose();
        _emulator?.Dispose();
        return Task.CompletedTask;
    }

    private static string? Configured(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Every test begins by deleting all that the database holds.</summary>
    private static string TestDatabase() =>
        Configured("COSMOS_DATABASE") is { } name && name.EndsWith("-test", StringComparison.Ordinal)
            ? name
            : throw new InvalidOperationException(
                "COSMOS_DATABASE must name a database whose name ends in -test: the tests delete everything in it."
            );

    private static async Task EmptyAsync(Container container, string partition)
    {
        using var pages = container.GetItemQueryIterator<Place>($"SELECT c.id, {partition} AS partition FROM c");
        while (pages.HasMoreResults)
        {
            foreach (var place in await pages.ReadNextAsync())
                using (var deleted = await container.DeleteItemStreamAsync(place.Id, new PartitionKey(place.Partition)))
                    deleted.EnsureSuccessStatusCode();
        }
    }

    private sealed record Place(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("partition")] string Partition
    );
}

/// <summary>One account for all the tests, one test after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CosmosTests : ICollectionFixture<CosmosAccount>
{
    public const string Name = "Cosmos";
}
