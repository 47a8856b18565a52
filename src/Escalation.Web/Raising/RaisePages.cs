using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Raising;

/// <summary>
/// Raising a concern: <c>/raise</c> chooses the procedure, <c>/raise/{policy}</c> asks, and
/// <c>/raise/{policy}?opened={reference}</c> says what was opened.
/// </summary>
internal static class RaisePages
{
    private const string Scope = "a BusinessManager its partnership; a Practitioner for its own agency";

    public static void MapRaisePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/raise", ChooseAsync).ForStaff("chooses the procedure to raise a concern under", Scope).AsPage();
        routes
            .MapGet("/raise/{policy}", StartAsync)
            .ForStaff("the form that opens a case; opened=reference: what was opened, and what happens next", Scope)
            .AsPage();
        routes
            .MapPost("/raise/{policy}", SubmitAsync)
            .ForStaff("takes the form's steps, and opens the case", Scope)
            .AsPage()
            .RequireRateLimiting(RateLimitPolicies.Intake);
    }

    private static async Task<IResult> ChooseAsync(HttpContext context, RuleBook rules)
    {
        var caller = context.Caller();
        var policies = (await rules.PoliciesAsync(context.RequestAborted))
            .All.Where(p => caller.Covers(p.Partnership))
            .ToList();
        if (policies is [var only])
            return Results.Redirect($"/raise/{only.Id}");
        return new PageResult(
            new Page(
                200,
                typeof(RaiseChoosePage),
                new RaiseChoice([
                    .. policies
                        .GroupBy(p => p.PartnershipName)
                        .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
                        .Select(g => (g.Key, (IReadOnlyList<Policy>)[.. g])),
                ])
            )
        );
    }

    private static async Task<IResult> StartAsync(
        HttpContext context,
        string policy,
        string? opened,
        string? step,
        string? draft,
        RuleBook rules,
        CaseHandler handler,
        RaiseService service,
        Drafts drafts
    )
    {
        if (opened is not null)
            return await OpenedAsync(context, policy, opened, handler);
        var (found, refused) = await FindAsync(context, policy, rules);
        if (found is null)
            return refused!;
        if (await Steps(context, found, drafts).TypedAsync(step, draft) is not { } typed)
            return new PageResult(new Page(200, typeof(RaiseQuestionsPage), RaiseQuestions.Empty(found)));
        if (step is null)
            return new PageResult(RaiseQuestions.Kept(found, typed));
        return await AnswerAsync(context, found, typed.With(RaiseForm.Step, step), mayOpen: false, rules, service);
    }

    private static SteppedForm Steps(HttpContext context, Policy policy, Drafts drafts) =>
        new(context, drafts, context.Caller().Actor, $"/raise/{policy.Id}");

    private static async Task<IResult> SubmitAsync(
        HttpContext context,
        string policy,
        RuleBook rules,
        RaiseService service,
        Drafts drafts
    )
    {
        var (found, refused) = await FindAsync(context, policy, rules);
        if (found is null)
            return refused!;
        var (sent, unreadable) = await SentForm.ReadAsync(context);
        if (sent is null)
            return new PageResult(unreadable!);
        var steps = Steps(context, found, drafts);
        var step = sent.Typed(RaiseForm.Step) ?? FormSteps.Check;
        var id = sent[RaiseForm.Key];
        if (step != RaiseForm.Open && await steps.KeepAsync(sent, step, id) is { } next)
            return next;
        var answer = await AnswerAsync(context, found, sent, mayOpen: true, rules, service);
        if (answer is SeeOther)
            await steps.RecordedAsync(id);
        return answer;
    }

    /// <summary>What a step of the form comes to: a page, or the way to the case that was opened.</summary>
    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        Policy found,
        FormValues sent,
        bool mayOpen,
        RuleBook rules,
        RaiseService service
    )
    {
        if (RaiseQuestions.Ask(found, sent) is { } first)
            return new PageResult(first);
        var (caller, now, cancel) = (context.Caller(), context.Arrived(), context.RequestAborted);
        var values = FormRows.Compact(caller.IsPractitioner ? sent.With("raisedBy.agency", caller.Agency ?? "") : sent);
        var form = new RaiseForm((await rules.ForPolicyAsync(found.Id, now, cancel))!, caller, values, FormErrors.None);
        var (page, to) = await service.SubmitAsync(form, mayOpen, now, cancel);
        return page is null ? new SeeOther(to!) : new PageResult(page);
    }

    private static async Task<IResult> OpenedAsync(
        HttpContext context,
        string policy,
        string reference,
        CaseHandler handler
    ) =>
        await SeenCase.FindAsync(context, handler, reference) is { } seen && seen.Case.Policy.Id == policy
            ? new PageResult(new Page(200, typeof(RaiseOpenedPage), OpenedSheet.Of(seen, context.Arrived())))
            : SeenCase.None;

    private static async Task<(Policy? Policy, Problem? Refused)> FindAsync(
        HttpContext context,
        string policy,
        RuleBook rules
    )
    {
        if ((await rules.InstalledAsync(context.RequestAborted)).InForce(policy) is not { } found)
            return (null, Problem.NotFound("There is no such procedure."));
        return context.Caller().Covers(found.Partnership)
            ? (found, null)
            : (null, Problem.Of(Codes.Forbidden, "You belong to another partnership."));
    }
}

/// <summary>The procedures a caller may raise a concern under.</summary>
public sealed record RaiseChoice(IReadOnlyList<(string Partnership, IReadOnlyList<Policy> Policies)> Partnerships);
