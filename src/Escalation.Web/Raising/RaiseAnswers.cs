using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Web.Forms;

namespace Escalation.Web.Raising;

/// <summary>The check step: what was typed, in words, and the cases that may be about the same.</summary>
/// <param name="Alike">Open cases of the same person and agencies, as far as the caller may see them.</param>
public sealed record RaiseCheck(RaiseForm Form, IReadOnlyList<AnsweredSection> Sections, IReadOnlyList<AlikeCase> Alike)
{
    public static RaiseCheck Of(RaiseForm form, IReadOnlyList<AlikeCase> alike) =>
        new(form, [.. form.Sections.Select(s => new AnsweredSection(s.Id, s.Title, [.. Answers(form, s)])).Where(s => s.Answers.Count > 0)], alike);

    /// <summary>The references shown, so that only those shown count as seen.</summary>
    public string Seen => string.Join(' ', Alike.Select(a => a.Reference));

    private static IEnumerable<Answer> Answers(RaiseForm form, AskSection section) =>
        from g in section.Groups
        from ask in g.Asks
        let words = Words(form, ask)
        where words.Length > 0
        select new Answer(g.Legend is null || ask.Label.Contains(g.Legend, StringComparison.Ordinal) ? ask.Label : $"{g.Legend}: {char.ToLowerInvariant(ask.Label[0])}{ask.Label[1..]}", words);

    private static string Words(RaiseForm form, Ask ask) => (ask, form.Values[ask.Name]) switch
    {
        (Ask.Settled settled, _) => settled.Words,
        (Ask.Pick pick, var id) => Label(pick.Choices, id),
        (Ask.One one, var id) => Label(one.Choices, id),
        (Ask.Many many, _) => string.Join('\n', form.Values.All(ask.Name).Select(id => Label(many.Choices, id))),
        (Ask.Day, var text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? UkDates.Date(date) : text,
        (_, var text) => text,
    };

    private static string Label(IReadOnlyList<Choice> choices, string id) => choices.FirstOrDefault(c => c.Id == id)?.Label ?? id;
}

public sealed record AnsweredSection(string Id, string Title, IReadOnlyList<Answer> Answers);

public sealed record Answer(string Label, string Words);

/// <summary>An open case that may be about the same.</summary>
public sealed record AlikeCase(string Reference, string Stage, string Opened);
