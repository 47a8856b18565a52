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
    public Move Move => Offer.Move;
    public string Title => $"{Reading.Case.Reference}: {char.ToLowerInvariant(Move.Title[0])}{Move.Title[1..]}";

    /// <summary>What the move is about, as it stands in the history.</summary>
    public EventLine? About =>
        Move.About(Reading, Offer.Of) is { } number
        && Reading.Events.FirstOrDefault(e => e.Number == number) is { } placed
            ? EventLines.LineOf(Reading, placed)
            : null;

    /// <summary>A stage that has closed: the answer is recorded as late and moves nothing.</summary>
    public bool IsLate => Stage is { } stage && stage != Reading.Case.Stage?.Id;

    /// <param name="newId">The id of a form that has none yet.</param>
    public static MoveForm Of(CaseReading r, Move move, string? of, FormValues values, Func<string> newId)
    {
        var offer = Offer.For(r, move, of);
        return new MoveForm(
            r,
            offer,
            values.Typed("id") ?? newId(),
            move.Stage(r, of) ?? r.Present?.Id,
            values,
            FormErrors.None,
            offer.WhyNot is null ? [.. move.Parts(r, new Asked(of, offer.Agencies, values)), .. Speaker(r, offer)] : [],
            null
        );
    }

    /// <summary>The form again, with what was wrong.</summary>
    public MoveForm With(FormErrors errors) => this with { Errors = errors };

    /// <summary>The refusal's messages under the names of the form's fields.</summary>
    public FormErrors ErrorsOf(string reason, IReadOnlyDictionary<string, string[]>? errors) =>
        errors is not { Count: > 0 }
            ? new([new(FieldOf(reason), reason)])
            : new([.. errors.Select(e => new FieldError(Known(e.Key), Message(e.Key, e.Value[0])))]);

    /// <summary>What has to be chosen and was not.</summary>
    public FormErrors Unchosen =>
        new([
            .. Parts
                .SelectMany(p => p.All)
                .OfType<FormPart.OneOf>()
                .Where(p => !p.Optional && Values.Typed(p.Name) is null)
                .Select(p => new FieldError(p.Name, p.Missing)),
        ]);

    /// <summary>A refused method is about the method.</summary>
    private string FieldOf(string reason) =>
        Reading.Policy.Methods.Any(m => m.Refused == reason) && Find("method") is not null ? "method" : "";

    private string Known(string field) =>
        Find(field) is not null || field.StartsWith("actions", StringComparison.Ordinal) ? field : "";

    private FormPart? Find(string field) => Parts.SelectMany(p => p.All).FirstOrDefault(p => p.Name == field);

    private string Message(string field, string message) =>
        Find(field) switch
        {
            { } part when !IsTyped(part) => part.Missing,
            { } part => $"{part.Label}: {char.ToLowerInvariant(message[0])}{message[1..]}",
            null when ActionRow(field) is { } row => $"Action {row}: {char.ToLowerInvariant(message[0])}{message[1..]}",
            null => message,
        };

    private bool IsTyped(FormPart part) =>
        part is FormPart.Actions ? SentActions.Filled(Values).Count > 0 : Values.Typed(part.Name) is not null;

    /// <summary>"1, by whom" for <c>actions[0].byWhom</c>.</summary>
    private static string? ActionRow(string field)
    {
        var end = field.IndexOf("].", StringComparison.Ordinal);
        if (!field.StartsWith("actions[", StringComparison.Ordinal) || end < 0)
            return null;
        var row = Moves.Number(field[8..end]) + 1;
        return $"{row}, {field[(end + 2)..] switch { "byWhom" => "by whom", "due" => "by when", var part => part }}";
    }

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
                Missing = "Select in whose name this is said",
            };
        yield return new FormPart.Text("by.name", "Name of the person who says this")
        {
            Hint = "It is kept with the record.",
            Missing = "Enter the name of the person who says this",
        };
        yield return new FormPart.Text("by.role", "Their role") { Optional = true };
    }
}
