using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Partnerships.Pages;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Partnerships;

/// <summary>What a search of the directory found.</summary>
/// <param name="Agencies">By name; those that are shown.</param>
/// <param name="People">By agency and name; those that are shown.</param>
/// <param name="MoreAgencies">How many more there are.</param>
/// <param name="MorePeople">How many more there are.</param>
public sealed record FoundView(
    OpenedPartnership Where,
    string Text,
    FormErrors Errors,
    IReadOnlyList<Agency> Agencies,
    int MoreAgencies,
    IReadOnlyList<(Agency Agency, Contact Contact)> People,
    int MorePeople
)
{
    private const int Most = 50;

    public bool IsSearched => Text.Length > 0 && !Errors.Any;

    internal static FoundView Nothing(OpenedPartnership where, string text, FormErrors errors) =>
        new(where, text, errors, [], 0, [], 0);

    internal static FoundView Of(OpenedPartnership where, string text)
    {
        var all = where.Directory.Agencies.OrderBy(DirectoryPlaces.Of, StringComparer.Ordinal).ToList();
        var agencies = all.Where(a => DirectoryPlaces.IsLike(a, text)).ToList();
        var people = all.SelectMany(a => a.Contacts.Where(c => DirectoryPlaces.IsLike(c, text)).Select(c => (a, c)))
            .ToList();
        return new FoundView(
            where,
            text,
            FormErrors.None,
            [.. agencies.Take(Most)],
            Math.Max(0, agencies.Count - Most),
            [.. people.Take(Most)],
            Math.Max(0, people.Count - Most)
        );
    }
}

/// <summary>
/// Looks for agencies and people of a directory. What is typed may be a person's name: it is sent as a form, and stands in no address.
/// </summary>
internal static class FindPages
{
    private const int MostTyped = 100;

    public static void MapFind(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/directory/{partnership}/find", SendAsync)
            .ForManagers("agencies and people of the directory by a part of their names", "its own partnership")
            .AsPage();

    private static async Task<IResult> SendAsync(HttpContext http, string partnership, RuleBook rules, IRecords records)
    {
        var (form, refused) = await SentForm.ReadAsync(http);
        if (form is null)
            return new PageResult(refused!);
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        var text = form["q"];
        if (FaultOf(text) is { } fault)
            return PageOf(400, FoundView.Nothing(where, text, new([new("q", fault)])));
        return PageOf(200, FoundView.Of(where, text));
    }

    private static string? FaultOf(string text) =>
        text.Length switch
        {
            0 => "Enter a part of a name, an email address or a mail domain",
            > MostTyped => $"Search must be {MostTyped} characters or fewer",
            _ => null,
        };

    private static PageResult PageOf(int status, FoundView view) => new(new Page(status, typeof(FoundPage), view));
}
