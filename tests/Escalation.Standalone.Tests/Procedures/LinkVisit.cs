using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;

namespace Escalation.Standalone.Tests.Procedures;

/// <summary>An emailed link as its recipient follows it: without a key, reading the page and sending its forms.</summary>
internal sealed class LinkVisit(string link)
{
    private static readonly HttpClient Browser = new() { Timeout = TimeSpan.FromSeconds(60) };
    private IHtmlDocument _page = null!;

    public string Heading => _page.QuerySelector("h1")!.TextContent;

    public async Task OpenAsync()
    {
        using var response = await Browser.GetAsync(link);
        await ReadAsync(response);
    }

    /// <summary>Sends the form of this button as the page holds it, with these answers typed in where it asks for them.</summary>
    public async Task SendAsync(string step, IReadOnlyDictionary<string, string>? answers = null)
    {
        var fields = new Dictionary<string, string> { ["step"] = step };
        var form = (IHtmlFormElement)_page.QuerySelector($"button[name=step][value={step}]")!.Closest("form")!;
        answers = InBoxes(answers);
        foreach (
            var group in form
                .Elements.OfType<IHtmlElement>()
                .GroupBy(e => e.GetAttribute("name"))
                .Where(g => g.Key is not (null or "step"))
        )
        {
            var answer = answers.GetValueOrDefault(group.Key!);
            if (group.First() is IHtmlInputElement { Type: "radio" or "checkbox" } && answer is not null)
                Assert.Contains(answer, group.OfType<IHtmlInputElement>().Select(i => i.Value));
            if ((answer ?? Shown(group)) is { } value)
                fields[group.Key!] = value;
        }
        using var response = await Browser.PostAsync(link, new FormUrlEncodedContent(fields));
        await ReadAsync(response);
    }

    /// <summary>A form asks for a date in three boxes.</summary>
    private static Dictionary<string, string> InBoxes(IReadOnlyDictionary<string, string>? answers)
    {
        var typed = new Dictionary<string, string>(answers ?? new Dictionary<string, string>());
        foreach (var (name, value) in answers ?? typed)
            if (DateOnly.TryParseExact(value, "yyyy-MM-dd", out var date))
                (typed[$"{name}.day"], typed[$"{name}.month"], typed[$"{name}.year"]) = (
                    $"{date.Day}",
                    $"{date.Month}",
                    $"{date.Year}"
                );
        return typed;
    }

    private static string? Shown(IEnumerable<IHtmlElement> elements) =>
        elements
            .Select(e =>
                e switch
                {
                    IHtmlInputElement { Type: "radio" or "checkbox" } choice => choice.IsChecked ? choice.Value : null,
                    IHtmlInputElement input => input.Value,
                    IHtmlTextAreaElement area => area.Value,
                    IHtmlSelectElement select => select.Value,
                    _ => null,
                }
            )
            .FirstOrDefault(value => value is not null);

    private async Task ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, html);
        Assert.True(response.Headers.CacheControl!.NoStore);
        _page = (IHtmlDocument)await BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(html));
    }
}
