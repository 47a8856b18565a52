using Escalation.Core.Cases;
using Escalation.Web.Forms;

namespace Escalation.Web.Links;

/// <summary>
/// Reads the outcome that a form says. What is missing or not allowed is for the case to say; only what cannot be read
/// is said here.
/// </summary>
internal static class OutcomeReader
{
    /// <returns>The command, without the dates that could not be read, and what was wrong with those.</returns>
    public static (RecordOutcome Command, FormErrors Unread) Read(OutcomeForm form, LinkContext visit)
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
            Fields = form
                .Fields.Where(f => f.On.Contains(outcome) && values.Typed($"fields.{f.Id}") is not null)
                .ToDictionary(f => f.Id, f => values[$"fields.{f.Id}"]),
        };
        return (command, new FormErrors(errors));
    }

    private static IEnumerable<AgreedAction> Actions(OutcomeForm form, List<FieldError> errors)
    {
        foreach (var i in SentActions.Filled(form.Values))
            yield return new AgreedAction(
                form.Values[$"actions[{i}].what"],
                form.Values[$"actions[{i}].byWhom"],
                form.Values[$"actions[{i}].agency"],
                Date(form, $"actions[{i}].due", errors) ?? default
            );
    }

    private static Speaker? Chair(OutcomeForm form) =>
        form.Chair is not null
        && (form.Values.Typed("chair.name") ?? form.Values.Typed("chair.role") ?? form.Values.Typed("chair.agency"))
            is not null
            ? new Speaker(
                KnownAs(form, form.Values["chair.agency"]),
                form.Values["chair.name"],
                form.Values.Typed("chair.role")
            )
            : null;

    /// <summary>
    /// An agency of the case that was typed by its name is that agency: a chair from a party is refused however it is
    /// written.
    /// </summary>
    private static string KnownAs(OutcomeForm form, string organisation) =>
        form.Agencies.FirstOrDefault(a => string.Equals(a.Label, organisation, StringComparison.OrdinalIgnoreCase))?.Id
        ?? organisation;

    private static DateOnly? Date(OutcomeForm form, string field, List<FieldError> errors)
    {
        if (form.Values.Typed(field) is not { } text)
            return null;
        if (TypedDate.Fault(FieldNames.Noun(form, field), text) is { } fault)
            errors.Add(new(field, fault));
        return TypedDate.Read(text);
    }
}
