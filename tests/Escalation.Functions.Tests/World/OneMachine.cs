using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Web.Emails;

namespace Escalation.Functions.Tests.World;

/// <summary>
/// The same store and handler without any orchestration: whatever is due is advanced and sent, as the one-machine
/// host's scheduler does.
/// </summary>
public static class OneMachine
{
    /// <summary>Time passes to this instant, wake by wake.</summary>
    public static async Task UntilByItselfAsync(this CaseWorld world, DateTimeOffset at)
    {
        await DrainAsync(world);
        for (var wakes = 0; await world.Store.EarliestAsync(CancellationToken.None) is { } next && next <= at; wakes++)
        {
            Waiting.ThrowIfEndless(wakes);
            world.PassTo(next);
            await DrainAsync(world);
        }
        world.PassTo(at);
    }

    private static async Task DrainAsync(CaseWorld world)
    {
        for (
            var rounds = 0;
            await world.Store.DueAsync(world.Now, CancellationToken.None).ToListAsync() is { Count: > 0 } due;
            rounds++
        )
        {
            Waiting.ThrowIfEndless(rounds);
            foreach (var stored in due)
            {
                var handled = await world.Handler.AdvanceAsync(
                    stored.Reference,
                    stored,
                    world.Now,
                    CancellationToken.None
                );
                var done = Assert.IsType<Handled.Done>(handled);
                await world.Get<NoticeSender>().SendDueAsync(done.Document, world.Now, CancellationToken.None);
            }
        }
    }
}
