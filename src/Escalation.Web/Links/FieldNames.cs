using System.Globalization;
using Escalation.Web.Forms;

namespace Escalation.Web.Links;

/// <summary>The fields of the outcome form: their labels, and their order on it.</summary>
internal static class FieldNames
{
    private static readonly IReadOnlyList<string> BeforeStages = ["outcome", "method", "discussedOn", "summary"];
    private static readonly IReadOnlyList<string> AfterStages =
    [
        "chair.name",
        "chair.role",
        "chair.agency",
        "recordKeeper",
        "outstanding",
        "actions",
        "methodology",
        "lessons",
        "comments",
        "name",
        "role",
    ];

    /// <summary>Every field but the action rows, in the order of the form.</summary>
    public static List<string> InOrder(OutcomeForm form) =>
        [.. BeforeStages, .. form.FieldGroups.SelectMany(g => g.Fields).Select(f => $"fields.{f.Id}"), .. AfterStages];

    /// <summary>The label on the form.</summary>
    public static string Label(OutcomeForm form, string field) =>
        field switch
        {
            "outcome" => "What came of it?",
            "method" => "How did you discuss it?",
            "discussedOn" => "When did you discuss it?",
            "summary" => "Summary of the discussion",
            "name" => "Your name",
            "role" => "Your role",
            "methodology" => "How the matter was worked through",
            "recordKeeper" => "Which agency keeps the record and checks the actions?",
            "outstanding" => "How outstanding issues will be pursued",
            "lessons" => "Lessons learned",
            "comments" => "Comments",
            "chair.name" => "Name of the chair",
            "chair.role" => "Role of the chair",
            "chair.agency" => "Organisation of the chair",
            _ when field.StartsWith("fields.", StringComparison.Ordinal) => form.Fields.FirstOrDefault(f =>
                f.Id == field[7..]
            )?.Name
                ?? field,
            _ => field,
        };

    /// <summary>What an answer is called in a sentence about it: "Date you discussed it".</summary>
    public static string Noun(OutcomeForm form, string field) =>
        field switch
        {
            "outcome" => "What came of it",
            "method" => "How you discussed it",
            "discussedOn" => "Date you discussed it",
            "recordKeeper" => "Agency that keeps the record",
            _ when Action(field) is var (row, part) => $"{PartNoun(part)} in action {row}",
            _ => Label(form, field),
        };

    private static string PartNoun(string part) =>
        part switch
        {
            "what" => "What is to be done",
            "byWhom" => "By whom",
            "agency" => "Agency",
            _ => "Date",
        };

    /// <summary>The number, from 1, of an action row, and which of its fields; null for any other field.</summary>
    public static (int Row, string Part)? Action(string field)
    {
        var end = field.IndexOf("].", StringComparison.Ordinal);
        return
            field.StartsWith("actions[", StringComparison.Ordinal)
            && end > 0
            && int.TryParse(field[8..end], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? (row + 1, field[(end + 2)..])
            : null;
    }
}
