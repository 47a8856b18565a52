using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Functions.Tests.World;

/// <summary>The whole story of a case under any of the procedures, told the same in whatever way time passes.</summary>
public static class Story
{
    /// <summary>
    /// Nobody answers the first stage, a person escalates each further one, the last one is missed, then settled; confirmations are
    /// given, and duties run out.
    /// </summary>
    /// <param name="escalations">After so many by a person the present stage is settled.</param>
    public static async Task<CaseDocument> TellAsync(
        CaseWorld world,
        string policy,
        Func<CaseWorld, DateTimeOffset, Task> until,
        int escalations = int.MaxValue
    )
    {
        var reference = await world.OpenAsync(policy);
        await until(world, (await world.ReadAsync(reference)).Case.Stage.Deadline!.At);
        var stages = Sample.Policy(policy).Stages;
        for (var i = 0; i < Math.Min(stages.Count, escalations); i++)
        {
            if (await PresentAsync(world, reference) is not { } stage || stage.Id == stages[^1].Id)
                break;
            await until(world, stage.OpenedAt + ((stage.Deadline!.At - stage.OpenedAt) / 2));
            if (!await SettleAsync(world, reference, policy, Outcomes.Escalate))
                await until(world, stage.Deadline.At);
        }
        if ((await PresentAsync(world, reference))?.Id == stages[^1].Id)
            await until(world, world.Now.AddDays(20));
        Assert.True(
            await SettleAsync(
                world,
                reference,
                policy,
                Outcomes.Decided,
                Outcomes.Resolved,
                Outcomes.Registered,
                Outcomes.NoLongerDisagrees
            )
        );
        await until(world, world.Now.AddHours(3));
        if ((await world.ReadAsync(reference)).Case.Status == CaseStatus.AwaitingConfirmation)
            await ConfirmAsync(world, reference);
        await until(world, world.Now.AddDays(90));
        return await world.ReadAsync(reference);
    }

    private static async Task<StageRecord?> PresentAsync(CaseWorld world, string reference) =>
        (await world.ReadAsync(reference)).Case is { IsOpen: true } c ? c.Stage : null;

    /// <summary>The first of these outcomes that the present stage takes from anybody in the case.</summary>
    private static async Task<bool> SettleAsync(
        CaseWorld world,
        string reference,
        string policy,
        params string[] outcomes
    )
    {
        var c = (await world.ReadAsync(reference)).Case;
        foreach (var outcome in outcomes)
        foreach (var agency in c.Parties.Select(p => p.Agency).Append(c.Partnership))
        {
            var said = Commands.Outcome(Sample.Policy(policy), c, outcome, agency, UkTime.DayOf(world.Now)) with
            {
                Id = $"{outcome}-{c.Stage.Id}-{agency}",
                Stage = c.Stage.Id,
            };
            if (await world.DoAsync(reference, said) is Handled.Done)
                return true;
        }
        return false;
    }

    private static async Task ConfirmAsync(CaseWorld world, string reference)
    {
        foreach (var party in (await world.ReadAsync(reference)).Case.Parties)
        {
            var c = (await world.ReadAsync(reference)).Case;
            if (c.Status == CaseStatus.AwaitingConfirmation)
                await world.DoAsync(
                    reference,
                    Commands.Confirm(party.Agency) with
                    {
                        Id = $"confirm-{party.Agency}",
                        Stage = c.Stage.Id,
                    }
                );
        }
    }
}
