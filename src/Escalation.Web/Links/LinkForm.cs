using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.OutcomeForms;
using Escalation.Web.Tokens;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>A form of a link's page: what it asks, what was typed so far, what was wrong.</summary>
/// <param name="Id">The command's id, made when the form is first shown: sent twice, it is recorded once.</param>
public sealed record LinkForm(string Id, IReadOnlyList<FormPart> Parts, FormValues Values, FormErrors Errors)
{
    /// <summary>The form of an outcome of the link's stage; with the outcome chosen where the link is for escalating.</summary>
    public static LinkForm Outcome(LinkContext link, FormValues values, string newId)
    {
        if (link.Claims.Action is LinkAction.Escalate && !values.Sent.ContainsKey("outcome"))
            values = values.With("outcome", Core.Policies.Outcomes.Escalate);
        var questions = new OutcomeQuestions(
            link.Case,
            link.Rules,
            link.Stage.Id,
            [link.Standing.Agency],
            link.Claims.Contact,
            agency => NameOf(link, agency),
            link.Now
        );
        return new(
            values.Typed("id") ?? newId,
            [.. questions.Parts(values), new FormPart.Group("Who you are", Speaker)],
            values,
            FormErrors.None
        );
    }

    /// <summary>Confirms or disputes the outcome that waits.</summary>
    /// <param name="asked">Null where nothing waits: then nothing is asked either.</param>
    public static LinkForm Confirmation(LinkContext link, AskedToConfirm? asked, FormValues values, string newId) =>
        new(
            values.Typed("id") ?? newId,
            asked is null
                ? []
                :
                [
                    new FormPart.OneOf(
                        "answer",
                        asked.IsJoint
                            ? "Is this your decision?"
                            : $"Does {NameOf(link, link.Standing.Agency)} confirm this outcome?",
                        [
                            new(
                                "confirm",
                                asked.IsJoint ? "Yes, I confirm it" : "Yes, we confirm it",
                                asked.IfConfirmed
                            ),
                            new("dispute", asked.IsJoint ? "No, I dispute it" : "No, we dispute it", asked.IfDisputed),
                        ]
                    )
                    {
                        Hint = asked.IfNobody,
                        Missing = "Select whether you confirm or dispute the outcome",
                    },
                    new FormPart.Text("reason", "If you dispute it: why", 3)
                    {
                        What = "why you dispute it",
                        Hint = "It is kept on the record. It is in no email.",
                    },
                    .. Speaker,
                ],
            values,
            FormErrors.None
        );

    /// <summary>Makes a late answer the outcome of the link's stage.</summary>
    public static LinkForm Adoption(FormValues values, string newId) =>
        new(values.Typed("id") ?? newId, Speaker, values, FormErrors.None);

    /// <summary>Says that the sides have spoken.</summary>
    public static LinkForm Contact(FormValues values, string newId) =>
        new(
            values.Typed("id") ?? newId,
            [new FormPart.Text("text", "Note", 3) { What = "the note", Optional = true }, .. Speaker],
            values,
            FormErrors.None
        );

    /// <summary>Says that a contact which was recorded did not happen.</summary>
    public static LinkForm ContactDispute(FormValues values, string newId) =>
        new(
            values.Typed("id") ?? newId,
            [
                new FormPart.Text("reason", "What did happen?", 3)
                {
                    What = "what did happen",
                    Hint = "It is kept on the record. It is in no email.",
                },
                .. Speaker,
            ],
            values,
            FormErrors.None
        );

    public static LinkForm HandOver(FormValues values, string newId) =>
        new(
            values.Typed("id") ?? newId,
            [
                new FormPart.Text("name", "Your colleague's name"),
                new FormPart.Text("email", "Your colleague's email address", Type: "email")
                {
                    Hint =
                        "At work, such as name@example.org. "
                        + "An address outside your agency's domains is first accepted by the business manager.",
                },
                new FormPart.Text("role", "Your colleague's role") { Optional = true },
            ],
            values,
            FormErrors.None
        );

    private static IReadOnlyList<FormPart> Speaker { get; } =
    [
        new FormPart.Text("name", "Your name", Autocomplete: "name"),
        new FormPart.Text("role", "Your role", Autocomplete: "organization-title") { Optional = true },
    ];

    private static string NameOf(LinkContext link, string agency) =>
        AgencyWords.Name(link.Case, link.Rules.Directory, link.Rules.Policy, agency);

    /// <summary>The form again, with what could not be read and what the case refuses.</summary>
    public LinkForm With(IReadOnlyList<FieldError> unread, Refusal? refusal) =>
        this with
        {
            Errors = FormFaults.Of(Parts, Values, unread, refusal),
        };
}
