using Escalation.Core.Cases;
using Escalation.Web.Api;
using Escalation.Web.Composition;
using Escalation.Web.Problems;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Intake;

/// <summary><c>POST /api/escalations</c>.</summary>
internal static class OpeningEndpoint
{
    public static void MapOpening(this IEndpointRouteBuilder routes) => routes.MapPost("/api/escalations", OpenAsync)
        .ForIntakeAndStaff("opens a case", "intake gets the small answer; a Practitioner raises for its own agency")
        .RequireRateLimiting(RateLimitPolicies.Intake)
        .WithName("openCase")
        .Accepts<OpeningBody>("application/json")
        .Produces<OpeningAnswer>(201).Produces<OpeningAnswer>(200).Produces<CaseView>(201);

    private static async Task<IResult> OpenAsync(HttpContext context, CaseHandler handler, RuleBook rules, IntakeDigests digests)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(context, ApiJson.Default.OpeningBody);
        if (body is null)
            return unreadable!;
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        if (body.Policy is null)
            return Problem.Invalid("policy", "Required.");
        if ((await rules.InstalledAsync(cancel)).InForce(body.Policy) is not { } policy)
            return Problem.Invalid("policy", "Not a policy of this installation.");
        if (!caller.Covers(policy.Partnership))
            return Problem.Of(Codes.Forbidden, "This key is for another partnership.");
        if (!caller.SpeaksFor(body.RaisedBy?.Agency))
            return Problem.Of(Codes.Forbidden, "A Practitioner raises a concern for its own agency.");
        if (!TryKey(context.Request, out var key))
            return Problem.Invalid("Idempotency-Key", "1 to 255 printable characters, once.");
        var intakeKey = key is null ? digests.OfBody(caller.Actor, policy.Partnership, body) : digests.OfKey(caller.Actor, policy.Partnership, key);
        var (open, faulty) = OpeningForm.Read(body, caller.Actor, intakeKey);
        if (open is null)
            return faulty!;
        var handled = await handler.OpenAsync(policy.Id, open, key is not null, digests.OfLikeness(open, intakeKey), context.Arrived(), cancel);
        return handled is Handled.Done done ? await AnswerAsync(context, handler, done) : Problem.Of(((Handled.Refused)handled).Why);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, CaseHandler handler, Handled.Done done)
    {
        var (c, caller, now) = (done.Document.Case, context.Caller(), context.Arrived());
        var status = done.Opened ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        if (done.Opened)
            context.Response.Headers.Location = $"/api/escalations/{c.Reference}";
        var rules = await handler.RulesAsync(c, now, context.RequestAborted);
        if (!caller.IsIntake)
            return Results.Json(CaseViews.Of(done.Document, rules, caller, now), ApiJson.Default.CaseView, statusCode: status);
        var answer = new OpeningAnswer(
            c.Reference, c.Status, c.IsOpen ? c.Stage.Id : null, CaseViews.DeadlineOf(c), c.ImminentRisk ? rules.Policy.Urgent.Instruction : null,
            c.IsOpen ? rules.Policy.Find(c.Stage.Id)!.Instruction : null);
        return Results.Json(answer, ApiJson.Default.OpeningAnswer, statusCode: status);
    }

    /// <summary>False for a header that is there and no key.</summary>
    private static bool TryKey(HttpRequest request, out string? key)
    {
        var given = request.Headers["Idempotency-Key"];
        key = given.Count == 0 ? null : given.ToString();
        return key is null || (given.Count == 1 && key.Length is > 0 and <= 255 && key.All(c => c is >= ' ' and <= '~'));
    }
}
