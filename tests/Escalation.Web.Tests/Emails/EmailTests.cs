using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;

namespace Escalation.Web.Tests.Emails;

public sealed class EmailTests
{
    private static readonly Dictionary<string, string> Subjects = new()
    {
        [NoticeKinds.StageOpened] =
            @"((answer|make contact|refer it|to be answered|contact to be made|to be referred) by "
            + @"\d{1,2}(:\d\d)?[ap]m \w+ \d{1,2} \w+ \d{4}|on hold|overdue since .+)$",
        [NoticeKinds.StageCopy] = "now with the partnership(, to be (answered|referred) by .+)?$",
        [NoticeKinds.StageNews] = "opened(, (to be answered|contact to be made|to be referred) by .+)?$",
        [NoticeKinds.Reminder] =
            "reminder, ((answer|make contact|refer it|to be answered|contact to be made|to be referred) by .+|still open)$",
        [NoticeKinds.StageMissed] = "(not settled|nothing recorded) by .+$",
        [NoticeKinds.StageClosed] = "closed, nothing more to do$",
        [NoticeKinds.Overdue] = "(overdue since|not referred by) .+$",
        [NoticeKinds.ConfirmationAsked] = "confirm the outcome by .+$",
        [NoticeKinds.Disputed] = "outcome disputed$",
        [NoticeKinds.ContactRecorded] = "contact was made, answer by .+$",
        [NoticeKinds.ContactDisputed] = "contact disputed, make contact by .+$",
        [NoticeKinds.Responded] = "a response was recorded$",
        [NoticeKinds.Ended] = "ended, .+$",
        [NoticeKinds.LateResponse] = "a late answer was received$",
        [NoticeKinds.Urgent] = "URGENT, imminent risk of harm reported$",
        [NoticeKinds.DateSet] = "a day was set, .+$",
        [NoticeKinds.HoldAsked] = @"a hold \(Stop and Review\) is asked for$",
        [NoticeKinds.HoldPlaced] = @"on hold \(Stop and Review\)$",
        [NoticeKinds.HoldReview] = "review the hold$",
        [NoticeKinds.HoldEnded] = "clock runs again, (answer|to be answered) by .+$",
        [NoticeKinds.DeadlineMoved] = "deadline moved, (answer|make contact) by .+$",
        [NoticeKinds.Told] = "for your information$",
        [NoticeKinds.DutyArose] = "to do: .+$",
        [NoticeKinds.DutyReminder] = "to do: .+$",
        [NoticeKinds.DutyOverdue] = "not done: .+, by .+$",
        [NoticeKinds.StageUntold] = "closed with nobody told$",
        [NoticeKinds.ContactMissing] = "a contact is missing$",
        [NoticeKinds.AddressToAccept] = "an address waits to be accepted$",
        [NoticeKinds.PossibleDuplicate] = "may be a duplicate$",
        [NoticeKinds.NoticeFailed] = "an email was not delivered$",
    };

    [Fact]
    public async Task Every_kind_has_its_subject_its_links_and_nothing_private()
    {
        var all = await Lives.EveryKindAsync();
        Assert.Equal(NoticeKinds.All.Order(), all.Select(a => Post.KindOf(a.Email)).Distinct().Order());
        foreach (var (document, email) in all)
        {
            Assert.StartsWith(document.Case.Reference + " ", email.Subject);
            Assert.Matches(Subjects[Post.KindOf(email)], email.Subject);
            SaysTheDate(document, email);
            Assert.DoesNotContain(email.Subject, char.IsControl);
            Links(document, email);
            NothingPrivate(document, email);
            Assert.Equal($"businessManager@{document.Case.Partnership}.example.org", email.ReplyTo);
        }
    }

