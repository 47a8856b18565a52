using Escalation.Core.Calendars;
using Escalation.Web.Forms;

namespace Escalation.Web.Links;

/// <summary>The answers before they are recorded.</summary>
/// <param name="Hidden">Every value, to be sent again as it was.</param>
public sealed record CheckPage(
    StageView View,
    bool IsLate,
    IReadOnlyList<CheckedAnswer> Answers,
    IReadOnlyList<KeyValuePair<string, string>> Hidden
);

/// <param name="Field">Where on the form it is changed.</param>
/// <param name="Label">What was asked.</param>
public sealed record CheckedAnswer(string Field, string Label, string Answer);

/// <summary>The check step: what was typed, in words, and again as hidden fields.</summary>
internal static class CheckAnswers
{
    public static CheckPage Of(LinkContext visit, OutcomeForm form)
    {
        var sent = form
            .Values.Sent.Where(p => p.Key is not ("step" or "id" or "stage") && p.Value.Trim().Length > 0)
            .Append(new("id", form.Id))
            .Append(new("stage", form.Stage))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .ToList();
        return new CheckPage(StageView.Of(visit), !visit.IsPresent, [.. Answers(form)], sent);
    }

    /// <summary>Answers in the order of the form; what was left empty, and may be, is not there.</summary>
    private static IEnumerable<CheckedAnswer> Answers(OutcomeForm form)
    {
        foreach (var field in FieldNames.InOrder(form))
            if (field == "actions")
                foreach (var action in Actions(form))
                    yield return action;
            else if (form.Values.Typed(field) is not null && IsAsked(form, field))
                yield return new(field, Label(form, field), Words(form, field));
    }

    private static IEnumerable<CheckedAnswer> Actions(OutcomeForm form)
    {
        for (var i = 0; form.Values.Typed($"actions[{i}].what") is { } what; i++)
            yield return new(
                $"actions[{i}].what",
                $"Action {i + 1}",
                $"{what}\nBy whom: {form.Values[$"actions[{i}].byWhom"]}, "
                    + $"{Name(form.Agencies, form.Values[$"actions[{i}].agency"])}\n"
                    + $"By when: {Date(form.Values[$"actions[{i}].due"])}"
            );
    }

    /// <summary>A field of the stage counts only with the outcomes that need it.</summary>
    private static bool IsAsked(OutcomeForm form, string field) =>
        !field.StartsWith("fields.", StringComparison.Ordinal)
        || form.Fields.First(f => f.Id == field[7..]).On.Contains(form.Values["outcome"]);

    private static string Label(OutcomeForm form, string field) =>
        field is "outcome" or "method" or "discussedOn" or "recordKeeper"
            ? FieldNames.Noun(form, field)
            : FieldNames.Label(form, field);

    private static string Words(OutcomeForm form, string field) =>
        (field, form.Values[field]) switch
        {
            ("outcome", var value) => Name(form.Outcomes, value),
            ("method", var value) => Name(form.Methods, value),
            ("recordKeeper", var value) => Name(form.Agencies, value),
            ("discussedOn", var value) => Date(value),
            (_, "yes") when form.Fields.Any(f => f.Kind == "yes" && field == $"fields.{f.Id}") => "Yes",
            (_, var value) => value,
        };

    private static string Name(IEnumerable<Choice> choices, string id) =>
        choices.FirstOrDefault(c => c.Id == id)?.Label ?? id;

    private static string Date(string text) => TypedDate.Read(text) is { } date ? UkDates.Date(date) : text;
}
