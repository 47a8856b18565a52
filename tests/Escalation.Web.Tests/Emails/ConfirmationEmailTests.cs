using AngleSharp.Html.Parser;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Web.Tests.Emails;

/// <summary>An email that asks to confirm an outcome asks who has to confirm it when it goes out.</summary>
public sealed class ConfirmationEmailTests
{
    private const string Raiser = "rosa@oak-primary.example.org",
        Receiver = "ravi@childrens-trust.example.org";
    private static readonly DateOnly Day = new(2026, 4, 30);

    [Theory]
    [InlineData("2026-12-23T10:00:00Z", "Thursday 24 December 2026 at 5pm", "5pm Thursday 24 December 2026")]
    [InlineData("2026-12-24T09:59:00Z", "Tuesday 29 December 2026 at 5pm", "5pm Tuesday 29 December 2026")]
    public async Task It_gives_the_last_moment_to_confirm_and_not_the_deadline_of_the_stage(
        string now,
        string moment,
        string by
    )
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        world.Now = World.At(now);
        var agreed = World.Outcome("informal", "resolved", World.Receiving, new DateOnly(2026, 12, 23));
        await world.DoAsync(document.Case.Reference, agreed);
        var email = Assert.Single(Asking((await post.SendAsync(document.Case.Reference)).Emails));
        Assert.Equal(
            ["Confirm or dispute by", moment],
            new HtmlParser().ParseDocument(email.Html).QuerySelectorAll(".panel p").Take(2).Select(p => p.TextContent)
        );
        Assert.EndsWith($"confirm the outcome by {by}", email.Subject, StringComparison.Ordinal);
        Assert.Contains($"neither confirmed nor disputed by {moment}", Post.Unwrapped(email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_side_whose_own_answer_waits_for_the_other_is_not_asked_again_when_an_older_email_comes_back()
    {
        var (world, post, document) = await Lives.StartAsync("sefton", "2026-04-30T08:00:00Z");
        await using var w = world;
        var reference = document.Case.Reference;
        await world.DoAsync(reference, Agreed(document, World.Receiving));
        var first = Assert.Single(Asking((await post.SendAsync(reference)).Emails));
        Assert.Equal((Raiser, 1), (first.ToAddress, first.Links.Count));
        await world.DoAsync(reference, Disputed(document, World.Raising));
        var waiting = await world.DoAsync(reference, Agreed(document, World.Raising));
        Assert.Equal([Side.Receiving], waiting.Case.Awaiting!.Sides);
        await world.Handler.RecordDeliveryAsync(reference, first.Key, DeliveryRules.NotSent, world.Now, default);

        var asking = Asking((await post.SendAsync(reference)).Emails).ToDictionary(e => e.ToAddress);

        Assert.Equal([Receiver, Raiser], asking.Keys.Order(StringComparer.Ordinal));
        Assert.Contains(": confirm the outcome by ", asking[Receiver].Subject, StringComparison.Ordinal);
        Assert.Single(asking[Receiver].Links);
        Assert.EndsWith(": no confirmation needed any more", asking[Raiser].Subject, StringComparison.Ordinal);
        Assert.Empty(asking[Raiser].Links);
        Assert.DoesNotContain("Confirm or dispute", Post.Unwrapped(asking[Raiser]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_business_manager_who_is_told_in_place_of_a_side_without_people_reads_that_an_outcome_waits(
        bool bounced
    )
    {
        var (world, post, document) = await Lives.StartAsync(change: o =>
            bounced ? o : o with { RaisedBy = o.RaisedBy! with { Email = null } }
        );
        await using var w = world;
        var (oak, version) = (await StoredDirectory.ReadAsync(world.Store, "sandwell", World.Raising, default))!.Value;
        await StoredDirectory.WriteAsync(world.Store, "sandwell", oak with { Contacts = [] }, version, default);
        world.Book.Refresh();
        var reference = document.Case.Reference;
        var agreed = World.Outcome("informal", "resolved", World.Receiving, new DateOnly(2026, 12, 23));
        Assert.NotNull((await world.DoAsync(reference, agreed)).Case.Awaiting);
        if (bounced)
        {
            var asked = Assert.Single(Asking((await post.SendAsync(reference)).Emails));
            Assert.Equal(Raiser, asked.ToAddress);
            await world.Handler.RecordDeliveryAsync(reference, asked.Key, "hardBounce", world.Now, default);
        }

        var email = Assert.Single(Asking((await post.SendAsync(reference)).Emails));

        Assert.Equal("businessManager@sandwell.example.org", email.ToAddress);
        Assert.EndsWith(
            ": an outcome waits for confirmation until 5pm Thursday 24 December 2026",
            email.Subject,
            StringComparison.Ordinal
        );
        Assert.Contains("It counts once Oak Primary confirms it.", Post.Unwrapped(email), StringComparison.Ordinal);
        Assert.Empty(email.Links);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_email_that_waited_is_not_sent_once_the_outcome_was_confirmed_or_disputed(bool confirmed)
    {
        var (world, post, document) = await Lives.StartAsync("sefton", "2026-04-30T08:00:00Z");
        await using var w = world;
        var reference = document.Case.Reference;
        await world.DoAsync(reference, Agreed(document, World.Receiving));
        CaseCommand answer = confirmed
            ? Commands.Confirm(World.Raising) with
            {
                Id = "confirm",
                Stage = document.Case.Stage.Id,
            }
            : Disputed(document, World.Raising);
        var after = await world.DoAsync(reference, answer);
        Assert.Equal((confirmed, null), (!after.Case.IsOpen, after.Case.Awaiting));

        var emails = (await post.SendAsync(reference)).Emails;

        Assert.Empty(Asking(emails));
        Assert.Contains(
            emails,
            e => e.ToAddress == Receiver && Post.KindOf(e) == (confirmed ? NoticeKinds.Ended : NoticeKinds.Disputed)
        );
    }

    private static IEnumerable<Email> Asking(IEnumerable<Email> emails) =>
        emails.Where(e => Post.KindOf(e) == NoticeKinds.ConfirmationAsked);

    private static RecordOutcome Agreed(CaseDocument document, string agency) =>
        World.Outcome(document.Case.Stage.Id, "resolved", agency, Day) with
        {
            RecordKeeper = World.Raising,
        };

    private static Dispute Disputed(CaseDocument document, string agency) =>
        Commands.Dispute(agency) with
        {
            Id = "dispute",
            Stage = document.Case.Stage.Id,
        };
}
