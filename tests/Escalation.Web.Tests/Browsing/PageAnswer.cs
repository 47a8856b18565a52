using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Escalation.Web.Tests.Browsing;

/// <summary>A page as a browser gets it.</summary>
public sealed record PageAnswer(HttpStatusCode Status, IHtmlDocument Document, string Html, HttpResponseMessage Message)
{
    /// <summary>The text of the main part, with single spaces.</summary>
    public string Main => Words(Document.QuerySelector("main")!);

    /// <summary>The words of an element with single spaces; a block begins and ends a word.</summary>
    public static string Words(IElement element) =>
        string.Join(' ', string.Concat(Texts(element)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Texts(INode node) =>
        node switch
        {
            IText text => [text.Data],
            IElement { LocalName: "br" } => [" "],
            IElement
            {
                LocalName: "div" or "p" or "li" or "dt" or "dd" or "td" or "th" or "summary" or "h1" or "h2" or "h3"
            } block => [" ", .. block.ChildNodes.SelectMany(Texts), " "],
            _ => node.ChildNodes.SelectMany(Texts),
        };

    /// <summary>A table by its caption, each row's cells as words; the heads first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Table(string caption) =>
        [
            .. Document
                .QuerySelectorAll("table")
                .Single(t => t.QuerySelector("caption") is { } c && Words(c) == caption)
                .QuerySelectorAll("tr")
                .Select(r => (IReadOnlyList<string>)[.. r.Children.Select(Words)]),
        ];

    /// <summary>The error summary's links and texts; empty without one.</summary>
    public IReadOnlyList<(string Href, string Text)> Errors =>
        [.. Document.QuerySelectorAll(".govuk-error-summary__list a").Select(a => (a.GetAttribute("href")!, Words(a)))];
}

public static class PageRequests
{
    public static async Task<PageAnswer> PageAsync(this HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        var message = await client.SendAsync(request);
        var html = await message.Content.ReadAsStringAsync();
        return new PageAnswer(message.StatusCode, new HtmlParser().ParseDocument(html), html, message);
    }
}
