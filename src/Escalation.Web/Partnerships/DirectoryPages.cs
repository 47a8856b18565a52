using System.Globalization;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Partnerships.Pages;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
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

    private static async Task<IResult> ListAsync(HttpContext http, string partnership, RuleBook rules, IRecords records)
    {
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
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
        IRecords records
    )
    {
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
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
