using System.Text.Json.Serialization.Metadata;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Escalations;

/// <summary>The moves: <c>POST /api/escalations/{reference}/…</c>.</summary>
internal static class MoveEndpoints
{
    private const string OwnAgency = "a Practitioner in its agency's name only";

    public static void MapMoves(this IEndpointRouteBuilder routes)
    {
        var api = ApiJson.Default;
        routes.MapMove("outcomes", "recordOutcome", api.OutcomeBody).ForStaff("records a stage's outcome", OwnAgency);
        routes
            .MapMove("adopt", "adoptLateResponse", api.AdoptBody)
            .ForStaff("makes a late response the present stage's outcome", OwnAgency);
        routes.MapMove("confirm", "confirmOutcome", api.ConfirmBody).ForStaff("confirms a recorded outcome", OwnAgency);
        routes
            .MapMove("dispute", "disputeOutcome", api.DisputeBody)
            .ForStaff("says that an outcome was not agreed", OwnAgency);
        routes.MapMove("skip", "skipStages", api.SkipBody).ForStaff("goes to a later stage", OwnAgency);
        routes
            .MapMove("dates", "setDate", api.SetDateBody)
            .ForStaff("sets a day that the procedure's limits run to or count from", OwnAgency);
        routes.MapMove("hold", "placeHold", api.HoldBody).ForStaff("holds the clock (Stop and Review)", OwnAgency);
        routes.MapMove("resume", "resume", api.ResumeBody).ForStaff("ends the hold", OwnAgency);
        routes.MapMove("withdraw", "withdraw", api.WithdrawBody).ForStaff("withdraws the escalation", OwnAgency);
        routes.MapMove("notes", "addNote", api.NoteBody).ForStaff("adds a note", OwnAgency);
        routes
            .MapMove("contact-made", "contactMade", api.ContactMadeBody)
            .ForStaff("quiets the stage's reminders but the last; the clock goes on", OwnAgency);
        routes.MapMove("urgent", "raiseUrgent", api.UrgentBody).ForStaff("reports imminent risk", OwnAgency);
        routes
            .MapMove("hand-over", "handOver", api.HandOverBody)
            .ForStaff("hands the matter to a colleague of the same agency", OwnAgency);
        routes
            .MapMove("send-again", "sendAgain", api.SendAgainBody)
            .ForStaff("sends the present stage's emails again", OwnAgency);
        routes
            .MapMove("contacts/change", "changeContact", api.ChangeContactBody)
            .ForManagers("puts another person in a contact's place, or fills a gap");
        routes
            .MapMove("contacts/accept", "acceptContact", api.AcceptContactBody)
            .ForManagers("accepts an address outside its agency's domains");
        routes
            .MapMove("legal-hold", "legalHold", api.LegalHoldBody)
            .ForManagers("keeps the case from retention, or lets it go");
        routes
            .MapMove("partnership-review", "partnershipReview", api.PartnershipReviewBody)
            .ForManagers("records the business manager's part of the form");
        routes
            .MapMove(
                "duties/{duty}/complete",
                "completeDuty",
                api.CompleteDutyBody,
                (context, body) => body with { Duty = context.GetRouteValue("duty") as string ?? "" }
            )
            .ForStaff(
                "records that a duty is done",
                "a Practitioner only its agency's, or where its agency keeps the record"
            );
    }

    private static RouteHandlerBuilder MapMove<T>(
        this IEndpointRouteBuilder routes,
        string path,
        string name,
        JsonTypeInfo<T> type,
        Func<HttpContext, T, T>? complete = null
    )
        where T : MoveBody =>
        routes
            .MapPost(
                $"/api/escalations/{{reference}}/{path}",
                (HttpContext context, string reference, CaseHandler handler) =>
                    MoveAsync(context, reference, handler, type, complete)
            )
            .WithName(name)
            .Accepts<T>("application/json")
            .Produces<CaseView>();

    private static async Task<IResult> MoveAsync<T>(
        HttpContext context,
        string reference,
        CaseHandler handler,
        JsonTypeInfo<T> type,
        Func<HttpContext, T, T>? complete
    )
        where T : MoveBody
    {
        if (await SeenCase.FindAsync(context, handler, reference) is not { } seen)
            return SeenCase.None;
        var (body, unreadable) = await JsonBody.ReadAsync(context, type);
        if (body is null)
            return unreadable!;
        var (command, refusal) = MoveCommand.Of(context, seen.Case, complete?.Invoke(context, body) ?? body);
        return refusal is not null
            ? Problem.Of(refusal)
            : await MoveAnswer.CarryOutAsync(context, handler, seen.Case.Reference, command!);
    }
}