    /// <summary>A reminder of a duty that has a date says it.</summary>
    private static void SaysTheDate(CaseDocument document, Email email)
    {
        var queued = document.Case.Notices.Find(n => n.Key == email.Key)!.Queued;
        var isDated = document.Case.Duties.Find(d => d.Id == queued.Duty)?.Due is not null;
        if (queued.Kind == NoticeKinds.DutyReminder && isDated)
            Assert.Matches(@", by \d{1,2}(:\d\d)?[ap]m \w+ \d{1,2} \w+ \d{4}$", email.Subject);
    }

    private static void Links(CaseDocument document, Email email)
    {
        var queued = document.Case.Notices.Find(n => n.Key == email.Key)!.Queued;
        Assert.All(email.Links, l => Assert.StartsWith("https://escalations.example.org/base/r/", l));
        if (queued.Action is NoticeAction.None)
            Assert.Empty(email.Links);
        var isOfAnotherSide = document.Case.Policy.Id == "sandwell" && queued is { Stage: "3", Side: Side.Receiving };
        if (queued is { Kind: NoticeKinds.StageOpened, Stage: not ("4" or "5" or "6") })
            Assert.Equal(isOfAnotherSide ? 1 : 2, email.Links.Count);
        if (queued.Kind == NoticeKinds.ConfirmationAsked)
            Assert.Single(email.Links);
        var inHtml = new HtmlParser()
            .ParseDocument(email.Html)
            .QuerySelectorAll("a")
            .Select(a => a.GetAttribute("href"));
        Assert.Equal(email.Links, inHtml);
        Assert.All(email.Links, l => Assert.Contains(l, email.Text, StringComparison.Ordinal));
    }

    private static void NothingPrivate(CaseDocument document, Email email)
    {
        var all = string.Join(
            '\n',
            email.Subject,
            email.Text,
            Post.Unwrapped(email),
            email.Html,
            email.Calendar?.Content.Replace("\r\n ", "", StringComparison.Ordinal)
        );
        foreach (var planted in World.Planted)
            Assert.DoesNotContain(planted, all);
        var others = document
            .Case.People.Values.Select(p => p.Name)
            .Concat(["Rosa Raiser", "Ravi Receiver", "Iris Officer"])
            .Where(n => n != email.ToName && !IsToldWhomToCall(document, email, n))
            .Distinct();
        foreach (var name in others)
            Assert.DoesNotContain(name, all);
        Assert.DoesNotMatch(
            "Holder of (?!" + Regex.Escape(email.ToName.Replace("Holder of ", "", StringComparison.Ordinal)) + ")",
            all
        );
    }

    /// <summary>Whom the procedure names to act on imminent risk, and the other agency's lead, is told who raised it.</summary>
    private static bool IsToldWhomToCall(CaseDocument document, Email email, string name) =>
        Post.KindOf(email) == NoticeKinds.Urgent
        && (
            email.ToAddress.StartsWith("mash@", StringComparison.Ordinal)
            || email.ToAddress.StartsWith("safeguardingLead@", StringComparison.Ordinal)
        )
        && document.Case.People["intake/raisedBy"].Name == name;

