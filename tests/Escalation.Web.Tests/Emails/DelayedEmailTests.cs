using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Web.Tests.Emails;

/// <summary>Emails that go out only after the case has gone on: what they say holds when they are read.</summary>
public sealed class DelayedEmailTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_email_about_a_hold_gives_the_day_of_its_review_and_once_it_has_ended_the_deadline(bool ended)
    {
        var (world, post, document) = await Lives.StartAsync("suffolk", "2026-10-12T09:00:00Z");
        await using var w = world;
        var reference = document.Case.Reference;
        var held = (await world.DoAsync(reference, Hold)).Case.Hold!;
        if (ended)
            await world.DoAsync(reference, Commands.Resume(World.Raising) with { Id = "resume", Stage = "1" });
        var told = Of(NoticeKinds.HoldPlaced, (await post.SendAsync(reference)).Emails);

        var reviewed = $"The clock of stage 1 is on hold. The hold is reviewed on {UkDates.Date(held.ReviewOn)}.";
        const string over = "The clock of stage 1 was put on hold. The case is at stage 1, to be answered by ";
        Assert.NotEmpty(told);
        Assert.All(told, e => Assert.Contains(ended ? over : reviewed, Post.Unwrapped(e), StringComparison.Ordinal));
        Assert.All(told, e => Assert.DoesNotContain(ended ? "is reviewed on" : "to be answered by", Post.Unwrapped(e)));
    }

    [Fact]
    public async Task A_moved_deadline_of_a_stage_that_is_on_hold_is_nobody_s_to_keep()
    {
        var (world, post, document) = await Lives.StartAsync("suffolk", "2026-10-12T09:00:00Z");
        await using var w = world;
        var reference = document.Case.Reference;
        await StoredCalendar.AmendAsync(
            world.Store,
            "suffolk",
            new Amendment(new DateOnly(2026, 10, 13), "Closed", false, "test", world.Now),
            default
        );
        world.Book.Refresh();
        await world.AdvanceAsync(reference, "2026-10-12T10:00:00Z");
        await world.DoAsync(reference, Hold);
        var moved = Of(NoticeKinds.DeadlineMoved, (await post.SendAsync(reference)).Emails);

        Assert.NotEmpty(moved);
        Assert.All(
            moved,
            e =>
            {
                Assert.EndsWith("stage 1: deadline moved, on hold", e.Subject, StringComparison.Ordinal);
                Assert.Contains("On hold: the clock stands still", Post.Unwrapped(e), StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_news_that_a_stage_opened_gives_its_deadline_unless_it_is_on_hold_since(bool held)
    {
        var (world, post, document) = await Lives.StartAsync("suffolk", "2026-10-12T09:00:00Z");
        await using var w = world;
        var reference = document.Case.Reference;
        await world.DoAsync(reference, Commands.Skip(World.Raising, "4") with { Id = "skip", Stage = "1" });
        if (held)
            await world.DoAsync(reference, Hold with { Stage = "4" });
        var news = Assert.Single(Of(NoticeKinds.StageNews, (await post.SendAsync(reference)).Emails));

        const string opened = "stage 4: opened";
        Assert.Equal(held, news.Subject.EndsWith(opened, StringComparison.Ordinal));
        Assert.Equal(!held, news.Subject.Contains($"{opened}, to be answered by ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dispute_is_told_with_the_new_outcome_that_waits_since()
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        var agreed = World.Outcome("informal", "resolved", World.Receiving, new DateOnly(2026, 12, 23));
        await world.DoAsync(reference, agreed);
        await world.DoAsync(reference, Commands.Dispute(World.Raising) with { Id = "dispute", Stage = "informal" });
        await world.DoAsync(reference, agreed with { Id = "again" });
        var told = Of(NoticeKinds.Disputed, (await post.SendAsync(reference)).Emails);

        const string waits =
            "An agreed outcome of informal discussion waits for confirmation until Thursday 24 December 2026 at 5pm.";
        Assert.NotEmpty(told);
        Assert.All(told, e => Assert.Contains(waits, Post.Unwrapped(e), StringComparison.Ordinal));
    }

    private static PlaceHold Hold { get; } = Commands.Hold(World.Raising) with { Id = "hold", Stage = "1" };

    private static List<Email> Of(string kind, IEnumerable<Email> emails) =>
        [.. emails.Where(e => Post.KindOf(e) == kind)];
}
