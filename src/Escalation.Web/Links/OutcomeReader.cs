using Escalation.Core.Cases;
using Escalation.Web.Forms;

namespace Escalation.Web.Links;

/// <summary>Reads the outcome that a form says. What is missing or not allowed is for the case to say; only what cannot be read is said here.</summary>
internal static class OutcomeReader
{
    /// <returns>The command, without the dates that could not be read, and what was wrong with those.</returns>
    public static (RecordOutcome Command, FormErrors Unread) Read(OutcomeForm form, Visit visit)
    {
        var (values, errors) = (form.Values, new List<FieldError>());
        if (values.Typed("stage") is { } stage && stage != visit.Claims.Stage)
            errors.Add(new("", "This form belongs to another stage. Open the link again."));
        var outcome = values["outcome"];
        var command = new RecordOutcome
        {
            Id = form.Id,
            Actor = visit.Actor,
            Stage = visit.Claims.Stage,
            By = new Speaker(visit.Standing.Agency, values["name"], values.Typed("role")),
            Outcome = outcome,
            Method = values.Typed("method"),
            DiscussedOn = Date(form, "discussedOn", errors),
            Summary = values.Typed("summary"),
            Chair = Chair(form),
            Methodology = values.Typed("methodology"),
            RecordKeeper = values.Typed("recordKeeper"),
            Outstanding = values.Typed("outstanding"),
            Actions = [.. Actions(form, errors)],
            Lessons = values.Typed("lessons"),
            Comments = values.Typed("comments"),
            Fields = form.Fields.Where(f => f.On.Contains(outcome) && values.Typed($"fields.{f.Id}") is not null).ToDictionary(f => f.Id, f => values[$"fields.{f.Id}"]),
        };
        return (command, new FormErrors(errors));
    }

    /// <summary>The form with its action rows moved up over empty ones, so that a row's number is the action's number.</summary>
    public static FormValues Compact(FormValues values)
    {
        var rows = Enumerable.Range(0, OutcomeForm.MostRows).Where(i => IsFilled(values, i)).ToList();
        var kept = values.Sent.Where(p => !p.Key.StartsWith("actions[", StringComparison.Ordinal)).ToDictionary();
        for (var i = 0; i < rows.Count; i++)
            foreach (var part in OutcomeForm.ActionParts)
                kept[$"actions[{i}].{part}"] = values[$"actions[{rows[i]}].{part}"];
        return new FormValues(kept);
    }

    private static bool IsFilled(FormValues values, int row) => OutcomeForm.ActionParts.Any(p => values.Typed($"actions[{row}].{p}") is not null);

    private static IEnumerable<AgreedAction> Actions(OutcomeForm form, List<FieldError> errors)
    {
        for (var i = 0; i < OutcomeForm.MostRows && IsFilled(form.Values, i); i++)
            yield return new AgreedAction(
                form.Values[$"actions[{i}].what"], form.Values[$"actions[{i}].byWhom"], form.Values[$"actions[{i}].agency"],
                Date(form, $"actions[{i}].due", errors) ?? default);
    }

    private static Speaker? Chair(OutcomeForm form) =>
        form.Chair is not null && (form.Values.Typed("chair.name") ?? form.Values.Typed("chair.role") ?? form.Values.Typed("chair.agency")) is not null
            ? new Speaker(KnownAs(form, form.Values["chair.agency"]), form.Values["chair.name"], form.Values.Typed("chair.role"))
            : null;

    /// <summary>An agency of the case that was typed by its name is that agency: a chair from a party is refused however it is written.</summary>
    private static string KnownAs(OutcomeForm form, string organisation) =>
        form.Agencies.FirstOrDefault(a => string.Equals(a.Label, organisation, StringComparison.OrdinalIgnoreCase))?.Id ?? organisation;

    private static DateOnly? Date(OutcomeForm form, string field, List<FieldError> errors)
    {
        if (form.Values.Typed(field) is not { } text)
            return null;
        if (TypedDate.Fault(FieldNames.Noun(form, field), text) is { } fault)
            errors.Add(new(field, fault));
        return TypedDate.Read(text);
    }
}
