using Escalation.Core.Cases;
using Escalation.Web.Api;
using Escalation.Web.Composition;
using Escalation.Web.Escalations;
using Escalation.Web.Forms;
using Escalation.Web.Pages;
using Escalation.Web.Problems;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.CasePages;

/// <summary><c>/cases/{reference}/{move}</c>: the staff actions, as the API has them.</summary>
internal static class MovePageEndpoints
{
    private const string Scope = "a Practitioner in its agency's name only; some are for managers";

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
        CaseHandler handler
    )
    {
        if (Moves.Find(move) is not { } found)
            return Problem.NotFound();
        return await CaseReading.FindAsync(context, handler, reference) is { } reading
            ? Show(MoveForm.Of(reading, found, of, Known(context, reading), NewId))
            : SeenCase.None;
    }

    private static async Task<IResult> SendAsync(
        HttpContext context,
        string reference,
        string move,
        string? of,
        CaseHandler handler
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
        if (form.Offer.Status == StatusCodes.Status403Forbidden || sent["step"] == "more")
            return Show(form);
        var reader = new SentMove(form.Values, of);
        var body = found.Body(reader);
        if (reader.Errors.Any)
            return Show(form.With(reader.Errors), 400);
        if (form.Offer.WhyNot is null && form.Unchosen is { Any: true } unchosen)
            return Show(form.With(unchosen), 400);
        body = body with
        {
            Id = form.Id,
            Stage = form.Values.Typed("stage"),
            By = new Speaker(form.Values["by.agency"], form.Values["by.name"], form.Values.Typed("by.role")),
        };
        var (command, problem) = MoveCommand.Of(context, reading.Case, body);
        return problem is not null ? Again(form, problem) : await CarryOutAsync(context, handler, form, command!);
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
                return Again(form, Problem.Of(refused.Why));
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
            ? $"{now.Stage(closed.Id)} {Wording.StageWords.Closed(closed)}, on {now.Moment(at)}."
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

    private static PageResult Again(MoveForm form, Problem problem)
    {
        // The case may have changed so that the form is not there any more: then the page says why.
        if (form.Offer.WhyNot is not null)
            return Show(form, problem.Status);
        return Show(form.With(form.ErrorsOf(problem.Detail, problem.Errors)), problem.Status);
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

/// <summary>303: what a form did is shown by another page, which can be reloaded.</summary>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
