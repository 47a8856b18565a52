using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Reports;

/// <summary>The annual analysis and the agency escalation summary log, JSON or CSV.</summary>
internal static class ReportEndpoints
{
    private const int UsualLines = 50,
        MostLines = 200;

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/reports/annual", AnnualAsync)
            .ForManagers(
                "the analysis of a year, a quarter (year, quarter) or days (from, to), "
                    + "JSON (its lessons by limit, cursor; next: the Link header) or CSV",
                "its own partnership"
            )
            .WithName("readAnnualAnalysis")
            .Produces<AnnualAnalysis>(200, "application/json", "text/csv");
        routes
            .MapGet("/api/reports/summary-log", SummaryLogAsync)
            .ForStaff(
                "the agency escalation summary log, JSON (limit, cursor) or CSV",
                "a Practitioner its own agency's"
            )
            .WithName("readSummaryLog")
            .Produces<SummaryLogView>(200, "application/json", "text/csv");
    }

    private static async Task<IResult> AnnualAsync(HttpContext context, ICaseQueries queries, RuleBook rules)
    {
        var (source, problem) = await SourceAsync(context, queries, rules);
        if (source is null)
            return problem!;
        var (period, wrong) = AskedPeriod.Read(ReportSource.Asked(context));
        if (period is null)
            return Problem.Of(
                Codes.Invalid,
                "Some fields need attention.",
                wrong.ToDictionary(e => e.Field, e => new[] { $"{e.Message}." })
            );
        var (paging, refused) = Paging.Read(context.Request, UsualLines, MostLines);
        if (paging is null)
            return refused!;
        var analysis = await source.AnalyseAsync(period, context.RequestAborted);
        if (Csv.IsAsked(context.Request))
            return new AnnualCsv(period, analysis, withLessons: true);
        var lessons = paging.Of(Placed(analysis.Lessons), l => l.Place);
        Paging.Link(context, lessons.Next);
        return Results.Json(
            analysis with
            {
                Lessons = [.. lessons.Items.Select(l => l.Lesson)],
            },
            ApiJson.Default.AnnualAnalysis
        );
    }

    /// <summary>By case, then in the order recorded: a lesson that is added later moves none that was there.</summary>
    private static IEnumerable<(string Place, Lesson Lesson)> Placed(IReadOnlyList<Lesson> lessons) =>
        from ofCase in lessons.GroupBy(l => l.Reference, StringComparer.Ordinal)
        from lesson in ofCase.Index()
        select (string.Create(CultureInfo.InvariantCulture, $"{ofCase.Key} {lesson.Index:D6}"), lesson.Item);

    private static async Task<IResult> SummaryLogAsync(HttpContext context, ICaseQueries queries, RuleBook rules)
    {
        var (source, problem) = await SourceAsync(context, queries, rules);
        if (source is null)
            return problem!;
        var agency = context.Request.Query["agency"].ToString() is { Length: > 0 } asked
            ? asked
            : context.Caller().Agency;
        if (!context.Caller().SpeaksFor(agency))
            return Problem.Of(Codes.Forbidden, "A Practitioner reads its own agency's log.");
        if (Csv.IsAsked(context.Request))
            return new SummaryLogCsv(source.NameOf(agency), source.Log(agency, null, context.RequestAborted));
        var (paging, refused) = Paging.Read(context.Request, UsualLines, MostLines);
        var (after, unreadable) = LogPlace.Asked(context.Request);
        if (paging is null || unreadable is not null)
            return refused ?? unreadable!;
        var lines = await source.PageAsync(agency, null, after, paging.Limit, context.RequestAborted);
        return Results.Json(
            new SummaryLogView(source.Partnership, agency, lines.Rows, lines.Next),
            ApiJson.Default.SummaryLogView
        );
    }

    private static async Task<(ReportSource? Source, Problem? Problem)> SourceAsync(
        HttpContext context,
        ICaseQueries queries,
        RuleBook rules
    )
    {
        var asked = context.Request.Query["partnership"].ToString() is { Length: > 0 } text
            ? text
            : context.Caller().Partnership;
        if (asked is null)
            return (null, Problem.Invalid("partnership", "Required."));
        return await ReportSource.OfAsync(context, asked, queries, rules) is { } source
            ? (source, null)
            : (null, KnownPartnership.None);
    }
}
