using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Wording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Intake;

/// <summary><c>POST /api/escalations</c>: JSON, a submission of GOV.UK Forms in JSON, or a posted form; the same checks for all.</summary>
internal static class OpeningEndpoint
{
    public static void MapOpening(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/escalations", OpenAsync)
            .ForIntakeAndStaff("opens a case", "intake gets the small answer; a Practitioner raises for its own agency")
            .RequireRateLimiting(RateLimitPolicies.Intake)
            .WithName("openCase")
            .Accepts<OpeningBody>("application/json", PostedForm.MediaType)
            .WithMetadata(new FormKeyScheme.TakesKey())
            .Produces<OpeningAnswer>(201)
            .Produces<OpeningAnswer>(200)
            .Produces<CaseView>(201);

    private static async Task<IResult> OpenAsync(
        HttpContext context,
        CaseHandler handler,
        RuleBook book,
        IntakeDigests digests
    )
    {
        var (caller, now, cancel) = (context.Caller(), context.Arrived(), context.RequestAborted);
        var (sent, unreadable) = await SentOpening.ReadAsync(context);
        if (sent is null)
            return unreadable!;
        if (sent.Policy is null)
            return Problem.Invalid("policy", "Required.");
        if ((await book.InstalledAsync(cancel)).InForce(sent.Policy) is not { } policy)
            return Problem.Invalid("policy", "Not a policy of this installation.");
        if (!caller.Covers(policy.Partnership))
            return Problem.Of(Codes.Forbidden, "This key is for another partnership.");
        var local = await book.PartnershipAsync(policy.Partnership, now, cancel);
        var (body, unread) = sent.Read(new Rules(policy, local.CalendarFor(policy), local.Directory));
        if (body is null)
            return unread!;
        if (!caller.SpeaksFor(body.RaisedBy?.Agency))
            return Problem.Of(Codes.Forbidden, "A Practitioner raises a concern for its own agency.");
        if (!TryKey(context.Request, sent, out var key))
            return Problem.Invalid("Idempotency-Key", "1 to 255 printable characters, once.");
        var (open, faulty) = OpeningForm.Read(body, policy, caller.Actor);
        if (open is null)
            return Problem.Of(faulty!);
        open = open with { IntakeKey = digests.Of(policy.Partnership, open, key) };
        var handled = await handler.OpenAsync(
            policy.Id,
            open,
            key is not null,
            digests.SimilarityKeyOf(open),
            now,
            cancel
        );
        return handled is Handled.Done done
            ? await AnswerAsync(context, handler, done)
            : Problem.Of(((Handled.Refused)handled).Why);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, CaseHandler handler, Handled.Done done)
    {
        var (c, caller, now) = (done.Document.Case, context.Caller(), context.Arrived());
        var status = done.Opened ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        if (done.Opened)
            context.Response.Headers.Location = $"/api/escalations/{c.Reference}";
        var rules = await handler.RulesAsync(c, now, context.RequestAborted);
        var deadline = new ReadableCase(
            done.Document,
            rules.Policy,
            new CaseReader(c.Raising.Agency, Addresses: false)
        ).Deadline;
        if (PostedForm.Is(context.Request) && context.Request.WantsPage())
            return new PageResult(OpenedPage(status, c, deadline, rules));
        if (!caller.IsIntake)
        {
            var seen = await SeenCase.OfAsync(context, handler, done.Document);
            return Results.Json(CaseViews.Of(seen, now), ApiJson.Default.CaseView, statusCode: status);
        }
        var answer = new OpeningAnswer(
            c.Reference,
            c.Status,
            c.IsOpen ? c.Stage.Id : null,
            deadline,
            UrgentOf(c, rules),
            InstructionOf(c, rules)
        );
        return Results.Json(answer, ApiJson.Default.OpeningAnswer, statusCode: status);
    }

    private static string? UrgentOf(Case c, Rules rules) => c.ImminentRisk ? rules.Policy.Urgent.Instruction : null;

    private static string? InstructionOf(Case c, Rules rules) =>
        c.IsOpen ? rules.Policy.Find(c.Stage.Id)!.Instruction : null;

    /// <summary>The small answer, for whoever filled a plain HTML form in.</summary>
    private static Page OpenedPage(int status, Case c, DateTimeOffset? due, Rules rules)
    {
        var deadline = due is { } at ? $"The deadline of this stage is {TimeWords.Moment(rules.Calendar, at)}." : null;
        var reference = $"The reference is {c.Reference}. Keep a note of it.";
        string?[] paragraphs = [UrgentOf(c, rules), reference, deadline, InstructionOf(c, rules)];
        return Page.Message(status, "Concern raised", [.. paragraphs.OfType<string>()]);
    }

    /// <summary>The header's, else what came with the opening; null: none. False for one that is there and no key.</summary>
    private static bool TryKey(HttpRequest request, SentOpening sent, out string? key)
    {
        var given = request.Headers["Idempotency-Key"];
        key = given.Count == 0 ? sent.Key : given.ToString();
        return key is null
            || (given.Count <= 1 && key.Length is > 0 and <= 255 && key.All(c => c is >= ' ' and <= '~'));
    }
}
