using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Web.Tokens;

namespace Escalation.Web.Tests.Browsing;

/// <summary>
/// The emailed links of a case: of each stage one for each side, those of people who took somebody's place, and one to escalate. Their
/// forms
/// are read when what is offered is new at their stage.
/// </summary>
internal sealed partial class LinkDiary(
    World world,
    HttpClient nobody,
    Action<string, IReadOnlyList<(string Who, string Text)>> add
)
{
    private readonly Dictionary<LinkClaims, string> _tokens = [];
    private readonly HashSet<(string Stage, string Offered)> _tried = [];
    private readonly List<(string What, string Text)> _receipts = [];

    /// <summary>What sending a form showed, since this was last asked.</summary>
    public void TellReceipts()
    {
        foreach (var (i, (what, text)) in _receipts.Index())
            add($"{i + 1}. {what}", [(world.Now.ToString("O"), text)]);
        _receipts.Clear();
    }

    public async Task SendAsync(string stage, Side side, string step, (string Name, string Value)[] typed)
    {
        var isAnswer = typed.Any(t => t.Name == "answer");
        var claims = _tokens.Keys.Last(c =>
            c.Stage == stage && c.Side == side && c.Action is LinkAction.Confirm == isAnswer
        );
        var page = await nobody.GetAsync(Path(claims));
        var form = Filled(await DocumentAsync(page), step);
        foreach (var (name, value) in typed)
            form[name] = value;
        var sent = await nobody.PostAsync(Path(claims), new FormUrlEncodedContent(form));
        var text = await TextAsync(sent);
        // A late answer is a conflict with the stage that closed, and recorded.
        Assert.True(sent.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, text);
        _receipts.Add(($"{Name(claims)}, {string.Join(", ", typed.Select(t => t.Value).Prepend(step))}", text));
    }

    public async Task ReadAsync(IEnumerable<Email> sent, Case c)
    {
        foreach (var email in sent)
        foreach (Match link in Link().Matches(email.Text))
            Keep(link.Groups[1].Value, c);
        var pages = new List<(string Who, string Text)>();
        var forms = new List<(LinkClaims Claims, IHtmlDocument Page)>();
        foreach (var claims in _tokens.Keys)
        {
            var answer = await nobody.GetAsync(Path(claims));
            pages.Add((Name(claims), await TextAsync(answer)));
            var page = await DocumentAsync(answer);
            // A link to escalate leads to the form of the other one.
            if (claims.Action is not LinkAction.Escalate && _tried.Add((claims.Stage, Offered(page))))
                forms.Add((claims, page));
        }
        if (pages.Count > 0)
            add("/r/LINK", pages);
        foreach (var (claims, page) in forms)
            await TryAsync(claims, page);
    }

    /// <summary>The text of an answer, with its status where that says something.</summary>
    public static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        var text = PageText.Of(await answer.Content.ReadAsStringAsync());
        return answer.StatusCode is HttpStatusCode.OK ? text : $"{(int)answer.StatusCode}\n{text}";
    }

    private void Keep(string token, Case c)
    {
        var claims = Assert.IsType<LinkReading.Signed>(world.Tokens.Read(token)).Claims;
        var isFirst = !_tokens.Keys.Any(k =>
            k.Action == claims.Action
            && (k.Action is LinkAction.Escalate || (k.Stage == claims.Stage && k.Side == claims.Side))
        );
        if (isFirst || c.Contacts.Any(x => x.Id == claims.Contact && x.Replaces is not null))
            _tokens[claims] = token;
    }

    /// <summary>
    /// Nothing is recorded: an empty form of each kind, once at a stage, and each choice up to the page before it is recorded.
    /// </summary>
    private async Task TryAsync(LinkClaims claims, IHtmlDocument page)
    {
        foreach (var step in Steps(page).Where(s => _tried.Add((claims.Stage, s))))
            await TryAsync("/r/LINK", claims, $"{step} with nothing filled in", new() { ["step"] = step });
        foreach (var choice in page.QuerySelectorAll("input[name=outcome]").OfType<IHtmlInputElement>())
        {
            var form = Filled(page, "check");
            form["outcome"] = choice.Value;
            await TryAsync("/r/LINK, checked,", claims, choice.Value, form);
        }
    }

    private async Task TryAsync(string what, LinkClaims claims, string how, Dictionary<string, string> form) =>
        add(what, [($"{Name(claims)}, {how}", await PostAsync(claims, form))]);

    private async Task<string> PostAsync(LinkClaims claims, Dictionary<string, string> form) =>
        await TextAsync(await nobody.PostAsync(Path(claims), new FormUrlEncodedContent(form)));

    private string Path(LinkClaims claims) => $"/r/{_tokens[claims]}";

    private static string Name(LinkClaims claims) =>
        $"{claims.Contact} ({claims.Stage}, {claims.Side}, {claims.Action})";

    private static async Task<IHtmlDocument> DocumentAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>What a page's forms are for.</summary>
    private static string Offered(IHtmlDocument page) =>
        string.Join(' ', page.QuerySelectorAll("h1, input[type=radio], button").Select(e => e.OuterHtml));

    /// <summary>The buttons that send a form to be looked at or recorded.</summary>
    private static IEnumerable<string> Steps(IHtmlDocument page) =>
        page.QuerySelectorAll("main button[name=step]:not([value=more])")
            .OfType<IHtmlButtonElement>()
            .Select(b => b.Value)
            .Distinct();

    /// <summary>The form with this button, filled in: one action, and the first of each list.</summary>
    private Dictionary<string, string> Filled(IHtmlDocument page, string step)
    {
        var button = page.QuerySelector(
            $"button[name=step][value={(step == "record" && Has("check") ? "check" : step)}]"
        );
        var form = new Dictionary<string, string>();
        foreach (var element in ((IHtmlFormElement)button!.Closest("form")!).Elements)
            if (element.GetAttribute("name") is { } name && ValueOf(element, name) is { } value)
                form.TryAdd(name, value);
        form["step"] = step;
        return form;

        bool Has(string value) => page.QuerySelector($"button[name=step][value={value}]") is not null;
    }

    private string? ValueOf(IElement element, string name) =>
        element switch
        {
            _ when name.StartsWith("actions[", StringComparison.Ordinal)
                    && !name.StartsWith("actions[0]", StringComparison.Ordinal) => null,
            IHtmlInputElement { Type: "hidden" or "radio" or "checkbox" } known => known.Value,
            IHtmlSelectElement list => list.Options.First(o => o.Value.Length > 0).Value,
            IHtmlInputElement { Type: "email" } => "nel@oak-primary.example.org",
            _ when DatePart(name) is { } part => part,
            IHtmlInputElement or IHtmlTextAreaElement => $"Typed as {name}",
            _ => null,
        };

    /// <summary>Discussed today; to be done in two weeks.</summary>
    private string? DatePart(string name)
    {
        var date = DateOnly
            .FromDateTime(world.Now.UtcDateTime)
            .AddDays(name.StartsWith("actions", StringComparison.Ordinal) ? 14 : 0);
        return name.Split('.')[^1] switch
        {
            "day" => $"{date.Day}",
            "month" => $"{date.Month}",
            "year" => $"{date.Year}",
            _ => null,
        };
    }

    [GeneratedRegex("/r/([0-9A-Za-z_.~-]+)", RegexOptions.None, 10_000)]
    private static partial Regex Link();
}
