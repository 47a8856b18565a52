using System.Text.Json;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Tests.Account;
using Escalation.Testing.Storage;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos.Tests;

[Collection(CosmosTests.Name)]
public sealed class ContainerTests(CosmosAccount account)
{
    /// <summary>A new field is either added to the indexing policy or named here.</summary>
    [Fact]
    public void All_of_a_case_is_indexed_but_the_document_the_row_and_what_no_query_asks_for()
    {
        var index = SampleCases.AnOpenCase with
        {
            RetainUntil = SampleCases.AnOpenCase.RaisedAt,
            SimilarityKey = "alike",
        };
        var fields = JsonSerializer
            .SerializeToElement(CaseItem.Of(SampleCases.Write("SAN-0000-0001", 0, index)), ItemJson.Options)
            .EnumerateObject()
            .Select(field => field.Name);

        Assert.Equal(
            ["document", "id", "policy", "row", "version"],
            fields.Except(Indexed(CosmosContainers.Cases(account.Options))).Order()
        );
    }

    [Fact]
    public void Of_a_record_only_kind_and_name_are_indexed() =>
        Assert.Equal(["kind", "name"], Indexed(CosmosContainers.Records(account.Options)).Order());

    [Fact]
    public void What_is_not_named_is_in_no_index()
    {
        Assert.Equal("/*", Assert.Single(CosmosContainers.Cases(account.Options).IndexingPolicy.ExcludedPaths).Path);
        Assert.Equal("/*", Assert.Single(CosmosContainers.Records(account.Options).IndexingPolicy.ExcludedPaths).Path);
    }

    [Fact]
    public async Task The_containers_are_partitioned_and_indexed_as_the_program_says()
    {
        foreach (
            var (container, expected) in new[]
            {
                (account.Cases, CosmosContainers.Cases(account.Options)),
                (account.Records, CosmosContainers.Records(account.Options)),
            }
        )
        {
            var found = (await container.ReadContainerAsync()).Resource;
            Assert.Equal(expected.PartitionKeyPath, found.PartitionKeyPath);
            Assert.Equal(Indexed(expected).Order(), Indexed(found).Order());
            Assert.Contains(found.IndexingPolicy.ExcludedPaths, excluded => excluded.Path == "/*");
        }
    }

    [EmulatorFact]
    public async Task Containers_that_are_there_are_left_as_they_are()
    {
        await CosmosContainers.EnsureCreatedAsync(account.Client, account.Options, CancellationToken.None);

        await The_containers_are_partitioned_and_indexed_as_the_program_says();
    }

    /// <summary>With less, an instance of the host might not read what another just wrote.</summary>
    [AccountFact]
    public async Task The_accounts_consistency_is_strong_or_bounded_staleness()
    {
        var properties = await account.Client.ReadAccountAsync();

        Assert.Contains(
            properties.Consistency.DefaultConsistencyLevel,
            new[] { ConsistencyLevel.Strong, ConsistencyLevel.BoundedStaleness }
        );
    }

    private static IEnumerable<string> Indexed(ContainerProperties container) =>
        container.IndexingPolicy.IncludedPaths.Select(included => included.Path.Split('/')[1]);
}
