using Escalation.Core.Cases;
using Escalation.Testing;

namespace Escalation.Web.Tests.Emails;

/// <summary>An email about a duty says how the duty is when it goes out.</summary>
public sealed class DutyEmailTests
{
    [Theory]
    [InlineData(NoticeKinds.DutyReminder)]
    [InlineData(NoticeKinds.DutyOverdue)]
    public async Task An_email_about_a_duty_that_was_done_meanwhile_says_so_and_asks_nothing(string kind)
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        var resolved = World.Outcome("informal", "resolved", World.Raising, new DateOnly(2026, 12, 23));
        document = await world.DoAsync(reference, resolved with { RecordKeeper = World.Raising });
        for (var wakes = 0; document.Case.Notices.All(n => n.Queued.Kind != kind); wakes++)
        {
            Waiting.ThrowIfEndless(wakes);
            document = (await post.SendAsync(reference)).Document;
            document = await world.AdvanceAsync(reference, document.NextWake!.Value.ToString("O"));
        }
        var duty = document.Case.Duties.Find(d =>
            d.Id == document.Case.Notices.First(n => n.Queued.Kind == kind).Queued.Duty
        )!;
        var done = new CompleteDuty(duty.Id, DateOnly.FromDateTime(world.Now.Date), null)
        {
            Id = "done",
            Actor = "test",
            Stage = "informal",
            By = new Speaker(duty.Owner, "PLANTED-SPEAKER", null),
        };
        await world.DoAsync(reference, done);

        var told = (await post.SendAsync(reference)).Emails.Where(e => Post.KindOf(e) == kind).ToList();

        Assert.NotEmpty(told);
        Assert.All(
            told,
            email =>
            {
                Assert.Contains(": done already: ", email.Subject, StringComparison.Ordinal);
                Assert.DoesNotContain("(overdue)", Post.Unwrapped(email), StringComparison.Ordinal);
                Assert.DoesNotContain("records it as done", Post.Unwrapped(email), StringComparison.Ordinal);
            }
        );
    }
}
