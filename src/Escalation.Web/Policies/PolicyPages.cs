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

namespace Escalation.Web.Policies;

/// <summary>The procedures for people: what each is for, its ladder with where every rule stands, and its clock run on paper.</summary>
internal static class PolicyPages
{
    /// <summary>Procedures, and versions of one, on a page.</summary>
    private const int MostListed = 50,
        MostVersions = 50;

    private static readonly Page TooLarge = Page.Message(
        413,
        "This file is too large",
        $"A policy document is {OwnPolicyDocument.MostBytes / 1024} KB at the most. Nothing was stored."
    );
    private static readonly Problem None = Problem.NotFound(
        "There is no such procedure. The list of procedures shows those there are."
    );

    public static void MapPolicyPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/policies", ListAsync).ForStaff("page: the procedures").AsPage();
        routes
            .MapGet("/policies/add", ShowAdd)
            .ForAdministrators("a form that takes a partnership's own policy document")
            .AsPage();
        routes
            .MapPost("/policies/add", SendAddAsync)
            .ForAdministrators("checks a policy document, or stores it")
            .AsPage();
        routes.MapGet("/policies/{id}", ReadAsync).ForStaff("page: one procedure, its ladder and rules").AsPage();
        routes
            .MapGet("/policies/{id}/document", DocumentAsync)
            .ForStaff("one procedure's policy document as a file")
            .AsPage();
        routes
            .MapGet("/policies/{id}/simulator", SimulateAsync)
            .ForStaff("page: its deadlines if nobody answers")
            .AsPage();
    }

    private static async Task<IResult> ListAsync(HttpContext context, RuleBook rules)
    {
        var (after, problem) = Cursor.Asked(context.Request);
        if (problem is not null)
            return problem;
        var own = context.Caller().Partnership;
        var page = new Paging(after, MostListed).Of(
            (await rules.PoliciesAsync(context.RequestAborted)).All,
            p => PlaceOf(p, own)
        );
        var partnerships = page.Items.GroupBy(p => p.Partnership, StringComparer.Ordinal);
        var mayAdd = context.Caller().Role == Roles.Administrator;
        var list = new PolicyList(
            [.. partnerships.Select(g => (IReadOnlyList<Policy>)[.. g])],
            mayAdd,
            after is null,
            page.Next
        );
        return new PageResult(new Page(200, typeof(PolicyListPage), list));
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string id, RuleBook rules)
    {
        if (await FindAsync(context, id, rules) is not { } policy)
            return None;
        var installed = await rules.InstalledAsync(context.RequestAborted);
        var (after, problem) = Cursor.Asked(context.Request);
        if (problem is not null)
            return problem;
        var current = installed.Catalogue.Find(id) ?? policy;
        var versions = PolicyVersionView.Of(policy, installed, context.Caller(), new Paging(after, MostVersions));
        var directory = (
            await rules.PartnershipAsync(policy.Partnership, context.Arrived(), context.RequestAborted)
        ).Directory;
        var isStored = context.Request.Query["done"] == "add";
        var sheet = new PolicySheet(policy, current, directory.NameOf, versions, after is null, isStored);
        return new PageResult(new Page(200, typeof(PolicyPage), sheet));
    }

    /// <summary>The caller's own partnership first, then by the partnerships' names.</summary>
    private static string PlaceOf(Policy policy, string? own) =>
        string.Join('\n', policy.Partnership == own ? '0' : '1', policy.PartnershipName, policy.Partnership, policy.Id);

    /// <summary>The bytes whose hash a case is pinned to.</summary>
    private static async Task<IResult> DocumentAsync(HttpContext context, string id, RuleBook rules)
    {
        if (await FindAsync(context, id, rules) is not { } policy)
            return None;
        return Results.Bytes(PolicyDocument.BytesOf(policy), "application/json", $"{policy.Id}-{policy.Version}.json");
    }

    private static async Task<IResult> SimulateAsync(HttpContext context, string id, RuleBook rules)
    {
        if ((await rules.InstalledAsync(context.RequestAborted)).InForce(id) is not { } policy)
            return None;
        var now = context.Arrived();
        var known = (await rules.PartnershipAsync(policy.Partnership, now, context.RequestAborted)).CalendarFor(policy);
        var question = SimulatorQuestion.Read(
            new FormValues(context.Request.Query.ToDictionary(q => q.Key, q => string.Join('\n', q.Value.ToArray()))),
            known,
            now
        );
        var model = new SimulatorSheet(
            policy,
            question,
            question.Ask(policy, known),
            question.Ask(policy, known, withHolidays: false)
        );
        return new PageResult(new Page(question.Errors.Any ? 400 : 200, typeof(SimulatorPage), model));
    }

    /// <summary>The version in force, or the one that <c>hash</c> names: a case may be pinned to an older one.</summary>
    private static async Task<Policy?> FindAsync(HttpContext context, string id, RuleBook rules)
    {
        var installed = await rules.InstalledAsync(context.RequestAborted);
        var hash = context.Request.Query["hash"].ToString();
        if (hash.Length == 0)
            return installed.InForce(id);
        return installed.Catalogue.FindByHash(hash) is { } pinned && pinned.Id == id ? pinned : null;
    }

    private static IResult ShowAdd() => AddForm(200, FormErrors.None);

    private static async Task<IResult> SendAddAsync(HttpContext context, PolicyService service)
    {
        var (form, file, refused) = await SentUpload.ReadAsync(context, TooLarge);
        if (form is null)
            return new PageResult(refused!);
        if (file is null)
            return AddForm(400, new([new("file", "Choose a policy document")]));
        var (policy, faulty) = PolicyService.Read(file, null);
        if (policy is null)
            return AddForm(faulty!.Status, ErrorsOf(faulty));
        var (caller, now) = (context.Caller(), context.Arrived());
        if (form["step"] != "store")
            return await service.CheckAsync(policy, context.RequestAborted) is { } clash
                ? AddForm(clash.Status, ErrorsOf(clash))
                : AddForm(200, FormErrors.None, policy);
        var (stored, problem) = await service.StoreAsync(policy, null, caller, now);
        return stored is null
            ? AddForm(problem!.Status, ErrorsOf(problem))
            : new SeeOther($"/policies/{policy.Id}?hash={policy.Hash}&done=add");
    }

    private static PageResult AddForm(int status, FormErrors errors, Policy? found = null) =>
        new(new Page(status, typeof(AddPolicyPage), new AddPolicySheet(errors, found)));

    private static FormErrors ErrorsOf(Problem problem) =>
        new([
            .. from field in problem.Errors ?? new Dictionary<string, string[]>()
            from words in field.Value
            select new FieldError("file", $"{field.Key} {words}"),
        ]);
}

/// <summary>The policies by partnership.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record PolicyList(
    IReadOnlyList<IReadOnlyList<Policy>> Partnerships,
    bool MayAdd,
    bool IsFirst,
    string? Next
);

/// <param name="Current">The version that new cases are opened under.</param>
/// <param name="NameOf">An agency's name in the directory.</param>
/// <param name="Versions">The one in force first.</param>
/// <param name="IsFirst">True: the first versions, not later ones.</param>
/// <param name="IsStored">It was stored just now.</param>
public sealed record PolicySheet(
    Policy Policy,
    Policy Current,
    Func<string, string> NameOf,
    ListPage<PolicyVersionView> Versions,
    bool IsFirst,
    bool IsStored
)
{
    public bool IsCurrent => Policy.Hash == Current.Hash;
}

/// <param name="Result">Null: the question has errors.</param>
/// <param name="Without">The same without the days asked about.</param>
public sealed record SimulatorSheet(Policy Policy, SimulatorQuestion Question, Simulation? Result, Simulation? Without);

/// <param name="Found">A document that was checked and has no faults; null: none was.</param>
public sealed record AddPolicySheet(FormErrors Errors, Policy? Found);
