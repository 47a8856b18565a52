using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Escalation.Web.Tests.Leaks;

/// <summary>An emailed link in the hands of whoever has it: its page, and its forms sent in every way that there is.</summary>
/// <param name="nobody">Signed in to nothing, as a link's holder is.</param>
/// <param name="path">The link's address.</param>
public sealed class LinkForms(HttpClient nobody, string path)
{
    private static readonly string[] Steps = ["", "check", "more", "edit", "record", "adopt", "handOver"];
    private const string Typed = "Typed by the holder";

    public async Task<(HttpStatusCode Status, string Text)> OpenAsync() =>
        await TextOfAsync(await nobody.GetAsync(path));

    /// <summary>Forms that record nothing: with nothing in them, and filled in but not recorded.</summary>
    public async Task<List<(string How, HttpStatusCode Status, string Text)>> TryAsync()
    {
        var answers = new List<(string, HttpStatusCode, string)>();
        foreach (var step in Steps)
            answers.Add(await SendAsync($"bare, {step}", [new("step", step)]));
        foreach (var outcome in new[] { "resolved", "escalate", "decided", "responded", "noSuch" })
            answers.Add(
                await SendAsync(
                    $"{outcome}, check",
                    [.. await FilledAsync(), new("outcome", outcome), new("step", "check")]
                )
            );
        answers.Add(
            await SendAsync("no late answer, adopt", [new("name", Typed), new("late", "999"), new("step", "adopt")])
        );
        answers.Add(
            await SendAsync(
                "no address, handOver",
                [new("name", Typed), new("email", "no address"), new("step", "handOver")]
            )
        );
        return answers;
    }

    /// <summary>The same forms, to be recorded: some are carried out, and the others say why not.</summary>
    /// <param name="late">Numbers of late answers, of this case or of another.</param>
    public async Task<List<(string How, HttpStatusCode Status, string Text)>> RecordAsync(IReadOnlyList<int> late)
    {
        var answers = new List<(string, HttpStatusCode, string)>();
        foreach (var number in late.Select(n => n.ToString(CultureInfo.InvariantCulture)))
            answers.Add(
                await SendAsync(
                    $"late answer {number}, adopt",
                    [new("name", Typed), new("late", number), new("step", "adopt")]
                )
            );
        foreach (var answer in new[] { "dispute", "confirm" })
            answers.Add(
                await SendAsync(
                    answer,
                    [new("answer", answer), new("reason", Typed), new("name", Typed), new("step", "record")]
                )
            );
        answers.Add(
            await SendAsync(
                "resolved, record",
                [.. await FilledAsync(), new("outcome", "resolved"), new("step", "record")]
            )
        );
        answers.Add(
            await SendAsync(
                "handOver",
                [new("name", Typed), new("email", "colleague@example.org"), new("step", "handOver")]
            )
        );
        return answers;
    }

    /// <summary>Everything that the page's forms ask, in words of the holder's own, with the first of each list.</summary>
    private async Task<List<KeyValuePair<string, string>>> FilledAsync()
    {
        // Of a link that is refused there is no form.
        var html = new HtmlParser().ParseDocument((await OpenAsync()).Text);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["method"] = "phone",
            ["discussedOn"] = "2026-09-25",
            ["summary"] = Typed,
            ["name"] = Typed,
            ["role"] = Typed,
        };
        foreach (
            var control in html.QuerySelectorAll("main form [name]")
                .Where(c => c.GetAttribute("name") is not ("step" or "outcome"))
        )
            fields.TryAdd(control.GetAttribute("name")!, ValueOf(control));
        return [.. fields];
    }

    private static string ValueOf(IElement control) =>
        control switch
        {
            IHtmlInputElement { Type: "hidden" } hidden => hidden.Value,
            IHtmlInputElement { Type: "radio" or "checkbox" } choice => choice.Value,
            IHtmlSelectElement list => list.Options.LastOrDefault()?.Value ?? "",
            _ when control.GetAttribute("name")!.EndsWith(".day", StringComparison.Ordinal) => "20",
            _ when control.GetAttribute("name")!.EndsWith(".month", StringComparison.Ordinal) => "11",
            _ when control.GetAttribute("name")!.EndsWith(".year", StringComparison.Ordinal) => "2026",
            _ => Typed,
        };

    private async Task<(string How, HttpStatusCode Status, string Text)> SendAsync(
        string how,
        List<KeyValuePair<string, string>> fields
    )
    {
        var (status, text) = await TextOfAsync(await nobody.PostAsync(path, new FormUrlEncodedContent(fields)));
        return (how, status, text);
    }

    private static async Task<(HttpStatusCode, string)> TextOfAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, $"{await answer.Content.ReadAsStringAsync()}\n{answer.Headers}");
}
