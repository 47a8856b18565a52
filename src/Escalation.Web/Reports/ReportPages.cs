using System.Globalization;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Reports;

/// <summary>The annual analysis as a report for a board, with its file.</summary>
internal static class ReportPages
{
    private const int FirstYear = 2000,
        LastYear = 2100;

    public static void MapReportPages(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/reports", HomeAsync)
            .ForStaff("page: the reports there are", "the annual analysis for managers")
            .AsPage();
        routes
            .MapGet("/reports/annual", AnnualAsync)
            .ForManagers("page: the annual analysis as a report", "its own partnership")
            .AsPage();
        routes
            .MapGet("/reports/annual.csv", AnnualFileAsync)
            .ForManagers("the annual analysis as a file", "its own partnership")
            .AsPage();
        routes.MapSummaryLogPages();
    }

    private static async Task<IResult> HomeAsync(HttpContext context, ICaseQueries queries, RuleBook rules) =>
        new PageResult(
            new Page(200, typeof(ReportsPage), await ReportsHome.OfAsync(context, queries, rules, FormErrors.None))
        );

    private static async Task<IResult> AnnualAsync(HttpContext context, ICaseQueries queries, RuleBook rules)
    {
        var (source, year, refused) = await AskedAsync(context, queries, rules);
        if (source is null)
            return refused!;
        var model = new AnnualReport
        {
            Partnership = source.Partnership,
            PartnershipName = source.Own[0].PartnershipName,
            Now = await source.AnalyseAsync(year, context.RequestAborted),
            Before = await source.AnalyseAsync(new FinancialYear(year.Start - 1), context.RequestAborted),
            At = context.Arrived(),
            Calendar = source.Rules.CalendarFor(source.Own[0]),
            NameOf = source.Rules.Directory.NameOf,
        };
        return new PageResult(new Page(200, typeof(AnnualReportPage), model));
    }

    private static async Task<IResult> AnnualFileAsync(HttpContext context, ICaseQueries queries, RuleBook rules)
    {
        var (source, year, refused) = await AskedAsync(context, queries, rules);
        return source is null
            ? refused!
            : new AnnualCsv(
                await source.AnalyseAsync(year, context.RequestAborted),
                withLessons: context.Request.Query["lessons"].ToString() == "true"
            );
    }

    /// <summary>What was asked for, or the form again with what is missing.</summary>
    private static async Task<(ReportSource? Source, FinancialYear Year, IResult? Refused)> AskedAsync(
        HttpContext context,
        ICaseQueries queries,
        RuleBook rules
    )
    {
        var (query, errors) = (context.Request.Query, new List<FieldError>());
        var partnership = query["partnership"].ToString() is { Length: > 0 } asked
            ? asked
            : context.Caller().Partnership;
        if (partnership is null)
            errors.Add(new("partnership", "Select a partnership"));
        if (
            !int.TryParse(query["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            || start is < FirstYear or > LastYear
        )
            errors.Add(new("year", $"Select a financial year; it begins in a year from {FirstYear} to {LastYear}"));
        var source = partnership is null ? null : await ReportSource.OfAsync(context, partnership, queries, rules);
        if (partnership is not null && source is null)
            return (null, default, KnownPartnership.None);
        return errors.Count == 0
            ? (source, new FinancialYear(start), null)
            : (
                null,
                default,
                new PageResult(
                    new Page(
                        400,
                        typeof(ReportsPage),
                        await ReportsHome.OfAsync(context, queries, rules, new FormErrors(errors))
                    )
                )
            );
    }
}
