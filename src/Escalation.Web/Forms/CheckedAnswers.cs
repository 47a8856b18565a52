namespace Escalation.Web.Forms;

/// <param name="Field">Where on the form it is changed.</param>
/// <param name="Label">What was asked.</param>
public sealed record CheckedAnswer(string Field, string Label, string Answer);

/// <summary>The check step of a form: what was typed, in words, and again as hidden fields.</summary>
internal static class CheckedAnswers
{
    /// <summary>In the order of the form; what was left empty, and may be, is not there.</summary>
    public static IReadOnlyList<CheckedAnswer> Of(IReadOnlyList<FormPart> parts, FormValues values) =>
        [
            .. parts.SelectMany(p =>
                p is FormPart.Actions actions ? Rows(actions, values)
                : p is FormPart.Group group ? Of(group.Parts, values)
                : p.Words(values) is { } words && p is not FormPart.Hidden
                    ? [new CheckedAnswer(p.Name, p.Answered, words)]
                : []
            ),
        ];

    /// <summary>Every value, to be sent again as it was.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Hidden(FormValues values, string id, string? stage) =>
        [
            .. values.Again("step", "id", "stage"),
            new("id", id),
            .. stage is null ? [] : new[] { new KeyValuePair<string, string>("stage", stage) },
        ];

    private static IEnumerable<CheckedAnswer> Rows(FormPart.Actions actions, FormValues values)
    {
        foreach (var i in SentActions.Filled(values))
        {
            var said = actions.Row(i).Select(p => p.Words(values) ?? "").ToList();
            yield return new(
                $"actions[{i}].what",
                $"Action {i + 1}",
                $"{said[0]}\nBy whom: {said[1]}, {said[2]}\nBy when: {said[3]}"
            );
        }
    }
}
