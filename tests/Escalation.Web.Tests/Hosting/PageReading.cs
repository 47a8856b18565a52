using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Escalation.Web.Tests.Hosting;

/// <summary>A page as a browser gets it.</summary>
public sealed record PageAnswer(HttpStatusCode Status, IHtmlDocument Document, string Html, HttpResponseMessage Message)
{
    /// <summary>The text of the main part, with single spaces.</summary>
    public string Main => Words(Document.QuerySelector("main")!);

    public static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A table by its caption, each row's cells as words; the heads first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Table(string caption) =>
        [.. Document.QuerySelectorAll("table").Single(t => t.QuerySelector("caption") is { } c && Words(c) == caption).QuerySelectorAll("tr").Select(r => (IReadOnlyList<string>)[.. r.Children.Select(Words)])];

    /// <summary>The error summary's links and texts; empty without one.</summary>
    public IReadOnlyList<(string Href, string Text)> Errors =>
        [.. Document.QuerySelectorAll(".govuk-error-summary__list a").Select(a => (a.GetAttribute("href")!, Words(a)))];
}

public static class Pages
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
