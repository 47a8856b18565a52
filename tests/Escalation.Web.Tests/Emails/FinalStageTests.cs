using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Tests.Emails;

/// <summary>There is nothing above the final stage: nobody is offered to escalate from there.</summary>
public sealed class FinalStageTests
{
    public static TheoryData<string> Policies => [.. PolicyCatalogue.BuiltIn.All.Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Escalating_is_offered_at_every_stage_but_the_final_one(string policy)
    {
        var (world, post, document) = await Lives.StartAsync(policy);
        await using var w = world;
        var final = PolicyCatalogue.BuiltIn.Find(policy)!.FinalStage.Id;
        (document, _) = await post.SendAsync(document.Case.Reference);
        while (document.Case.Notices.Count(n => Asks(n.Queued) && n.Queued.Stage == final) < 3)
        {
            if (document.Case.Stage is { MissedAt: not null } stays && stays.Id != final)
                await world.DoAsync(
                    document.Case.Reference,
                    World.Outcome(stays.Id, "escalate", World.Raising, DateOnly.FromDateTime(world.Now.UtcDateTime))
                );
            document = await world.ReadAsync(document.Case.Reference);
            var wake = document.NextWake!.Value;
            document = await world.AdvanceAsync(
                document.Case.Reference,
                (wake > world.Now ? wake : world.Now).ToString("O")
            );
            (document, _) = await post.SendAsync(document.Case.Reference);
        }

        var words = PolicyCatalogue.BuiltIn.Find(policy)!.Words;
        var escalating = $"{words.Escalate} to the next {words.Stage}";
        var queued = document.Case.Notices.ToDictionary(n => n.Key, n => n.Queued);
        var asking = post
            .Sent.Select(email => (Email: email, Notice: queued[email.Key]))
            .Where(a => Asks(a.Notice))
            .ToList();
        foreach (var (email, notice) in asking)
        {
            var escalates =
                notice.Stage != final
                && PolicyCatalogue.BuiltIn.Find(policy)!.Find(notice.Stage)!.EscalatedBy is var by
                && (by is null || notice.Side is Side.Raising);
            Assert.Equal(escalates ? 2 : 1, email.Links.Count);
            Assert.Equal(escalates, Post.Unwrapped(email).Contains(escalating, StringComparison.Ordinal));
        }
        Assert.Contains(asking, a => a.Notice.Stage == final);
        Assert.Contains(asking, a => a.Notice.Stage != final);
    }

    private static bool Asks(NoticeQueued notice) => notice.Action is NoticeAction.Outcome;
}
