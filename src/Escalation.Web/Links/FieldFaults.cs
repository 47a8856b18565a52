using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Web.Forms;

namespace Escalation.Web.Links;

/// <summary>What is wrong with an outcome form, in the words of a form: "Enter …", "Select …", "… must be …".</summary>
internal static class FieldFaults
{
    /// <summary>What could not be read and what the case refuses, a message for each field, in the order of the form.</summary>
    public static FormErrors Of(OutcomeForm form, FormErrors unread, Refusal? refusal)
    {
        var order = FieldNames.InOrder(form);
        var all = unread.All.Concat(refusal is null ? [] : Refused(form, refusal)).DistinctBy(e => e.Field);
        return new([.. all.OrderBy(Place)]);

        (int, int) Place(FieldError error) =>
            FieldNames.Action(error.Field) is var (row, _)
                ? (order.IndexOf("actions"), row)
                : (order.IndexOf(error.Field) is var at and >= 0 ? at : -1, 0);
    }

    /// <summary>A command's field as the form calls it.</summary>
    public static string Own(string field) => field.StartsWith("by.", StringComparison.Ordinal) ? field[3..] : field;

    /// <summary>A message that holds for any text: too long, or with what is no text in it; null: some other fault.</summary>
    public static string? OfText(string noun, string message) =>
        message switch
        {
            _ when message.StartsWith("At most ", StringComparison.Ordinal)
                    && message.EndsWith(" characters.", StringComparison.Ordinal) =>
                $"{noun} must be {message[8..^1]} or fewer",
            "Control characters are not allowed." => $"{noun} must not include characters that cannot be printed",
            "Not valid Unicode text." => $"{noun} has characters that cannot be read",
            _ => null,
        };

    private static IEnumerable<FieldError> Refused(OutcomeForm form, Refusal refusal) =>
        refusal switch
        {
            { Code: Codes.MethodNotAccepted } => [new("method", refusal.Reason)],
            { Code: Codes.NotAllowed } => [new("outcome", refusal.Reason)],
            { Errors: { Count: > 0 } errors } => errors.Select(e => new FieldError(
                Own(e.Key),
                Message(form, Own(e.Key), e.Value[0])
            )),
            _ => [new("", refusal.Reason)],
        };

    private static string Message(OutcomeForm form, string field, string message) =>
        field == "actions" && SentActions.Filled(form.Values).Count > CaseRoom.MostActions
            ? $"At most {CaseRoom.MostActions} actions: send {CaseRoom.MostActions}, and name the paper that holds the rest"
            : (form.Values.Typed(field) is null ? Missing(form, field) : null)
                ?? Wrong(form, field, message)
                ?? $"{FieldNames.Noun(form, field)}: {LowerFirst(message.TrimEnd('.'))}";

    private static string? Missing(OutcomeForm form, string field) =>
        field switch
        {
            "outcome" => "Select what came of it",
            "method" => "Select how you discussed it",
            "discussedOn" => "Enter the date you discussed it",
            "summary" => "Enter a summary of the discussion",
            "name" => "Enter your name",
            "recordKeeper" => "Select which agency keeps the record and checks the actions",
            "outstanding" => "Enter how outstanding issues will be pursued",
            "actions" => "Add at least one action with a date",
            "chair.name" => "Enter the name of the chair",
            "chair.agency" => "Enter the organisation of the chair",
            _ when field.StartsWith("fields.", StringComparison.Ordinal) => form.Fields.FirstOrDefault(f =>
                f.Id == field[7..]
            ) switch
            {
                { Kind: "yes" } asked => $"Confirm that {LowerFirst(asked.Name)}",
                { } asked => $"Enter {LowerFirst(asked.Name)}",
                null => null,
            },
            _ when FieldNames.Action(field) is var (row, part) => part switch
            {
                "what" => $"Enter what is to be done in action {row}",
                "byWhom" => $"Enter by whom action {row} is to be done",
                "agency" => $"Select the agency of action {row}",
                _ => $"Enter the date of action {row}",
            },
            _ => null,
        };

    private static string? Wrong(OutcomeForm form, string field, string message) =>
        (field, message) switch
        {
            ("outcome", _) => "Select what came of it",
            ("method", _) => "Select how you discussed it",
            (_, "In the future.") => $"{FieldNames.Noun(form, field)} must be today or in the past",
            (_, "Before the concern was raised.") =>
                $"{FieldNames.Noun(form, field)} must be on or after {UkDates.Date(form.RaisedOn)}, when the concern was raised",
            (_, "Before the discussion.") =>
                $"{FieldNames.Noun(form, field)} must be on or after the date you discussed it",
            (_, "Not a plausible date.") => $"{FieldNames.Noun(form, field)} must be a real date",
            (_, "Not an agency of this case.") => $"{FieldNames.Noun(form, field)} must be one of the case",
            ("chair.agency", _) => "Organisation of the chair must not be one of the agencies of the case",
            _ => OfText(FieldNames.Noun(form, field), message),
        };

    /// <summary>"MASH number" stays as it is.</summary>
    private static string LowerFirst(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1])
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : text;
}
