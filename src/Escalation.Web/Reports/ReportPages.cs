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
        routes.MapRegisterPages();
    }

    private static async Task<IResult> HomeAsync(HttpContext context, ICaseQueries queries, RuleBook rules) =>
        new PageResult(
            new Page(200, typeof(ReportsPage), await ReportsHome.OfAsync(context, queries, rules, FormErrors.None))
        );

    private static async Task<IResult> AnnualAsync(HttpContext context, ICaseQueries queries, RuleBook rules)
    {
        var (source, period, refused) = await AskedAsync(context, queries, rules);
        if (source is null || period is null)
            return refused!;
        var model = new AnnualReport
        {
            Partnership = source.Partnership,
            PartnershipName = source.Own[0].PartnershipName,
            Period = period,
            Now = await source.AnalyseAsync(period, context.RequestAborted),
            Before = await source.AnalyseAsync(period.Before, context.RequestAborted),
            YearBefore = period.YearBefore is { } earlier
                ? await source.AnalyseAsync(earlier, context.RequestAborted)
                : null,
            At = source.At,
            Calendar = source.Rules.CalendarFor(source.Own[0]),
            NameOf = source.Rules.Directory.NameOf,
        };
        return new PageResult(new Page(200, typeof(AnnualReportPage), model));
    }

    private static async Task<IResult> AnnualFileAsync(HttpContext context, ICaseQueries queries, RuleBook rules)
    {
        var (source, period, refused) = await AskedAsync(context, queries, rules);
        return source is null || period is null
            ? refused!
            : new AnnualCsv(
                period,
                await source.AnalyseAsync(period, context.RequestAborted),
                withLessons: context.Request.Query["lessons"].ToString() == "true"
            );
    }

    /// <summary>What was asked for, or the form again with what is missing.</summary>
    private static async Task<(ReportSource? Source, ReportPeriod? Period, IResult? Refused)> AskedAsync(
        HttpContext context,
        ICaseQueries queries,
        RuleBook rules
    )
    {
        var values = ReportSource.Asked(context);
        var partnership = values.Typed("partnership") ?? context.Caller().Partnership;
        var (period, wrong) = AskedPeriod.Read(values);
        var errors = new List<FieldError>(wrong);
        if (partnership is null)
        {
            var form = AskedPeriod.HasDays(values) ? ReportsHome.DaysPrefix : "";
            errors.Insert(0, new($"{form}partnership", "Select a partnership"));
        }
        var source = partnership is null ? null : await ReportSource.OfAsync(context, partnership, queries, rules);
        if (partnership is not null && source is null)
            return (null, null, KnownPartnership.None);
        if (errors.Count == 0)
            return (source, period, null);
        var home = await ReportsHome.OfAsync(context, queries, rules, new FormErrors(errors));
        return (null, null, new PageResult(new Page(400, typeof(ReportsPage), home)));
    }
}
