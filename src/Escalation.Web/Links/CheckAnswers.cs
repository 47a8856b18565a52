using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Web.Forms;

namespace Escalation.Web.Links;

/// <summary>The check step: what was typed, in words, and again as hidden fields.</summary>
internal static class CheckAnswers
{
    public static CheckPage Of(Visit visit, OutcomeForm form)
    {
        var sent = form.Values.Sent.Where(p => p.Key is not ("step" or "id" or "stage") && p.Value.Trim().Length > 0)
            .Append(new("id", form.Id)).Append(new("stage", form.Stage)).OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        return new CheckPage(StageView.Of(visit), !visit.IsPresent, [.. Answers(form)], sent);
    }

    private static IEnumerable<(string, string)> Answers(OutcomeForm form)
    {
        foreach (var field in Fields(form).Where(f => form.Values.Typed(f) is not null))
            yield return (FieldNames.Label(form, field), Words(form, field));
        for (var i = 0; form.Values.Typed($"actions[{i}].what") is { } what; i++)
            yield return ($"Action {i + 1}", $"{what}: {form.Values[$"actions[{i}].byWhom"]}, {Name(form.Agencies, form.Values[$"actions[{i}].agency"])}, by {Date(form.Values[$"actions[{i}].due"])}");
    }

    private static IEnumerable<string> Fields(OutcomeForm form) =>
    [
        "outcome", "method", "discussedOn", "summary", "methodology", .. form.Fields.Where(f => f.On.Contains(form.Values["outcome"])).Select(f => $"fields.{f.Id}"),
        "chair.name", "chair.role", "chair.agency", "recordKeeper", "outstanding", "lessons", "comments", "name", "role",
    ];

    private static string Words(OutcomeForm form, string field) => (field, form.Values[field]) switch
    {
        ("outcome", var value) => Name(form.Outcomes, value),
        ("method", var value) => Name(form.Methods, value),
        ("recordKeeper", var value) => Name(form.Agencies, value),
        ("discussedOn", var value) => Date(value),
        (_, "yes") when field.StartsWith("fields.", StringComparison.Ordinal) => "Yes",
        (_, var value) => value,
    };

    private static string Name(IEnumerable<Choice> choices, string id) => choices.FirstOrDefault(c => c.Id == id)?.Label ?? id;

    private static string Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? UkDates.Date(date) : text;
}
