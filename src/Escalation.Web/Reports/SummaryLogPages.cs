using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Reports;

/// <summary>The agency escalation summary log, a financial year at a time, and its file.</summary>
internal static class SummaryLogPages
{
    /// <summary>Lines on a page; the file has them all.</summary>
    private const int Most = 50;
    private const string AllYears = "all";

    public static void MapSummaryLogPages(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/reports/summary-log", ReadAsync)
            .ForStaff("page: the agency escalation summary log", "a Practitioner its own agency's")
            .AsPage();
        routes
            .MapGet("/reports/summary-log.csv", FileAsync)
            .ForStaff("the agency escalation summary log as a file", "a Practitioner its own agency's")
            .AsPage();
    }

    private static async Task<IResult> ReadAsync(HttpContext context, ICaseQueries queries, RuleBook rules)
    {
        var (asked, refused) = await AskedAsync(context, queries, rules);
        if (asked is null)
            return refused!;
        if (asked.Unknown is not null)
            return new PageResult(
                new Page(400, typeof(SummaryLogPage), await SheetAsync(context, queries, rules, asked, new([], null)))
            );
        var (after, problem) = LogPlace.Asked(context.Request);
        if (problem is not null)
            return problem;
        var lines = await asked.Source.PageAsync(asked.Agency, asked.Year, after, Most, context.RequestAborted);
        return new PageResult(
            new Page(200, typeof(SummaryLogPage), await SheetAsync(context, queries, rules, asked, lines))
        );
    }

    private static async Task<IResult> FileAsync(HttpContext context, ICaseQueries queries, RuleBook rules)
    {
        var (asked, refused) = await AskedAsync(context, queries, rules);
        if (asked is null)
            return refused!;
        return new SummaryLogCsv(
            asked.Source.NameOf(asked.Agency),
            asked.Source.Log(asked.Agency, asked.Year, context.RequestAborted)
        );
    }

    /// <summary>An administrator who named no partnership is asked for one.</summary>
    private static async Task<(LogAsked? Asked, IResult? Refused)> AskedAsync(
        HttpContext context,
        ICaseQueries queries,
        RuleBook rules
    )
    {
        var (caller, query) = (context.Caller(), context.Request.Query);
        var partnership = query["partnership"].ToString() is { Length: > 0 } named ? named : caller.Partnership;
        if (partnership is null)
        {
            var sheet = await SheetAsync(context, queries, rules, null, new([], null));
            return (null, new PageResult(new Page(200, typeof(SummaryLogPage), sheet)));
        }
        if (await ReportSource.OfAsync(context, partnership, queries, rules) is not { } source)
            return (null, KnownPartnership.None);
        var typed = query["agency"].ToString() is { Length: > 0 } one ? one : caller.Agency;
        if (!caller.SpeaksFor(typed))
            return (null, Problem.Of(Codes.Forbidden, "A Practitioner reads its own agency's log."));
        var choices = source.Agencies;
        var agency = typed is null ? null : LongChoice.Find(choices, typed);
        if (caller.IsPractitioner || !LongChoice.IsTyped(choices))
            agency ??= typed;
        var unknown = typed is not null && agency is null ? typed : null;
        return (new LogAsked(source, agency, YearOf(query["year"].ToString(), context), unknown), null);
    }

    /// <summary>What is no year counts as the present one.</summary>
    private static FinancialYear? YearOf(string text, HttpContext context) =>
        text switch
        {
            AllYears => null,
            _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                    && start is >= 2000 and <= 2100 => new FinancialYear(start),
            _ => FinancialYear.Of(context.Arrived()),
        };

    private static async Task<SummaryLogSheet> SheetAsync(
        HttpContext context,
        ICaseQueries queries,
        RuleBook rules,
        LogAsked? asked,
        LogLines lines
    )
    {
        var caller = context.Caller();
        return new SummaryLogSheet
        {
            Partnerships = caller.Partnership is null ? await PartnershipChoices.AllAsync(context, rules) : [],
            Partnership = asked?.Source.Partnership,
            PartnershipName = asked?.Source.Own[0].PartnershipName,
            Agencies = asked is null || caller.IsPractitioner ? [] : asked.Source.Agencies,
            Agency = asked?.Agency,
            Errors = asked?.Unknown is { } unknown
                ? new([new("agency", LongChoice.Unknown(asked.Source.Agencies, unknown, "agency"))])
                : FormErrors.None,
            Typed = asked?.Unknown,
            Years =
            [
                .. await ReportsHome.YearsAsync(context, queries, asked?.Source.Partnership),
                new Choice(AllYears, "All years"),
            ],
            Year = asked?.Year is { } year ? year.Start.ToString(CultureInfo.InvariantCulture) : AllYears,
            Rows = lines.Rows,
            Next = lines.Next,
            IsFirst = context.Request.Query[Paging.CursorName].Count == 0,
            NameOf = asked is null ? static id => id : asked.Source.Rules.Directory.NameOf,
        };
    }

    /// <param name="Unknown">What was typed for an agency that is none.</param>
    private sealed record LogAsked(ReportSource Source, string? Agency, FinancialYear? Year, string? Unknown);
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

    /// <summary>Cursor of the next page; null on the last.</summary>
    public required string? Next { get; init; }
    public required bool IsFirst { get; init; }
    public required FormErrors Errors { get; init; }

    /// <summary>What was typed for an agency that is none; null: nothing was.</summary>
    public required string? Typed { get; init; }
    public required Func<string, string> NameOf { get; init; }
}
