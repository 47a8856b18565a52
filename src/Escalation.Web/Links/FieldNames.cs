using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.Pages;

namespace Escalation.Web.Links;

/// <summary>Labels of the form's fields, and what a refusal of the case means on the form.</summary>
internal static class FieldNames
{
    public static string Label(OutcomeForm form, string field) => field switch
    {
        "outcome" => "What came of it?",
        "method" => "How did you discuss it?",
        "discussedOn" => "When did you discuss it?",
        "summary" => "Summary of the discussion and of what was agreed or not agreed",
        "name" => "Your name",
        "role" => "Your role",
        "methodology" => "How the matter was worked through",
        "recordKeeper" => "Which agency keeps the record and checks the actions?",
        "outstanding" => "How outstanding issues will be pursued",
        "actions" => "Agreed actions",
        "lessons" => "Lessons learned",
        "comments" => "Comments",
        "chair.name" => "Name of the chair",
        "chair.role" => "Role of the chair",
        "chair.agency" => "Organisation of the chair",
        _ when field.StartsWith("fields.", StringComparison.Ordinal) => form.Fields.FirstOrDefault(f => f.Id == field[7..])?.Name ?? field,
        _ when Action(field) is var (row, part) => $"Action {row}: {part}",
        _ => field,
    };

    /// <summary>The refusal's messages under the names of the form's fields.</summary>
    public static FormErrors Errors(OutcomeForm form, Refusal refusal)
    {
        if (refusal.Code == Codes.MethodNotAccepted)
            return new([new("method", refusal.Reason)]);
        if (refusal.Errors is not { Count: > 0 } errors)
            return new([new("", refusal.Reason)]);
        return new([.. errors.Select(e => (Field: Own(e.Key), e.Value)).Select(e => new FieldError(e.Field, Message(form, e.Field, e.Value)))]);
    }

    public static string Own(string field) => field.StartsWith("by.", StringComparison.Ordinal) ? field[3..] : field;

    private static string Message(OutcomeForm form, string field, string[] messages) => (field, form.Values.Typed(field)) switch
    {
        ("outcome", null) => "Choose what came of it.",
        ("method", null) => "Choose how you discussed it.",
        ("discussedOn", null) => "Enter the date on which you discussed it.",
        ("summary", null) => "Enter a summary.",
        ("name", null) => "Enter your name.",
        ("recordKeeper", null) => "Choose who keeps the record.",
        ("actions", _) => messages[0],
        _ => $"{Label(form, field)}: {char.ToLowerInvariant(messages[0][0])}{messages[0][1..]}",
    };

    private static (int Row, string Part)? Action(string field)
    {
        var end = field.IndexOf("].", StringComparison.Ordinal);
        if (!field.StartsWith("actions[", StringComparison.Ordinal) || end < 0 || !int.TryParse(field[8..end], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var row))
            return null;
        return (row + 1, field[(end + 2)..] switch { "what" => "what", "byWhom" => "by whom", "agency" => "agency", "due" => "date", var other => other });
    }
}
