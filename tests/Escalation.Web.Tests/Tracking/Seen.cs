using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Tracking;

/// <summary>A page as a reader sees it.</summary>
public sealed record Seen(HttpStatusCode Status, IHtmlDocument Html, string Source, HttpResponseMessage Message)
{
    public string Text => Plain(Html.Body!);

    public IElement One(string selector) => Assert.Single(Html.QuerySelectorAll(selector));

    public IReadOnlyList<string> All(string selector) => [.. Html.QuerySelectorAll(selector).Select(Plain)];

    public IReadOnlyList<string> Errors => All(".govuk-error-summary__list li");

    /// <summary>The words under a node, one space between any two.</summary>
    public static string Plain(INode node) =>
        string.Join(
            ' ',
            node.Descendants<IText>()
                .SelectMany(t => t.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        );

    public static async Task<Seen> OfAsync(HttpResponseMessage message)
    {
        var source = await message.Content.ReadAsStringAsync();
        return new Seen(message.StatusCode, await new HtmlParser().ParseDocumentAsync(source), source, message);
    }
}

public static class Browsing
{
    /// <summary>Opens a case of its own and returns its reference.</summary>
    /// <param name="raisedAt">An instant in the past; null: now.</param>
    public static async Task<string> OpenCaseAsync(this HttpClient staff, string policy, string? raisedAt = null)
    {
        var body = Sample.Opening(policy);
        if (raisedAt is not null)
            body["raisedAt"] = raisedAt;
        var opened = await staff.PostAsync("/api/escalations", body, Guid.NewGuid().ToString("N"));
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        return opened["reference"]!;
    }

    public static async Task<Seen> SeeAsync(this HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await Seen.OfAsync(await client.SendAsync(request));
    }

    public static async Task<Seen> SendAsync(
        this HttpClient client,
        string path,
        IEnumerable<KeyValuePair<string, string>> form
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.ParseAdd("text/html");
        return await Seen.OfAsync(await client.SendAsync(request));
    }
}
