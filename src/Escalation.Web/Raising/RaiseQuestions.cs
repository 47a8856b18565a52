using Escalation.Core.Policies;
using Escalation.Web.Forms;
using Escalation.Web.Site.Pages;

namespace Escalation.Web.Raising;

/// <summary>
/// What is asked before anything else: whether somebody is at imminent risk, and whether this is the right process at
/// all.
/// </summary>
/// <param name="Key">The idempotency key of the opening that may follow.</param>
public sealed record RaiseQuestions(Policy Policy, FormValues Values, FormErrors Errors, string Key)
{
    /// <summary>The step that these questions send.</summary>
    public const string Answered = "answered";

    /// <summary>The step that leads back to these questions.</summary>
    public const string Back = "questions";

    /// <summary>They hold what this browser's form was filled in with before.</summary>
    public bool IsKept { get; init; }

    public static IReadOnlyList<FormPart> Parts { get; } =
    [
        new FormPart.OneOf(RaiseForm.Imminent, "Is somebody at imminent risk of harm?", YesNo)
        {
            Missing = "Select yes if somebody is at imminent risk of harm",
            Hint = "If so you are told what to do at once, and those who can act are told with the first email.",
        },
        new FormPart.OneOf(RaiseForm.Conduct, "Is the concern about a colleague’s conduct?", YesNo)
        {
            Missing = "Select yes if the concern is about a colleague’s conduct",
            Hint =
                "A wrongdoing at work, or harm that a colleague may have done: "
                + "not a disagreement between agencies about a decision.",
        },
    ];

    private static IReadOnlyList<Choice> YesNo => [new("yes", "Yes"), new("no", "No")];

    public static RaiseQuestions Empty(Policy policy) =>
        new(policy, FormValues.Empty, FormErrors.None, Guid.NewGuid().ToString("N"));

    /// <summary>As they were answered before, with what was typed on the form.</summary>
    public static Page Kept(Policy policy, FormValues values) =>
        new(
            200,
            typeof(RaiseQuestionsPage),
            new RaiseQuestions(policy, values, FormErrors.None, KeyOf(values)) { IsKept = true }
        );

    /// <summary>Null: both are answered, and the form may follow.</summary>
    public static Page? Ask(Policy policy, FormValues values)
    {
        if (values[RaiseForm.Step] == Back)
            return Show(policy, values, FormErrors.None);
        var missing = Parts
            .Where(p => values[p.Name] is not ("yes" or "no"))
            .Select(p => new FieldError(p.Name, p.Missing))
            .ToList();
        if (missing.Count > 0)
            return Show(policy, values, new FormErrors(missing));
        return values[RaiseForm.Conduct] == "yes"
            ? new Page(
                422,
                typeof(NotThisProcessPage),
                new NotThisProcess(policy, values[RaiseForm.Imminent] == "yes", policy.NotThisProcess)
            )
            : null;
    }

    private static string KeyOf(FormValues values) => values.Typed(RaiseForm.Key) ?? Guid.NewGuid().ToString("N");

    private static Page Show(Policy policy, FormValues values, FormErrors errors) =>
        new(
            errors.Any ? 400 : 200,
            typeof(RaiseQuestionsPage),
            new RaiseQuestions(policy, values, errors, KeyOf(values))
        );
}

/// <param name="IsUrgent">Somebody is at imminent risk besides: the instruction is shown too.</param>
/// <param name="Route">Where the concern goes instead, in the text's sense.</param>
/// <param name="Instead">The procedure under which it is raised; null: none of this installation.</param>
public sealed record NotThisProcess(Policy Policy, bool IsUrgent, string Route, Policy? Instead = null);
