using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Composition;
using Escalation.Web.Forms;
using Escalation.Web.Pages;
using Escalation.Web.Problems;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Policies;

/// <summary>The procedures for people: what each is for, its ladder with where every rule stands, and its clock run on paper.</summary>
internal static class PolicyPages
{
    private static readonly Problem None = Problem.NotFound("There is no such procedure. The list of procedures shows those there are.");

    public static void MapPolicyPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/policies", ListAsync).ForStaff("page: the procedures").AsPage();
        routes.MapGet("/policies/{id}", ReadAsync).ForStaff("page: one procedure, its ladder and rules").AsPage();
        routes.MapGet("/policies/{id}/document", DocumentAsync).ForStaff("one procedure's policy document as a file").AsPage();
        routes.MapGet("/policies/{id}/simulator", SimulateAsync).ForStaff("page: its deadlines if nobody answers").AsPage();
    }

    private static async Task<IResult> ListAsync(HttpContext context, RuleBook rules)
    {
        var own = context.Caller().Partnership;
        var partnerships = (await rules.PoliciesAsync(context.RequestAborted)).All.GroupBy(p => p.Partnership, StringComparer.Ordinal)
            .OrderByDescending(g => g.Key == own).ThenBy(g => g.First().PartnershipName, StringComparer.Ordinal);
        return new PageResult(new Page(200, typeof(PolicyListPage), new PolicyList([.. partnerships.Select(g => (IReadOnlyList<Policy>)[.. g])])));
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string id, RuleBook rules)
    {
        if (await FindAsync(context, id, rules) is not { } policy)
            return None;
        var current = (await rules.PoliciesAsync(context.RequestAborted)).Find(id)!;
        var directory = (await rules.PartnershipAsync(policy.Partnership, context.Arrived(), context.RequestAborted)).Directory;
        return new PageResult(new Page(200, typeof(PolicyPage), new PolicySheet(policy, current, directory.NameOf)));
    }

    /// <summary>The bytes whose hash a case is pinned to.</summary>
    private static async Task<IResult> DocumentAsync(HttpContext context, string id, RuleBook rules)
    {
        if (await FindAsync(context, id, rules) is not { } policy)
            return None;
        var catalogue = await rules.PoliciesAsync(context.RequestAborted);
        return Results.Bytes(catalogue.DocumentOf(policy), "application/json", $"{policy.Id}-{policy.Version}.json");
    }

    private static async Task<IResult> SimulateAsync(HttpContext context, string id, RuleBook rules)
    {
        if ((await rules.PoliciesAsync(context.RequestAborted)).Find(id) is not { } policy)
            return None;
        var now = context.Arrived();
        var known = (await rules.PartnershipAsync(policy.Partnership, now, context.RequestAborted)).CalendarFor(policy);
        var question = SimulatorQuestion.Read(new FormValues(context.Request.Query.ToDictionary(q => q.Key, q => string.Join('\n', q.Value.ToArray()))), known, now);
        var model = new SimulatorSheet(policy, question, question.Ask(policy, known), question.Ask(policy, known, withHolidays: false));
        return new PageResult(new Page(question.Errors.Any ? 400 : 200, typeof(SimulatorPage), model));
    }

    /// <summary>The version in force, or the one that <c>hash</c> names: a case may be pinned to an older one.</summary>
    private static async Task<Policy?> FindAsync(HttpContext context, string id, RuleBook rules)
    {
        var catalogue = await rules.PoliciesAsync(context.RequestAborted);
        var hash = context.Request.Query["hash"].ToString();
        return hash.Length == 0 ? catalogue.Find(id) : catalogue.FindByHash(hash) is { } pinned && pinned.Id == id ? pinned : null;
    }
}

/// <summary>The policies by partnership.</summary>
public sealed record PolicyList(IReadOnlyList<IReadOnlyList<Policy>> Partnerships);

/// <param name="Current">The version that new cases are opened under.</param>
/// <param name="NameOf">An agency's name in the directory.</param>
public sealed record PolicySheet(Policy Policy, Policy Current, Func<string, string> NameOf)
{
    public bool IsCurrent => Policy.Hash == Current.Hash;
}

/// <param name="Result">Null: the question has errors.</param>
/// <param name="Without">The same without the days asked about.</param>
public sealed record SimulatorSheet(Policy Policy, SimulatorQuestion Question, Simulation? Result, Simulation? Without);