    [Fact]
    public async Task A_stage_email_says_what_is_asked_by_when_why_and_what_follows()
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var (after, emails) = await post.SendAsync(document.Case.Reference);
        var email = emails.Single(e =>
            e.ToAddress == "rosa@oak-primary.example.org" && Post.KindOf(e) == NoticeKinds.StageOpened
        );
        Assert.Equal(
            $"{document.Case.Reference} informal discussion: answer by 10am Thursday 24 December 2026",
            email.Subject
        );
        Assert.StartsWith("Dear Rosa Raiser,\n", email.Text);
        foreach (
            var words in new[]
            {
                "Talk to your counterpart by phone or face to face",
                "Case number at Oak Primary: OAK-77",
                "Case number at Children's Trust: CT-88",
                "Thursday 24 December 2026 at 10am (target)",
                "24 hours",
                "The case moves to stage 1 by itself",
                "Reply to this email to reach the business manager.",
                Convert.ToHexStringLower(document.Head),
            }
        )
            Assert.Contains(words, Post.Unwrapped(email), StringComparison.Ordinal);
        Assert.All(after.Case.Notices, n => Assert.Equal(NoticeState.Sent, n.Status));
        Assert.Contains("<html lang=\"en-GB\">", email.Html);
        Assert.All(
            new HtmlParser().ParseDocument(email.Html).QuerySelectorAll("table"),
            t => Assert.Equal("presentation", t.GetAttribute("role"))
        );
    }

    [Fact]
    public async Task A_fallback_a_late_answer_and_a_stage_nobody_was_told_of_are_named_in_the_next_email()
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        post.Answer = _ => new MailResult.TryLater("unreachable");
        await post.SendAsync(document.Case.Reference);
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        await world.DoAsync(
            document.Case.Reference,
            World.Outcome("informal", "resolved", World.Raising, new DateOnly(2026, 12, 23))
        );
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        var asked = emails.First(e => Post.KindOf(e) == NoticeKinds.StageOpened);
        Assert.Contains("The stage before (informal discussion) closed with nobody told", Post.Unwrapped(asked));
        Assert.Contains(
            "A late answer to informal discussion is waiting (resolved by agreement",
            Post.Unwrapped(asked)
        );
    }

    [Fact]
    public async Task An_asker_in_place_of_a_missing_tier_is_told_whose_place_it_is()
    {
        await using var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        var (agency, version) = (
            await StoredDirectory.ReadAsync(world.Store, "sandwell", World.Raising, default)
        )!.Value;
        await StoredDirectory.WriteAsync(
            world.Store,
            "sandwell",
            agency with
            {
                Contacts = [.. agency.Contacts.Where(c => c.Id != "lineManager")],
            },
            version,
            default
        );
        world.Book.Refresh();
        var (post, document) = (new Post(world), await world.OpenAsync("sandwell"));
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        Assert.Contains(
            emails,
            e =>
                Post.KindOf(e) == NoticeKinds.StageOpened
                && e.ToAddress == "headOfService@oak-primary.example.org"
                && Post.Unwrapped(e)
                    .Contains("the directory has nobody to ask for: Line or team manager", StringComparison.Ordinal)
        );
        Assert.Contains(
            emails,
            e =>
                Post.KindOf(e) == NoticeKinds.ContactMissing
                && Post.Unwrapped(e)
                    .Contains(
                        "Oak Primary: nobody for Line or team manager. Asked instead: stage 2.",
                        StringComparison.Ordinal
                    )
        );
    }

    [Theory]
    [InlineData("2026-03-27T16:30:00Z", "answer by 5pm Monday 30 March 2026")]
    [InlineData("2026-10-23T15:00:00Z", "answer by 5pm Monday 26 October 2026")]
    public async Task Deadlines_are_in_local_words_across_clock_changes(string raised, string expected)
    {
        var (world, post, document) = await Lives.StartAsync("surrey-adults", raised);
        await using var w = world;
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        Assert.Contains(emails, e => e.Subject.EndsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_record_marking_of_a_policy_is_in_every_email()
    {
        var (world, post, document) = await Lives.StartAsync("surrey-adults", "2026-03-27T16:30:00Z");
        await using var w = world;
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        Assert.NotEmpty(emails);
        Assert.All(emails, e => Assert.Contains("Keep on the non-disclosure section of the case file.", e.Text));
    }

    [Fact]
    public async Task A_name_cannot_break_out_of_the_email()
    {
        var (world, post, document) = await Lives.StartAsync(change: o =>
            o with
            {
                RaisedBy = o.RaisedBy! with { Name = "<b>\"R\"</b> & مرحبا 👩‍👧" },
            }
        );
        await using var w = world;
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        var email = emails.First(e => e.ToAddress == "rosa@oak-primary.example.org");
        var page = new HtmlParser().ParseDocument(email.Html);
        Assert.Empty(page.QuerySelectorAll("b"));
        Assert.Contains("Dear <b>\"R\"</b> & مرحبا 👩‍👧,", page.Body!.TextContent);
    }
}
