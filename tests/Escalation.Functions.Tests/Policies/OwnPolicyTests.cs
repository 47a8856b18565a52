using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Cases;

namespace Escalation.Functions.Tests.Policies;

/// <summary>A partnership's own policy under orchestrations. That it is stored by a call is tested with the web surface.</summary>
public sealed class OwnPolicyTests
{
    [Fact]
    public async Task A_missed_deadline_escalates_by_the_orchestration_under_the_version_that_the_case_was_opened_under()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await StoreAsync(world, OwnDocument.OfEssex());
        foreach (var agency in Sample.Directory(OwnDocument.Essex).Agencies)
            await StoredDirectory.WriteAsync(world.Store, OwnDocument.Essex, agency, 0, CancellationToken.None);
        var opened = Assert
            .IsType<Handled.Done>(
                await world.RequestAsync(() =>
                    world.Handler.OpenAsync(
                        OwnDocument.Essex,
                        Sample.Opening("sefton"),
                        true,
                        "alike",
                        world.Now,
                        CancellationToken.None
                    )
                )
            )
            .Document.Case;
        await StoreAsync(
            world,
            OwnDocument.OfEssex(1001, d => d["stages"]![1]!["limits"]![0]!["limit"]!["workingDays"] = 9)
        );

        await world.UntilAsync(opened.Stage.Deadline!.At);

        var moved = (await world.ReadAsync(opened.Reference)).Case;
        Assert.Equal(("2", 1000, ClosedBy.Deadline), (moved.Stage.Id, moved.Policy.Version, moved.Stages[0].By));
        Assert.Equal(Testing.UkTime.At("2026-10-01 17:00"), moved.Stage.Deadline!.At);
        Assert.Contains(
            world.Mail.Sent,
            m => m.Message.Content.Subject.Contains(opened.Reference, StringComparison.Ordinal)
        );
        Assert.False(world.Hub.Instances[opened.Reference].IsFinished);
        Assert.Equal(0, world.Hub.Failures);
    }

    [Fact]
    public async Task A_case_whose_policy_an_older_program_cannot_use_waits_there_and_goes_on_where_it_can_be_used()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var policy = OwnDocument.Read(OwnDocument.OfEssex());
        await StoreAsync(world, OwnDocument.OfEssex());
        foreach (var agency in Sample.Directory(OwnDocument.Essex).Agencies)
            await StoredDirectory.WriteAsync(world.Store, OwnDocument.Essex, agency, 0, CancellationToken.None);
        var opened = Assert
            .IsType<Handled.Done>(
                await world.RequestAsync(() =>
                    world.Handler.OpenAsync(
                        OwnDocument.Essex,
                        Sample.Opening("sefton"),
                        true,
                        "alike",
                        world.Now,
                        CancellationToken.None
                    )
                )
            )
            .Document.Case;
        // As an older program sees it, which has not met the document before.
        var document = (await world.Store.ReadAsync("policy", policy.Hash, CancellationToken.None))!.Body;
        Assert.True(
            await world.Store.WriteAsync(
                "policy",
                policy.Hash,
                """{ "somethingNewer": 1 }""",
                1,
                CancellationToken.None
            )
        );
        var rules = new RuleBook(world.Store);
        var handler = new CaseHandler(
            world.Store,
            world.Store,
            rules,
            world.Get<IWaker>(),
            () => new byte[EventChain.SaltLength]
        );

        await Assert.ThrowsAsync<Core.Policies.PolicyUnavailableException>(() =>
            handler.AdvanceAsync(opened.Reference, null, opened.Stage.Deadline!.At, CancellationToken.None)
        );

        Assert.True(await world.Store.WriteAsync("policy", policy.Hash, document, 2, CancellationToken.None));
        Assert.Equal("essex", (await rules.ForCaseAsync(opened, world.Now, CancellationToken.None)).Policy.Id);
    }

    private static Task<PolicyStoring> StoreAsync(CaseWorld world, string document) =>
        StoredPolicies.AddAsync(
            world.Store,
            OwnDocument.Read(document),
            null,
            "key:test",
            "A test",
            world.Now,
            CancellationToken.None
        );
}
