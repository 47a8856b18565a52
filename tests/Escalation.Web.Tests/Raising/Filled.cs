using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Escalation.Web.Tests.Tracking;

namespace Escalation.Web.Tests.Raising;

/// <summary>The form of a page as a browser would send it.</summary>
public sealed class Filled
{
    private readonly IHtmlFormElement _form;
    private readonly List<KeyValuePair<string, string>> _values = [];

    public Filled(Seen page)
    {
        _form = (IHtmlFormElement)Assert.Single(page.Html.QuerySelectorAll("main form"));
        foreach (var control in _form.QuerySelectorAll("input, textarea, select"))
        {
            var value = control switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio" } choice => choice.HasAttribute("checked")
                    ? choice.Value
                    : null,
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => (
                    select.QuerySelector("option[selected]") ?? select.QuerySelector("option")
                )?.GetAttribute("value"),
                _ => null,
            };
            if (value is not null)
                _values.Add(new(control.GetAttribute("name")!, value));
        }
    }

    public string this[string name] => string.Join('|', _values.Where(v => v.Key == name).Select(v => v.Value));

    public IEnumerable<string> Names =>
        _form.QuerySelectorAll("[name]").Select(c => c.GetAttribute("name")!).Distinct();

    /// <summary>Answers a question that the form has to ask; a choice has to be offered.</summary>
    public Filled With(string name, params string[] values)
    {
        var controls = _form.QuerySelectorAll($"[name='{name}']");
        Assert.True(controls.Length > 0, $"The form does not ask for {name}.");
        foreach (var value in values)
            Assert.True(
                controls[0] is not (IHtmlSelectElement or IHtmlInputElement { Type: "checkbox" or "radio" })
                    || controls
                        .SelectMany(c => c.QuerySelectorAll("option").Append(c))
                        .Any(o => o.GetAttribute("value") == value),
                $"{name} does not offer {value}."
            );
        _values.RemoveAll(v => v.Key == name);
        _values.AddRange(values.Select(v => new KeyValuePair<string, string>(name, v)));
        return this;
    }

    public Filled WithDate(string name, int day, int month, int year) =>
        With($"{name}.day", $"{day}").With($"{name}.month", $"{month}").With($"{name}.year", $"{year}");

    /// <summary>By the button with that value. Lines end as browsers end them.</summary>
    public async Task<Seen> SendAsync(HttpClient client, string path, string step)
    {
        Assert.Contains(_form.Owner!.QuerySelectorAll("button[name=step]"), b => b.GetAttribute("value") == step);
        var sent = await client.SendAsync(
            path,
            [
                .. _values.Select(v => new KeyValuePair<string, string>(v.Key, v.Value.ReplaceLineEndings("\r\n"))),
                new("step", step),
            ]
        );
        // A step of the form is shown by its own page again.
        return sent.Message.Headers.Location?.OriginalString is ['?', ..] next
            ? await client.SeeAsync(path.Split('?')[0] + next)
            : sent;
    }
}
