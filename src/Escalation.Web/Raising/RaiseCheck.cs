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
                new(
                    "first",
                    "Before you start",
                    RaiseQuestions.Back,
                    CheckedAnswers.Of(RaiseQuestions.Parts, form.Values)
                ),
                .. form
                    .Sections.Select(s => new AnsweredSection(
                        s.Id,
                        s.Title,
                        FormSteps.Edit,
                        CheckedAnswers.Of(s.Parts, form.Values)
                    ))
                    .Where(s => s.Answers.Count > 0),
            ],
            alike
        );

    /// <summary>The references shown, so that only those shown count as seen.</summary>
    public string Seen => string.Join(' ', Alike.Select(a => a.Reference));
}

/// <param name="Step">Leads to where the answers can be changed.</param>
public sealed record AnsweredSection(string Id, string Title, string Step, IReadOnlyList<CheckedAnswer> Answers);

/// <summary>An open case that may be about the same.</summary>
public sealed record AlikeCase(string Reference, string Stage, string Opened);
