using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>Stored policies that this program cannot use, or does not offer: said, and no other policy is touched by it.</summary>
public sealed class UnusablePoliciesTests
{
    private static readonly DateTimeOffset Now = OwnPolicyStore.Now;
    private readonly OwnPolicyStore _own = new();

    [Theory]
    [InlineData("""{ "id": "essex", "somethingNewer": 1 }""", "somethingNewer is not a known field")]
    [InlineData(null, "document is not in the store")]
    public async Task A_document_that_this_program_cannot_use_is_told_and_the_other_policies_go_on(
        string? document,
        string reason
    )
    {
        await SpoiltAsync(document);
        var book = _own.Book();

        var installed = await book.InstalledAsync(default);
        await book.EveryPolicyAsync(default);

        Assert.Contains(reason, Assert.Single(installed.Faults).Reason, StringComparison.Ordinal);
        Assert.Single(_own.Told);
        Assert.Equal(8, installed.Catalogue.All.Count);
        Assert.NotNull(await book.ForPolicyAsync("sandwell", Now, default));
        Assert.Contains("essex", installed.Partnerships);
        Assert.Equal("essex", await book.PartnershipOfAsync("ESX-7K3M-Q9XA", default));
        Assert.Contains(
            reason,
            (
                await Assert.ThrowsAsync<PolicyUnavailableException>(() => book.ForPolicyAsync("essex", Now, default))
            ).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_older_version_never_stands_in_for_one_in_force_that_this_program_cannot_use()
    {
        await _own.AddAsync(OwnDocument.OfEssex());
        var older = OwnDocument.Read(OwnDocument.OfEssex());
        var newer = OwnDocument.Read(OwnDocument.OfEssex(1001));
        await _own.AddAsync(OwnDocument.OfEssex(1001));
        await _own.Store.WriteAsync("policy", newer.Hash, "{}", 1, default);
        var book = _own.Book();

        await Assert.ThrowsAsync<PolicyUnavailableException>(() => book.ForPolicyAsync("essex", Now, default));
        Assert.Equal(1000, (await book.PinnedAsync(new PolicyReference("essex", 1000, older.Hash), default)).Version);
        Assert.Contains(
            "must be given",
            (
                await Assert.ThrowsAsync<PolicyUnavailableException>(() =>
                    book.PinnedAsync(new PolicyReference("essex", 1001, newer.Hash), default).AsTask()
                )
            ).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_document_with_another_content_than_its_hash_is_not_used()
    {
        await SpoiltAsync(OwnDocument.OfEssex(1000, d => d["name"] = "Changed on the way"));

        Assert.Contains(
            "its content has another hash",
            Assert.Single((await _own.Book().InstalledAsync(default)).Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_stored_document_that_a_later_check_would_refuse_is_still_used()
    {
        var document = OwnDocument.OfEssex(1000, d => d["retention"]!["years"] = 500);
        Assert.Null(OwnPolicyDocument.Read("own", Encoding.UTF8.GetBytes(document)).Policy);
        var policy = PolicyDocument.ReadStored("own", Encoding.UTF8.GetBytes(document)).Policy!;
        await StoredPolicies.AddAsync(_own.Store, policy, null, "key:ada", "Ada Admin", Now, default);

        Assert.Equal(500, (await _own.Book().InstalledAsync(default)).InForce("essex")!.Retention.Years);
    }

    [Fact]
    public async Task A_policy_that_a_later_program_brings_does_not_push_out_a_partnerships_own_with_its_prefix()
    {
        // As if the partnership had been there before the program brought Sefton's policy.
        var document = OwnDocument.OfEssex(1000, d => d["referencePrefix"] = "SEF");
        var policy = OwnDocument.Read(document);
        await StoredPolicies.KeepAsync(_own.Store, policy, default);
        await RegisterAsync(policy);
        var book = _own.Book();

        var installed = await book.InstalledAsync(default);

        Assert.Equal("essex", await book.PartnershipOfAsync("SEF-7K3M-Q9XA", default));
        Assert.NotNull(installed.InForce("essex"));
        Assert.Contains(
            "comes with the program and is not offered",
            Assert.Single(installed.Faults).Reason,
            StringComparison.Ordinal
        );
        Assert.NotNull(installed.Catalogue.FindByHash(Sample.Policy("sefton").Hash));
        await Assert.ThrowsAsync<PolicyUnavailableException>(() => book.ForPolicyAsync("sefton", Now, default));
    }

    /// <summary>Essex's policy with another document under its hash, or none.</summary>
    private async Task SpoiltAsync(string? document)
    {
        await _own.AddAsync(OwnDocument.OfEssex());
        Assert.True(
            await _own.Store.WriteAsync("policy", OwnDocument.Read(OwnDocument.OfEssex()).Hash, document, 1, default)
        );
    }

    private async Task RegisterAsync(Policy policy)
    {
        await _own.AddAsync(
            OwnDocument.OfEssex(
                1000,
                d =>
                {
                    d["id"] = "kent";
                    d["partnership"] = "kent";
                    d["referencePrefix"] = "KNT";
                }
            )
        );
        var record = (await _own.Store.ReadAsync("policyRegister", "own", default))!;
        var body = JsonNode.Parse(record.Body)!.AsArray();
        var added = body[0]!.DeepClone();
        added["key"] = new JsonObject
        {
            ["id"] = policy.Id,
            ["version"] = policy.Version,
            ["hash"] = policy.Hash,
            ["partnership"] = policy.Partnership,
            ["referencePrefix"] = policy.ReferencePrefix,
        };
        body.Add(added);
        Assert.True(await _own.Store.WriteAsync("policyRegister", "own", body.ToJsonString(), record.Version, default));
    }
}
