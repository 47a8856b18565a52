using Escalation.Core.Cases;
using Escalation.Web.Forms;

namespace Escalation.Web.CasePages;

/// <summary>The page of a move: its form, or why there is none.</summary>
/// <param name="Id">The command's id, made when the form is first shown: sent twice, it is recorded once.</param>
/// <param name="Stage">The stage its sender sees; null where that does not matter.</param>
/// <param name="Instead">What happened meanwhile, when the form was sent too late; else null.</param>
public sealed record MoveForm(
    CaseReading Reading,
    Offer Offer,
    string Id,
    string? Stage,
    FormValues Values,
    FormErrors Errors,
    IReadOnlyList<FormPart> Parts,
    string? Instead
)
{
    /// <summary>It holds what this browser typed before.</summary>
    public bool IsKept { get; init; }

    /// <summary>Where the form is empty, whatever was typed before.</summary>
    public string Anew =>
        Offer.Of is { } of ? $"?of={Uri.EscapeDataString(of)}&step={FormSteps.Anew}" : $"?step={FormSteps.Anew}";

    public Move Move => Offer.Move;
    public string Title => $"{Reading.Case.Reference}: {char.ToLowerInvariant(Move.Title[0])}{Move.Title[1..]}";

    /// <summary>What the move is about, as it stands in the history.</summary>
    public EventLine? About =>
        Move.About(Reading, Offer.Of) is { } number
        && Reading.Events.FirstOrDefault(e => e.Number == number) is { } placed
            ? EventLines.LineOf(Reading, placed)
            : null;

    /// <summary>A stage that has closed: the answer is recorded as late and does not change the stage.</summary>
    public bool IsLate =>
        WouldBeLate || (Stage is { } stage && (stage != Reading.Case.Stage?.Id || !Reading.Case.IsOpen));

    /// <summary>The stage's deadline has passed and is not carried out yet.</summary>
    public bool WouldBeLate { get; init; }

    /// <param name="newId">The id of a form that has none yet.</param>
    public static MoveForm Of(CaseReading r, Move move, string? of, FormValues values, Func<string> newId)
    {
        of = Closed(r, move, values) ?? of;
        var offer = Offer.For(r, move, of);
        return new MoveForm(
            r,
            offer,
            values.Typed("id") ?? newId(),
            move.Stage(r, of) ?? r.Present?.Id,
            values,
            FormErrors.None,
            offer.WhyNot is null
                ? [.. move.Parts(r, new MoveAsked(of, offer.Agencies, values)), .. Speaker(r, offer)]
                : [],
            null
        );
    }

    /// <summary>
    /// The stage that the sender saw, where it has closed since: what was typed for it stays its answer, and comes late. Else null.
    /// </summary>
    private static string? Closed(CaseReading r, Move move, FormValues values) =>
        move.IsChecked
        && values.Typed("stage") is { } stage
        && r.Case.Stages.Any(s => s.Id == stage)
        && (stage != r.Case.Stage?.Id || !r.Case.IsOpen)
            ? stage
            : null;

    /// <summary>The form again, with what could not be read and what the case refuses.</summary>
    public MoveForm With(IReadOnlyList<FieldError> unread, Refusal? refusal) =>
        this with
        {
            Errors = FormFaults.Of(Parts, Values, unread, refusal),
        };

    /// <summary>What has to be chosen and was not.</summary>
    public IEnumerable<FieldError> Unchosen =>
        Parts
            .SelectMany(p => p.All)
            .OfType<FormPart.OneOf>()
            .Where(p => !p.Optional && Values.Typed(p.Name) is null)
            .Select(p => new FieldError(p.Name, p.Missing));

    /// <summary>The only agency in whose name it can be said; null: it is chosen on the form.</summary>
    public string? SpeaksFor => Offer.Agencies is [var only] ? Reading.Agency(only) : null;

    private static IEnumerable<FormPart> Speaker(CaseReading r, Offer offer)
    {
        if (offer.Agencies is [var only])
            yield return new FormPart.Hidden("by.agency", only);
        else
            yield return new FormPart.OneOf(
                "by.agency",
                "In whose name?",
                [.. offer.Agencies.Select(a => new Choice(a, r.Agency(a)))]
            )
            {
                What = "in whose name this is said",
                Answered = "In the name of",
            };
        yield return new FormPart.Text("by.name", "Name of the person who says this")
        {
            Hint = "It is kept with the record.",
            What = "the name of the person who says this",
        };
        yield return new FormPart.Text("by.role", "Their role") { Optional = true };
    }
}
