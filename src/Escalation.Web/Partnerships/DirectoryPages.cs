using System.Globalization;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Pages;
using Escalation.Web.Partnerships.Pages;
using Escalation.Web.Problems;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Partnerships;

/// <summary>The directory as managers see it: <c>/directory</c>.</summary>
internal static class DirectoryPages
{
    private const string Own = "its own partnership";

    public static Problem NoAgency { get; } = Problem.NotFound("There is no such agency in the directory.");

    public static Problem NoContact { get; } = Problem.NotFound("There is no such contact in this agency's entry.");

    public static Page Gone { get; } =
        Page.Message(
            409,
            "This is no longer there",
            "Somebody else removed what this form is about, and nothing of yours was recorded. Open the directory to see it as it is now."
        );

    public static void MapDirectoryPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/directory", ChooseAsync).ForManagers("leads to a partnership's directory", Own).AsPage();
        routes
            .MapGet("/directory/{partnership}", ListAsync)
            .ForManagers("agencies and tiers, gaps, absences", Own)
            .AsPage();
        routes
            .MapGet("/directory/{partnership}/{agency}", AgencyAsync)
            .ForManagers("an agency's contacts, domains, deputies and absences", Own)
            .AsPage();
        routes.MapAgencyForms();
        routes.MapContacts();
        routes.MapTransfer();
        routes.MapFind();
    }

    public static IResult SeeOther(string url) => new SeeOther(url);

    /// <summary>-1, which no entry has, for anything else than a version.</summary>
    public static long VersionOf(FormValues form) =>
        long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    private static Task<IResult> ChooseAsync(HttpContext http, RuleBook rules) =>
        PartnershipChoice.AnswerAsync(http, rules, "Directory", "/directory");

    private static async Task<IResult> ListAsync(HttpContext http, string partnership, RuleBook rules, ICaseStore store)
    {
        if (await OpenedPartnership.FindAsync(http, partnership, rules, store) is not { } where)
            return KnownPartnership.None;
        var (after, problem) = Cursor.Asked(http.Request);
        if (problem is not null)
            return problem;
        var only = http.Request.Query["only"].ToString() is DirectoryView.WithGaps or DirectoryView.WithAbsences
            ? http.Request.Query["only"].ToString()
            : null;
        return new PageResult(
            new Page(200, typeof(DirectoryPage), DirectoryView.Of(where, only, after, DoneWords.Of(http)))
        );
    }

    private static async Task<IResult> AgencyAsync(
        HttpContext http,
        string partnership,
        string agency,
        RuleBook rules,
        ICaseStore store
    )
    {
        if (await OpenedPartnership.FindAsync(http, partnership, rules, store) is not { } where)
            return KnownPartnership.None;
        if (where.Directory.Find(agency) is not { } entry)
            return NoAgency;
        var (after, problem) = Cursor.Asked(http.Request);
        if (problem is not null)
            return problem;
        var asked = http.Request.Query["tier"].ToString();
        var tier = entry.Contacts.Any(c => c.Tiers.Contains(asked)) ? asked : null;
        return new PageResult(
            new Page(200, typeof(AgencyPage), AgencyView.Of(where, entry, tier, after, DoneWords.Of(http)))
        );
    }
}

/// <summary>What was done just before, told on the page that one is led to.</summary>
internal static class DoneWords
{
    public static string? Of(HttpContext http) =>
        http.Request.Query["done"].ToString() switch
        {
            "add" => "The contact was added.",
            "change" => "The contact was changed.",
            "replace" => "The contact was replaced. Links already sent to the one before have lapsed.",
            "remove" => "The contact was removed. Links already sent to them have lapsed.",
            "absences" => "The absences were changed.",
            "agency" => "The agency's entry was changed.",
            "new" => "The agency was added. Add its contacts now.",
            "import" => "The import is done.",
            "amended" =>
                "The day is recorded as not worked. Deadlines that it moves have been moved, and their people are being told.",
            _ => null,
        };
}

/// <summary>Leads a manager to their partnership; an administrator chooses.</summary>
internal static class PartnershipChoice
{
    public static async Task<IResult> AnswerAsync(HttpContext http, RuleBook rules, string title, string path)
    {
        var caller = http.Caller();
        var all = (await rules.PoliciesAsync(http.RequestAborted))
            .All.Where(p => caller.Covers(p.Partnership))
            .DistinctBy(p => p.Partnership)
            .ToList();
        if (
            all.Find(p => p.Partnership == (caller.Partnership ?? http.Request.Query["partnership"].ToString())) is
            { } one
        )
            return Results.Redirect($"{path}/{one.Partnership}");
        if (http.Request.Query["partnership"].ToString().Length > 0)
            return KnownPartnership.None;
        return new PageResult(
            new Page(
                200,
                typeof(ChoosePage),
                new ChooseView(
                    title,
                    [
                        .. all.OrderBy(p => p.PartnershipName, StringComparer.Ordinal)
                            .Select(p => (p.PartnershipName, $"{path}/{p.Partnership}")),
                    ]
                )
            )
        );
    }
}
