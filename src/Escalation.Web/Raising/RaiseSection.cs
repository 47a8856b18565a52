using Escalation.Web.Forms;

namespace Escalation.Web.Raising;

/// <summary>A part of the form under a heading.</summary>
/// <param name="Hints">Paragraphs before the questions.</param>
/// <param name="More">The step that adds a group, and the words on its button; null: there is none.</param>
public sealed record RaiseSection(
    string Id,
    string Title,
    IReadOnlyList<string> Hints,
    IReadOnlyList<FormPart> Parts,
    (string Step, string Words)? More = null
)
{
    /// <summary>Questions about one of several, an agency or a person: where an answer stands by itself, it says about which.</summary>
    /// <param name="folded">Seldom needed: folded away while nothing is typed.</param>
    public static FormPart.Group Group(string legend, IReadOnlyList<FormPart> parts, bool folded = false) =>
        new(
            legend,
            [
                .. parts.Select(p =>
                    p.Label.Contains(legend, StringComparison.Ordinal)
                        ? p
                        : p with
                        {
                            Answered = $"{legend}: {Sentence.LowerFirst(p.Label)}",
                        }
                ),
            ],
            folded
        );
}
