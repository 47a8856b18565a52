using Escalation.Core.Calendars;
using Escalation.Web.Forms;

namespace Escalation.Web.Raising;

/// <summary>The check step: what was typed, in words, and the cases that may be about the same.</summary>
/// <param name="Alike">Open cases of the same person and agencies, as far as the caller may see them.</param>
public sealed record RaiseCheck(RaiseForm Form, IReadOnlyList<AnsweredSection> Sections, IReadOnlyList<AlikeCase> Alike)
{
    public static RaiseCheck Of(RaiseForm form, IReadOnlyList<AlikeCase> alike) =>
        new(
            form,
            [
                First(form),
                .. form
                    .Sections.Select(s => new AnsweredSection(s.Id, s.Title, "edit", [.. Answers(form, s)]))
                    .Where(s => s.Answers.Count > 0),
            ],
            alike
        );

    /// <summary>The references shown, so that only those shown count as seen.</summary>
    public string Seen => string.Join(' ', Alike.Select(a => a.Reference));

    private static AnsweredSection First(RaiseForm form) =>
        new(
            "first",
            "Before you start",
            RaiseQuestions.Back,
            [
                new("Is somebody at imminent risk of harm?", form.IsUrgent ? "Yes" : "No"),
                new("Is the concern about a colleague’s conduct?", "No"),
            ]
        );

    private static IEnumerable<Answer> Answers(RaiseForm form, AskSection section) =>
        from g in section.Groups
        from ask in g.Asks
        let words = Words(form, ask)
        where words.Length > 0
        select new Answer(
            g.Legend is null || ask.Label.Contains(g.Legend, StringComparison.Ordinal)
                ? ask.Label
                : $"{g.Legend}: {char.ToLowerInvariant(ask.Label[0])}{ask.Label[1..]}",
            words
        );

    private static string Words(RaiseForm form, Ask ask) =>
        (ask, form.Values[ask.Name]) switch
        {
            (Ask.Settled settled, _) => settled.Words,
            (Ask.Pick pick, var id) => Label(pick.Choices, id),
            (Ask.One one, var id) => Label(one.Choices, id),
            (Ask.Many many, _) => string.Join('\n', form.Values.All(ask.Name).Select(id => Label(many.Choices, id))),
            (Ask.Day, var text) => TypedDate.Read(text) is { } date
                ? FormattableString.Invariant($"{date.Day} {UkDates.Month(date)}")
                : text,
            (_, var text) => text,
        };

    private static string Label(IReadOnlyList<Choice> choices, string id) =>
        choices.FirstOrDefault(c => c.Id == id)?.Label ?? id;
}

/// <param name="Step">Leads to where the answers can be changed.</param>
public sealed record AnsweredSection(string Id, string Title, string Step, IReadOnlyList<Answer> Answers);

public sealed record Answer(string Label, string Words);

/// <summary>An open case that may be about the same.</summary>
public sealed record AlikeCase(string Reference, string Stage, string Opened);
