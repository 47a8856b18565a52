using AngleSharp.Html.Parser;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.Tests.Emails;

/// <summary>How an email reads: as HTML, as text, in a list.</summary>
public sealed class LetterTests
{
    [Fact]
    public async Task The_text_of_every_kind_says_what_its_HTML_says_in_the_same_order()
    {
        foreach (var (_, email) in await Lives.EveryKindAsync())
        {
            var (text, at) = (Post.Unwrapped(email), 0);
            foreach (var words in Words(email))
            {
                var found = text.IndexOf(words, at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"{email.Subject}: '{words}' is missing, or comes too early.");
                at = found + words.Length;
            }
            Assert.True(text.Length - at < 3, $"{email.Subject}: the text goes on after the HTML has ended.");
        }
    }

    /// <summary>Every piece of the body below its heading.</summary>
    private static IEnumerable<string> Words(Email email) =>
        new HtmlParser()
            .ParseDocument(email.Html)
            .QuerySelectorAll(".cell p, .cell h2, .cell li, .cell a, .cell .fact")
            .Where(e =>
                !e.TextContent.StartsWith("If the button", StringComparison.Ordinal)
                && e.NextElementSibling?.TagName != "H1"
            )
            .Select(e => string.Join(' ', e.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(t => t.Trim('\u00A0').Length > 0);

    [Fact]
    public async Task No_line_of_the_text_is_longer_than_72_characters_but_for_a_single_word()
    {
        var lines = (await Lives.EveryKindAsync()).SelectMany(a => a.Email.Text.Split('\n')).ToList();
        Assert.All(lines.Where(l => l.Length > 72), l => Assert.DoesNotContain(' ', l));
        Assert.All(lines, l => Assert.Equal(l.TrimEnd(), l));
        Assert.Contains(lines, l => l.Length is > 60 and <= 72);
    }

    [Fact]
    public async Task Every_subject_has_the_reference_then_the_stage_so_that_a_sorted_list_keeps_a_stage_together()
    {
        foreach (var (document, email) in await Lives.EveryKindAsync())
        {
            var policy = PolicyCatalogue.BuiltIn.Find(document.Case.Policy.Id)!;
            var stage = policy.Find(
                document.Case.Notices.Find(n => n.Key == email.Key)!.Queued.Stage ?? document.Case.Stage.Id
            )!;
            Assert.StartsWith($"{document.Case.Reference} {StageWords.Inline(stage)}: ", email.Subject);
        }
    }

    [Fact]
    public async Task The_other_agency_is_not_told_how_an_internal_stage_goes()
    {
        var (world, post, document) = await Lives.StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world;
        await post.SendAsync(document.Case.Reference);
        while (
            (await world.ReadAsync(document.Case.Reference)).NextWake is { } wake
            && wake < World.At("2026-11-01T10:00:00Z")
        )
        {
            await world.AdvanceAsync(document.Case.Reference, (wake > world.Now ? wake : world.Now).ToString("O"));
            await post.SendAsync(document.Case.Reference);
        }
        Assert.Contains(
            post.Sent,
            e =>
                e.Key.EndsWith("/raising", StringComparison.Ordinal)
                && e.Subject.Contains("stage 2", StringComparison.Ordinal)
        );
        var others = post.Sent.Where(e => e.Key.EndsWith("/receiving", StringComparison.Ordinal)).ToList();
        Assert.Contains(
            others,
            e =>
                Post.Unwrapped(e).Contains("now with the agency that raised the concern", StringComparison.Ordinal)
                || Post.Unwrapped(e).Contains("the stage before", StringComparison.Ordinal)
        );
        Assert.All(
            others,
            e =>
                Assert.DoesNotMatch(
                    "(?i)(is at|settled at|deadline of|recorded for|recorded at) stage 2",
                    e.Subject + Post.Unwrapped(e)
                )
        );
        Assert.All(others, e => Assert.DoesNotContain("stage 2", e.Subject, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_email_that_asks_has_its_deadline_in_a_panel_with_the_time_left_when_it_was_sent()
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        var page = Html(emails.First(e => Post.KindOf(e) == NoticeKinds.StageOpened));
        Assert.Equal(
            ["Answer by", "Thursday 24 December 2026 at 10am (target)", "1 day left when this was sent."],
            page.QuerySelectorAll(".panel p").Select(p => p.TextContent)
        );
    }

    [Fact]
    public async Task A_deadline_that_has_passed_says_so_in_words()
    {
        var overdue = (await Lives.EveryKindAsync())
            .Select(a => a.Email)
            .First(e => Post.KindOf(e) == NoticeKinds.Overdue && Html(e).QuerySelector(".over") is not null);
        Assert.Contains("Overdue: passed ", Html(overdue).QuerySelector(".panel")!.TextContent);
        Assert.Contains("Overdue: passed ", Post.Unwrapped(overdue));
    }

    [Fact]
    public async Task Buttons_have_their_addresses_in_plain_sight()
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        var email = emails.First(e => Post.KindOf(e) == NoticeKinds.StageOpened);
        var page = Html(email);
        Assert.Equal(
            ["Record the outcome", "Not agreed: escalate to the next stage"],
            page.QuerySelectorAll("a").Select(a => a.TextContent)
        );
        Assert.All(email.Links, l => Assert.Contains(l, page.Body!.TextContent));
    }

    [Fact]
    public async Task The_HTML_fetches_nothing_runs_nothing_and_is_ready_for_dark_mode_and_narrow_screens()
    {
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        foreach (var email in emails)
        {
            var page = Html(email);
            Assert.Empty(page.QuerySelectorAll("script, img, link, iframe, object, form, input, [onclick]"));
            Assert.DoesNotContain("url(", email.Html);
            Assert.DoesNotContain("@import", email.Html);
            Assert.Equal("light dark", page.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
            Assert.Contains("prefers-color-scheme: dark", page.QuerySelector("style")!.TextContent);
            Assert.Contains("max-width: 480px", page.QuerySelector("style")!.TextContent);
            Assert.Equal(email.Subject, page.Title);
            var heading = page.QuerySelector("h1")!.TextContent;
            Assert.Equal(email.Subject, $"{document.Case.Reference} {char.ToLowerInvariant(heading[0])}{heading[1..]}");
            Assert.Contains(page.Body!.FirstElementChild!.TextContent, Post.Unwrapped(email));
        }
    }

    [Theory]
    [InlineData("<b>Oak</b> & \"Co\"")]
    [InlineData("مدرسة البلوط")]
    [InlineData("👩‍👩‍👧 Oak")]
    [InlineData("long")]
    public async Task A_strange_name_of_an_agency_is_shown_as_text_in_both(string name)
    {
        name = name == "long" ? new string('W', 10_000) : name;
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        var (agency, version) = (
            await StoredDirectory.ReadAsync(world.Store, "sandwell", World.Raising, default)
        )!.Value;
        await StoredDirectory.WriteAsync(world.Store, "sandwell", agency with { Name = name }, version, default);
        world.Book.Refresh();
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        Assert.NotEmpty(emails);
        foreach (var email in emails)
        {
            Assert.Empty(Html(email).QuerySelectorAll("b"));
            Assert.Contains(name, Html(email).Body!.TextContent);
            Assert.Contains(name, Post.Unwrapped(email));
        }
    }

    [Fact]
    public async Task A_line_break_in_a_name_comes_into_no_header_and_starts_no_line_of_a_calendar_entry()
    {
        const string added = "Bcc: everybody@example.org";
        var (world, post, document) = await Lives.StartAsync();
        await using var w = world;
        foreach (var id in new[] { World.Raising, World.Receiving })
        {
            var (agency, version) = (await StoredDirectory.ReadAsync(world.Store, "sandwell", id, default))!.Value;
            var contacts = agency.Contacts.Select(c => c with { Name = $"{c.Name}\r\n{added}\0" });
            var spoilt = agency with { Name = $"Oak\r\n{added}", Contacts = [.. contacts] };
            await StoredDirectory.WriteAsync(world.Store, "sandwell", spoilt, version, default);
        }
        world.Book.Refresh();
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var (_, emails) = await post.SendAsync(document.Case.Reference);

        Assert.Contains(emails, e => e.ToName.Contains(added, StringComparison.Ordinal));
        Assert.All(emails, e => Assert.DoesNotContain(e.ToName + e.Subject, char.IsControl));
        Assert.All(
            emails,
            e => Assert.DoesNotContain($"\n{added}", e.Calendar?.Content ?? "", StringComparison.Ordinal)
        );
        Assert.All(emails, e => Assert.DoesNotContain(e.Text, c => char.IsControl(c) && c != '\n'));
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Html(Email email) => new HtmlParser().ParseDocument(email.Html);
}
