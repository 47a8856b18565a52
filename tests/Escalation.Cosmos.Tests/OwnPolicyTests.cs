using Escalation.Core.Storage;
using Escalation.Cosmos.Tests.Account;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Cosmos.Tests;

/// <summary>A partnership's own policy on several instances of the Azure host, each with a store, a client and rules of its own.</summary>
[Collection(CosmosTests.Name)]
public sealed class OwnPolicyTests(CosmosAccount account)
{
    private static readonly DateTimeOffset Raised = UkTime.At("2026-09-25 11:00");

    [EmulatorFact]
    public async Task A_case_opened_on_one_instance_is_read_moved_and_listed_on_another_that_had_not_met_its_policy()
    {
        await account.OpenEmptyAsync(_ => null);
        var queries = 0;
        using var client = CosmosAccount.OpenClient(
            account.Options,
            new Interposed(
                (_, body) =>
                {
                    queries += body.Contains("c.reference = @reference", StringComparison.Ordinal) ? 1 : 0;
                    return Task.FromResult<HttpResponseMessage?>(null);
                }
            )
        );
        var (one, other) = (new Instance(account.Client, account.Options), new Instance(client, account.Options));
        // The other one is running, and knows the built-in policies only.
        Assert.Null(await other.Handler.ReadAsync("SAN-7K3M-Q9XA", CancellationToken.None));
        foreach (var agency in Sample.Directory(OwnDocument.Essex).Agencies)
            await StoredDirectory.WriteAsync(one.Store, OwnDocument.Essex, agency, 0, CancellationToken.None);
        await StoredPolicies.AddAsync(
            one.Store,
            OwnDocument.Read(OwnDocument.OfEssex()),
            null,
            "key:test",
            "A test",
            Raised,
            CancellationToken.None
        );
        var opened = Assert
            .IsType<Handled.Done>(
                await one.Handler.OpenAsync(
                    OwnDocument.Essex,
                    Sample.Opening("sefton"),
                    true,
                    "alike",
                    Raised,
                    CancellationToken.None
                )
            )
            .Document.Case;
        Assert.StartsWith("ESX-", opened.Reference, StringComparison.Ordinal);

        var moved = Assert
            .IsType<Handled.Done>(
                await other.Handler.AdvanceAsync(
                    opened.Reference,
                    null,
                    opened.Stage.Deadline!.At,
                    CancellationToken.None
                )
            )
            .Document.Case;

        Assert.Equal(("2", 1000), (moved.Stage.Id, moved.Policy.Version));
        Assert.Equal(0, queries);
        var listed = await other.Store.TrackerAsync(
            new TrackerQuery { Partnership = OwnDocument.Essex, Now = Raised },
            CancellationToken.None
        );
        Assert.Single(listed.Rows);
        Assert.Equal("2", (await one.Handler.ReadAsync(opened.Reference, CancellationToken.None))!.Case.Stage.Id);
    }

    /// <summary>As <c>AddAzureResources</c> puts them together: the store asks the rules for a partnership, they ask the store.</summary>
    private sealed class Instance : IWaker
    {
        public Instance(Microsoft.Azure.Cosmos.CosmosClient client, CosmosOptions options)
        {
            RuleBook rules = null!;
            Store = new CosmosCaseStore(
                client,
                options,
                (reference, cancel) => rules.PartnershipOfAsync(reference, cancel)
            );
            rules = new RuleBook(Store);
            Handler = new CaseHandler(Store, Store, rules, this, () => new byte[EventChain.SaltLength]);
        }

        public CosmosCaseStore Store { get; }
        public CaseHandler Handler { get; }

        public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) =>
            ValueTask.CompletedTask;
    }
}
