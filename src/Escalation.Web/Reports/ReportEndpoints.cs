using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Web.Api;
using Escalation.Web.Composition;
using Escalation.Web.Partnerships;
using Escalation.Web.Problems;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Reports;

/// <summary>The annual analysis and the agency escalation summary log, JSON or CSV.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/reports/annual", AnnualAsync).ForManagers("the annual analysis, JSON or CSV", "its own partnership")
            .WithName("readAnnualAnalysis").Produces<AnnualAnalysis>(200, "application/json", "text/csv");
        routes.MapGet("/api/reports/summary-log", SummaryLogAsync).ForStaff("the agency escalation summary log, JSON or CSV", "a Practitioner its own agency's")
            .WithName("readSummaryLog").Produces<SummaryLogView>(200, "application/json", "text/csv");
    }

    private static async Task<IResult> AnnualAsync(HttpContext context, ICaseStore store, RuleBook rules)
    {
        var (partnership, problem) = await PartnershipAsync(context, rules);
        if (partnership is null)
            return problem!;
        if (!int.TryParse(context.Request.Query["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var start) || start is < 2000 or > 2100)
            return Problem.Invalid("year", "Required: the year whose 1 April the financial year starts on.");
        var year = new FinancialYear(start);
        var cases = CasesAsync(store, new CaseScan(partnership, year.From, year.To), context.RequestAborted);
        var (policies, calendarOf) = await RulesAsync(context, rules, partnership);
        var analysis = await AnnualAnalysis.OfAsync(partnership, year, cases, policies, calendarOf, context.RequestAborted);
        return Csv.IsAsked(context.Request) ? new AnnualCsv(analysis) : Results.Json(analysis, ApiJson.Default.AnnualAnalysis);
    }

    private static async Task<IResult> SummaryLogAsync(HttpContext context, ICaseStore store, RuleBook rules)
    {
        var (partnership, problem) = await PartnershipAsync(context, rules);
        if (partnership is null)
            return problem!;
        var agency = context.Request.Query["agency"].ToString() is { Length: > 0 } asked ? asked : context.Caller().Agency;
        if (!context.Caller().SpeaksFor(agency))
            return Problem.Of(Codes.Forbidden, "A Practitioner reads its own agency's log.");
        var (policies, calendarOf) = await RulesAsync(context, rules, partnership);
        var cases = CasesAsync(store, new CaseScan(partnership, Agency: agency), context.RequestAborted);
        var rows = SummaryLog.OfAsync(partnership, agency, cases, policies, calendarOf, context.RequestAborted);
        return Csv.IsAsked(context.Request)
            ? new SummaryLogCsv(agency, rows)
            : Results.Json(new SummaryLogView(partnership, agency, await rows.ToListAsync(context.RequestAborted)), ApiJson.Default.SummaryLogView);
    }

    private static async Task<(string? Partnership, Problem? Problem)> PartnershipAsync(HttpContext context, RuleBook rules)
    {
        var asked = context.Request.Query["partnership"].ToString() is { Length: > 0 } text ? text : context.Caller().Partnership;
        if (asked is null)
            return (null, Problem.Invalid("partnership", "Required."));
        return await KnownPartnership.PoliciesAsync(context, rules, asked) is null ? (null, KnownPartnership.None) : (asked, null);
    }

    private static async Task<(PolicyCatalogue Policies, Func<Policy, WorkingCalendar> CalendarOf)> RulesAsync(HttpContext context, RuleBook rules, string partnership)
    {
        var known = await rules.PartnershipAsync(partnership, context.Arrived(), context.RequestAborted);
        return (await rules.PoliciesAsync(context.RequestAborted), known.CalendarFor);
    }

    private static IAsyncEnumerable<CaseDocument> CasesAsync(ICaseStore store, CaseScan scan, CancellationToken cancel) =>
        store.ScanAsync(scan, cancel).Select(DocumentFormat.Read);
}

/// <param name="Agency">Null: of all agencies.</param>
public sealed record SummaryLogView(string Partnership, string? Agency, IReadOnlyList<SummaryLogRow> Items);
