using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Escalations;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.CasePages;

/// <summary><c>/cases/{reference}/{move}</c>: the staff actions, as the API has them.</summary>
internal static class MovePageEndpoints
{
    private const string Scope =
        "a Practitioner in its agency's name only; "
        + "change-contact, accept-contact, partnership-review and legal-hold for managers alone";

    public static void MapMovePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cases/{reference}/{move}", ShowAsync).ForStaff("the form of a staff action", Scope).AsPage();
        routes
            .MapPost("/cases/{reference}/{move}", SendAsync)
            .ForStaff("carries a staff action out, and leads back to the case", Scope)
            .AsPage();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        string reference,
        string move,
        string? of,
        string? step,
        string? draft,
        CaseHandler handler,
        Drafts drafts
    )
    {
        if (Moves.Find(move) is not { } found)
            return Problem.NotFound();
        if (await CaseReading.FindAsync(context, handler, reference) is not { } reading)
            return SeenCase.None;
        var empty = MoveForm.Of(reading, found, of, Known(context, reading), NewId);
        if (!found.IsChecked)
            return Show(empty);
        if (await Steps(context, drafts, reading, found, of).TypedAsync(step, draft) is not { } typed)
            return Show(empty);
        var form = MoveForm.Of(reading, found, of, typed.With("step", step ?? ""), NewId);
        return step == FormSteps.Check
            ? await CheckAsync(context, handler, form)
            : Show(form with { IsKept = step is null });
    }

    private static async Task<IResult> SendAsync(
        HttpContext context,
        string reference,
        string move,
        string? of,
        CaseHandler handler,
        Drafts drafts
    )
    {
        if (Moves.Find(move) is not { } found)
            return Problem.NotFound();
        if (await CaseReading.FindAsync(context, handler, reference) is not { } reading)
            return SeenCase.None;
        var (sent, refused) = await SentForm.ReadAsync(context);
        if (sent is null)
            return new PageResult(refused!);
        var form = MoveForm.Of(reading, found, of, SentActions.Compact(sent), NewId);
        if (form.Offer.Status == StatusCodes.Status403Forbidden)
            return Show(form);
        var steps = Steps(context, drafts, reading, found, of);
        if (
            found.IsChecked
            && FormSteps.IsBeforeRecording(form.Values)
            && await steps.KeepAsync(form.Values.With("id", form.Id), form.Values["step"], form.Id) is { } next
        )
            return next;
        if (form.Values["step"] is FormSteps.More or FormSteps.Edit)
            return Show(form);
        if (found.IsChecked && form.Values["step"] != FormSteps.Record)
            return await CheckAsync(context, handler, form);
        var (command, wrong) = Read(context, form);
        if (wrong is not null)
            return wrong;
        var result = await CarryOutAsync(context, handler, form, command!);
        if (found.IsChecked && result is SeeOther)
            await steps.RecordedAsync(form.Id);
        return result;
    }

    private static SteppedForm Steps(HttpContext context, Drafts drafts, CaseReading reading, Move move, string? of) =>
        new(context, drafts, reading.Caller.Actor, $"{reading.Path}/{move.Path}?of={of}");

    /// <summary>What the form asks the case for, or the form again where it cannot be read or be asked.</summary>
    private static (CaseCommand? Command, IResult? Wrong) Read(HttpContext context, MoveForm form)
    {
        var reader = new FormReader(form.Parts, form.Values, form.Offer.Of);
        var body = form.Move.Body(reader) with
        {
            Id = form.Id,
            Stage = form.Values.Typed("stage"),
            By = new Speaker(form.Values["by.agency"], form.Values["by.name"], form.Values.Typed("by.role")),
        };
        var (command, refusal) = MoveCommand.Of(context, form.Reading.Case, body);
        // All that is wrong is said at once.
        if (form.Move.IsChecked && refusal is null or { Errors: not null })
            refusal = Together(refusal, Tried(context, form, body));
        if (form.Offer.WhyNot is null && form.Unchosen.Concat(reader.Unread).ToList() is { Count: > 0 } unread)
            return (null, Show(form.With(unread, refusal), 400));
        return refusal is null ? (command, null) : (null, Again(form, refusal));
    }

    /// <summary>
    /// What the case would refuse, whoever says it; null: nothing, or it has moved on, which is for the command itself to say.
    /// </summary>
    private static Refusal? Tried(HttpContext context, MoveForm form, MoveBody body)
    {
        var agency = body.By!.Agency.Length > 0 ? body.By.Agency : form.Offer.Agencies.FirstOrDefault();
        if (agency is null)
            return null;
        var by = new Speaker(agency, body.By.Name is { Length: > 0 } name ? name : "somebody", body.By.Role);
        var stage = body.Stage ?? form.Reading.Whole.Stage.Id;
        var command = body.ToCommand(new MoveHead(form.Id, context.Caller().Actor, stage, by));
        return (form.Reading.Try(command) as Decision.Refused)?.Why is { Code: not Codes.StageClosed } why ? why : null;
    }

    private static Refusal? Together(Refusal? one, Refusal? other) =>
        one is { Errors: { } errors } && other is { Errors: { } more }
            ? Refusal.Invalid(errors.Concat(more).DistinctBy(e => e.Key).ToDictionary())
            : one ?? other;

    /// <summary>The answers once more, if the case would take them.</summary>
    private static async Task<IResult> CheckAsync(HttpContext context, CaseHandler handler, MoveForm form)
    {
        var (command, wrong) = Read(context, form);
        if (wrong is not null)
            return wrong;
        return form.Reading.Try(command!) switch
        {
            Decision.Refused { Why.Code: Codes.StageClosed } closed => await MovedOnAsync(
                context,
                handler,
                form,
                closed.Why.Reason
            ),
            Decision.Refused refused => Again(form, refused.Why),
            var accepted => new PageResult(
                new Page(
                    200,
                    typeof(MoveCheckPage),
                    form with
                    {
                        WouldBeLate = accepted is Decision.Accepted { Answer: Answers.StageClosed },
                    }
                )
            ),
        };
    }

    private static async Task<IResult> CarryOutAsync(
        HttpContext context,
        CaseHandler handler,
        MoveForm form,
        CaseCommand command
    )
    {
        var reading = form.Reading;
        switch (await handler.ExecuteAsync(reading.Case.Reference, command, context.Arrived(), context.RequestAborted))
        {
            case Handled.Done done:
                return new SeeOther(CasePath.Recorded(done.Document, command.Id));
            case Handled.Refused { Why.Code: Codes.StageClosed } refused:
                return await MovedOnAsync(context, handler, form, refused.Why.Reason);
            case Handled.Refused refused:
                return Again(form, refused.Why);
            default:
                return SeenCase.None;
        }
    }

    /// <summary>
    /// The stage that the sender saw has closed: what happened instead, and the form for the present stage with what
    /// was typed, if the move is still there.
    /// </summary>
    private static async Task<IResult> MovedOnAsync(
        HttpContext context,
        CaseHandler handler,
        MoveForm form,
        string reason
    )
    {
        if (await CaseReading.FindAsync(context, handler, form.Reading.Case.Reference) is not { } now)
            return SeenCase.None;
        var again = MoveForm.Of(now, form.Move, form.Offer.Of, form.Values.With("id", "").With("stage", ""), NewId);
        var became = now.Case.Stages.LastOrDefault(s => s.Id == form.Values["stage"]) is { ClosedAt: { } at } closed
            ? $"{now.Stage(closed.Id)} {Wording.StageWords.Closed(now.Policy, closed)}, on {now.Moment(at)}."
            : reason;
        return Show(
            again with
            {
                Instead =
                    $"{became} Nothing was recorded."
                    + (
                        again.Offer.WhyNot is null
                            ? " If you still want this at the present stage, send the form again."
                            : ""
                    ),
            },
            StatusCodes.Status409Conflict
        );
    }

    private static PageResult Again(MoveForm form, Refusal refusal)
    {
        var status = Problem.Of(refusal).Status;
        // The case may have changed so that the form is not there any more: then the page says why.
        if (form.Offer.WhyNot is not null)
            return Show(form, status);
        return Show(form.With([], refusal), status);
    }

    private static PageResult Show(MoveForm form, int? status = null) =>
        new(new Page(status ?? form.Offer.Status, typeof(MovePage), form));

    /// <summary>
    /// What is known before anything was typed: a link may name the contact it is about, and the signed-in person's
    /// name is theirs to change.
    /// </summary>
    private static FormValues Known(HttpContext context, CaseReading reading)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["by.name"] = reading.Caller.IsPractitioner ? reading.Caller.Name : "",
        };
        if (context.Request.Query["from"].ToString() is { Length: > 0 } from)
            known["from"] = from;
        return new FormValues(known);
    }

    private static string NewId() => Guid.NewGuid().ToString("N");
}

/// <summary>Addresses of a case's pages. They hold its reference, and no personal data.</summary>
internal static class CasePath
{
    /// <summary>The case page with a banner of what a command recorded.</summary>
    public static string Recorded(CaseDocument document, string command)
    {
        var events = DocumentFormat
            .Recorded(document.Events, document.Words)
            .Where(e => e.Command?.Id == command)
            .ToList();
        var number = (events.Find(e => e.Event is not HoldEnded) ?? events.FirstOrDefault())?.Number;
        return $"/cases/{document.Case.Reference}{(number is null ? "" : $"?recorded={number}")}";
    }
}
