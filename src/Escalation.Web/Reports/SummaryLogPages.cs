using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Reporting;
using Escalation.Web.Composition;
using Escalation.Web.Forms;
using Escalation.Web.Pages;
using Escalation.Web.Partnerships;
using Escalation.Web.Problems;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Reports;

/// <summary>The agency escalation summary log, a financial year at a time, and its file.</summary>
internal static class SummaryLogPages
{
    /// <summary>Lines on a page; the file has them all.</summary>
    public const int Most = 200;
    private const string AllYears = "all";

    public static void MapSummaryLogPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports/summary-log", ReadAsync).ForStaff("page: the agency escalation summary log", "a Practitioner its own agency's").AsPage();
        routes.MapGet("/reports/summary-log.csv", FileAsync).ForStaff("the agency escalation summary log as a file", "a Practitioner its own agency's").AsPage();
    }

    private static async Task<IResult> ReadAsync(HttpContext context, ICaseStore store, RuleBook rules)
    {
        var (asked, refused) = await AskedAsync(context, store, rules);
        if (asked is null)
            return refused!;
        var rows = await asked.Rows(context.RequestAborted).Take(Most + 1).ToListAsync(context.RequestAborted);
        return new PageResult(new Page(200, typeof(SummaryLogPage), await SheetAsync(context, store, rules, asked, rows)));
    }

    private static async Task<IResult> FileAsync(HttpContext context, ICaseStore store, RuleBook rules)
    {
        var (asked, refused) = await AskedAsync(context, store, rules);
        return asked is null ? refused! : new SummaryLogCsv(asked.Agency, asked.Rows(context.RequestAborted));
    }

    /// <summary>An administrator who named no partnership is asked for one.</summary>
    private static async Task<(Asked? Asked, IResult? Refused)> AskedAsync(HttpContext context, ICaseStore store, RuleBook rules)
    {
        var (caller, query) = (context.Caller(), context.Request.Query);
        var partnership = query["partnership"].ToString() is { Length: > 0 } named ? named : caller.Partnership;
        if (partnership is null)
            return (null, new PageResult(new Page(200, typeof(SummaryLogPage), await SheetAsync(context, store, rules, null, []))));
        if (await ReportSource.OfAsync(context, partnership, store, rules) is not { } source)
            return (null, KnownPartnership.None);
        var agency = query["agency"].ToString() is { Length: > 0 } one ? one : caller.Agency;
        if (!caller.SpeaksFor(agency))
            return (null, Problem.Of(Codes.Forbidden, "A Practitioner reads its own agency's log."));
        return (new Asked(source, agency, YearOf(query["year"].ToString(), context)), null);
    }

    /// <summary>What is no year counts as the present one.</summary>
    private static FinancialYear? YearOf(string text, HttpContext context) => text switch
    {
        AllYears => null,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start is >= 2000 and <= 2100 => new FinancialYear(start),
        _ => FinancialYear.Of(context.Arrived()),
    };

    private static async Task<SummaryLogSheet> SheetAsync(HttpContext context, ICaseStore store, RuleBook rules, Asked? asked, IReadOnlyList<SummaryLogRow> rows)
    {
        var caller = context.Caller();
        return new SummaryLogSheet
        {
            Partnerships = caller.Partnership is null ? await ReportsHome.PartnershipsAsync(context, rules) : [],
            Partnership = asked?.Source.Partnership,
            PartnershipName = asked?.Source.Own[0].PartnershipName,
            Agencies = asked is null || caller.IsPractitioner ? [] : [.. asked.Source.Rules.Directory.Agencies.Where(a => a.Id != asked.Source.Partnership).Select(a => new Choice(a.Id, a.Name))],
            Agency = asked?.Agency,
            Years = [.. await ReportsHome.YearsAsync(context, store, asked?.Source.Partnership), new Choice(AllYears, "All years")],
            Year = asked?.Year is { } year ? year.Start.ToString(CultureInfo.InvariantCulture) : AllYears,
            Rows = [.. rows.Take(Most)],
            HasMore = rows.Count > Most,
            NameOf = asked is null ? static id => id : asked.Source.Rules.Directory.NameOf,
        };
    }

    private sealed record Asked(ReportSource Source, string? Agency, FinancialYear? Year)
    {
        public IAsyncEnumerable<SummaryLogRow> Rows(CancellationToken cancel) => Source.Log(Agency, Year, cancel);
    }
}

public sealed record SummaryLogSheet
{
    /// <summary>Empty for a caller who has one.</summary>
    public required IReadOnlyList<Choice> Partnerships { get; init; }

    /// <summary>Null: to be chosen.</summary>
    public required string? Partnership { get; init; }
    public required string? PartnershipName { get; init; }

    /// <summary>To choose from; empty for a Practitioner.</summary>
    public required IReadOnlyList<Choice> Agencies { get; init; }

    /// <summary>Null: all agencies.</summary>
    public required string? Agency { get; init; }
    public required IReadOnlyList<Choice> Years { get; init; }
    public required string Year { get; init; }
    public required IReadOnlyList<SummaryLogRow> Rows { get; init; }
    public required bool HasMore { get; init; }
    public required Func<string, string> NameOf { get; init; }
}
