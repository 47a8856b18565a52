using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_partnerships_own_version_is_there_for_another_instance_at_once_and_for_the_next_one()
    {
        var (one, other) = (new RuleBook(Records), new RuleBook(Records));
        Assert.Null((await other.InstalledAsync(CancellationToken.None)).InForce(OwnDocument.Essex));
        var policy = OwnDocument.Read(OwnDocument.OfEssex());

        Assert.IsType<PolicyStoring.Stored>(await AddAsync(policy));

        foreach (var instance in new[] { one, other, new RuleBook(Records) })
        {
            Assert.Equal(
                policy.Hash,
                (await instance.InstalledAsync(CancellationToken.None)).InForce(OwnDocument.Essex)!.Hash
            );
            Assert.Equal(OwnDocument.Essex, await instance.PartnershipOfAsync("ESX-7K3M-Q9XA", CancellationToken.None));
            Assert.Equal("sandwell", await instance.PartnershipOfAsync("SAN-7K3M-Q9XA", CancellationToken.None));
            Assert.Null(await instance.PartnershipOfAsync("ESS-7K3M-Q9XA", CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_case_is_never_under_a_policy_that_another_instance_does_not_find()
    {
        var (one, other) = (new RuleBook(Records), new RuleBook(Records));
        await other.InstalledAsync(CancellationToken.None);
        await AddAsync(OwnDocument.Read(OwnDocument.OfEssex()));
        var older = (await one.ForPolicyAsync(OwnDocument.Essex, Now, CancellationToken.None))!.Policy;
        await AddAsync(OwnDocument.Read(OwnDocument.OfEssex(1001)));

        var found = await other.PinnedAsync(
            new PolicyReference(older.Id, older.Version, older.Hash),
            CancellationToken.None
        );

        Assert.Equal((1000, older.Hash), (found.Version, found.Hash));
        Assert.Equal(PolicyDocument.BytesOf(older).ToArray(), PolicyDocument.BytesOf(found).ToArray());
    }

    [Fact]
    public async Task Of_racing_versions_with_one_number_one_is_stored_and_the_others_are_told_so()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 6)
                .Select(i =>
                    Task.Run(() => AddAsync(OwnDocument.Read(OwnDocument.OfEssex(1000, d => d["name"] = $"The {i}th"))))
                )
        );

        var winner = Array.FindIndex(answers, a => a is PolicyStoring.Stored);
        Assert.Single(answers, a => a is PolicyStoring.Stored);
        Assert.All(
            answers.Where((_, i) => i != winner),
            a =>
                Assert.Equal(
                    "must be a new number: version 1000 exists with other content",
                    Assert.Single(Assert.IsType<PolicyStoring.Refused>(a).Why).Reason
                )
        );
        Assert.Equal(
            $"The {winner + 1}th",
            (await new RuleBook(Records).PoliciesAsync(CancellationToken.None)).Find(OwnDocument.Essex)!.Name
        );
    }

    [Fact]
    public async Task Of_racing_partnerships_with_one_prefix_one_is_stored()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 6)
                .Select(i =>
                    Task.Run(() =>
                        AddAsync(
                            OwnDocument.Read(
                                OwnDocument.OfEssex(
                                    1000,
                                    d =>
                                    {
                                        d["id"] = $"policy-{i}";
                                        d["partnership"] = $"partnership-{i}";
                                    }
                                )
                            )
                        )
                    )
                )
        );

        Assert.Single(answers, a => a is PolicyStoring.Stored);
        Assert.All(
            answers.OfType<PolicyStoring.Refused>(),
            a => Assert.Equal("referencePrefix", Assert.Single(a.Why).Field)
        );
        Assert.Equal(9, (await new RuleBook(Records).PoliciesAsync(CancellationToken.None)).All.Count);
    }

    [Fact]
    public async Task The_same_document_stored_twice_and_at_once_is_stored_once()
    {
        var policy = OwnDocument.Read(OwnDocument.OfEssex());

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(_ => Task.Run(() => AddAsync(policy))));

        Assert.Single(answers, a => a is PolicyStoring.Stored);
        Assert.Equal(5, answers.Count(a => a is PolicyStoring.Known));
        Assert.Single((await PolicyRegister.ReadAsync(Records, CancellationToken.None)).Versions);
    }

    private static DateTimeOffset Now { get; } = UkTime.At("2026-09-25 11:00");

    private Task<PolicyStoring> AddAsync(Policy policy) =>
        StoredPolicies.AddAsync(Records, policy, null, "key:test", "A test", Now, CancellationToken.None);
}
