using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;
using Escalation.Standalone.Outbox;
using Escalation.Web.Api;

namespace Escalation.Standalone.Tests.Outbox;

public sealed class OutboxPageTests
{
    [Fact]
    public void The_latest_50_emails_come_first_and_the_others_on_the_next_page()
    {
        var emails = Enumerable.Range(1, 60).Select(EmailOf).ToList();
        var first = new HtmlParser().ParseDocument(OutboxPage.Html(emails, null));
        Assert.Equal(
            Enumerable.Range(11, 50).Reverse().Select(i => $"email-{i}"),
            first.QuerySelectorAll("article").Select(a => a.Id)
        );
        Assert.Contains("60 so far", first.QuerySelector("main p")!.TextContent, StringComparison.Ordinal);

        var next = first.QuerySelector("nav a[rel=next]")!.GetAttribute("href")!;
        Assert.StartsWith("/outbox?cursor=", next, StringComparison.Ordinal);
        var second = new HtmlParser().ParseDocument(OutboxPage.Html(emails, Cursor.Read(next.Split('=')[1])));
        Assert.Equal(
            Enumerable.Range(1, 10).Reverse().Select(i => $"email-{i}"),
            second.QuerySelectorAll("article").Select(a => a.Id)
        );
        Assert.Equal("/outbox", Assert.Single(second.QuerySelectorAll("nav a")).GetAttribute("href"));
        Assert.Empty(new HtmlParser().ParseDocument(OutboxPage.Html(emails[..50], null)).QuerySelectorAll("nav"));
    }

    [Fact]
    public void Whatever_an_email_says_is_shown_as_text()
    {
        const string Hostile = "<script>alert(1)</script><b>\"'&amp;";
        var email = EmailOf(1) with
        {
            To = Hostile,
            Name = Hostile,
            Subject = Hostile,
            Text = Hostile,
            Links = [Hostile],
        };

        var page = new HtmlParser().ParseDocument(OutboxPage.Html([email], null));

        Assert.Empty(page.QuerySelectorAll("script, b"));
        Assert.Equal(
            [Hostile, $"{Hostile} ({Hostile})", Hostile],
            page.QuerySelectorAll("h2, dt:first-of-type + dd, pre").Select(shown => shown.TextContent)
        );
        Assert.Equal(Hostile, Assert.Single(page.QuerySelectorAll("article a")).GetAttribute("href"));
    }

    [Fact]
    public void The_page_allows_its_own_style_by_hash_and_nothing_else()
    {
        var page = new HtmlParser().ParseDocument(OutboxPage.Html([EmailOf(1)], null));
        var style = Assert.Single(page.QuerySelectorAll("style")).TextContent;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Equal(
            [
                "default-src 'none'",
                $"style-src 'sha256-{hash}'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
            ],
            OutboxPage.ContentSecurityPolicy.Split("; ")
        );
    }

    private static KeptEmail EmailOf(int i) =>
        new(
            i,
            $"key {i}",
            $"to-{i}@example.org",
            "Rosa",
            null,
            $"Subject {i}",
            "Text",
            "<p>Text</p>",
            null,
            [],
            DateTimeOffset.UnixEpoch
        );
}
