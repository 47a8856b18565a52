using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Tracking;

/// <summary>The tracker as pages: <c>/tracker</c>, its file, and the calendar of what falls due.</summary>
internal static class TrackerPages
{
    private const string Scope = "a BusinessManager its partnership; a Practitioner its agency's cases";

    public static void MapTrackerPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(TrackerAsked.Path, ListAsync).ForStaff("the tracker as a page", Scope).AsPage();
        routes.MapGet(TrackerAsked.Csv, CsvAsync).ForStaff("the same as a file", Scope).AsPage();
        routes
            .MapGet(TrackerAsked.Calendar, DueCalendar.ShowAsync)
            .ForStaff("what falls due in a month", Scope)
            .AsPage();
    }

    private static async Task<IResult> ListAsync(HttpContext context, ICaseQueries queries, RuleBook book)
    {
        var (asked, caller, now, cancel) = (
            TrackerAsked.Of(context),
            context.Caller(),
            context.Arrived(),
            context.RequestAborted
        );
        var (query, problem) = asked.Read(caller, now);
        if (problem is { Code: not Codes.Invalid })
            return problem;
        var rules = await TrackerRules.OfAsync(book, caller.Partnership, now, cancel);
        var filters = TrackerFilters.Of(asked, caller, rules);
        if (filters.AgencyOf(asked) is { } agency && agency != asked.Values["agency"])
            return new SeeOther(asked.With("agency", agency).Url(TrackerAsked.Path));
        if (filters.IsUnknown(asked))
            return Wrong(asked, filters, caller, ["agency"]);
        if (query is null)
            return Wrong(asked, filters, caller, [.. problem!.Errors!.Keys]);
        if (await PageAsync(queries, query, caller, cancel) is not { } page)
            return Wrong(asked, filters, caller, ["cursor"]);
        var lines = page.Rows.Select(row => CaseLine.Of(row, rules, now)).ToList();
        var (isFirst, isLast) = (query.Cursor is null, page.Next is null);
        var groups =
            query.Sort == TrackerSort.Raised
                ? CaseGroup.OfAll(lines, isFirst && isLast)
                : CaseGroup.Of(lines, isFirst, isLast);
        var failed =
            caller.IsManager && isFirst ? (await queries.CountsAsync(query.Partnership, now, cancel)).Failed : 0;
        return Show(
            200,
            new TrackerSheet(
                asked,
                filters,
                FormErrors.None,
                groups,
                page.Next is null ? null : asked.Url(TrackerAsked.Path, page.Next),
                failed,
                caller.IsPractitioner
            )
        );
    }

    private static async Task<IResult> CsvAsync(HttpContext context, ICaseQueries queries)
    {
        var (query, problem) = TrackerAsked.Of(context).Read(context.Caller(), context.Arrived());
        if (query is null)
            return problem!;
        return await PageAsync(queries, query, context.Caller(), context.RequestAborted) is { } page
            ? TrackerCsv.Of(queries, query, context.Caller(), page, context.RequestAborted)
            : Problem.Invalid("cursor", "Not a cursor of this list.");
    }

    /// <summary>Null: the cursor is none of this list.</summary>
    private static async Task<RowPage?> PageAsync(
        ICaseQueries queries,
        TrackerQuery query,
        Caller caller,
        CancellationToken cancel
    )
    {
        try
        {
            return await TrackerRows.PageAsync(queries, query, caller, cancel);
        }
        catch (ArgumentException e) when (e.ParamName == "cursor")
        {
            return null;
        }
    }

    private static PageResult Wrong(
        TrackerAsked asked,
        TrackerFilters filters,
        Caller caller,
        IReadOnlyList<string> fields
    ) =>
        Show(
            400,
            new TrackerSheet(
                asked,
                filters,
                new FormErrors([.. fields.Select(f => filters.Fault(f, asked.Values[f]))]),
                [],
                null,
                0,
                caller.IsPractitioner
            )
        );

    private static PageResult Show(int status, TrackerSheet sheet) => new(new Page(status, typeof(TrackerList), sheet));
}
