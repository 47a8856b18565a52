using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Partnerships;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Reports;

/// <summary>What a partnership's reports are made from. The API, the pages and the files tell the same figures.</summary>
/// <param name="Policies">Every version at hand: a case is measured by the one it was opened under.</param>
/// <param name="Own">The partnership's present ones, at least one.</param>
/// <param name="At">The instant up to which they are counted.</param>
internal sealed record ReportSource(
    ICaseQueries Queries,
    string Partnership,
    PolicyCatalogue Policies,
    IReadOnlyList<Policy> Own,
    PartnershipRules Rules,
    DateTimeOffset At
)
{
    /// <summary>Null: there is no such partnership for this caller.</summary>
    public static async Task<ReportSource?> OfAsync(
        HttpContext context,
        string partnership,
        ICaseQueries queries,
        RuleBook rules
    )
    {
        if (await KnownPartnership.PoliciesAsync(context, rules, partnership) is not { } own)
            return null;
        var at = context.Arrived();
        var known = await rules.PartnershipAsync(partnership, at, context.RequestAborted);
        var policies = await rules.EveryPolicyAsync(context.RequestAborted);
        return new ReportSource(queries, partnership, policies, own, known, at);
    }

    /// <summary>The question in a report's address.</summary>
    public static FormValues Asked(HttpContext context) =>
        new(context.Request.Query.ToDictionary(p => p.Key, p => p.Value.ToString()));

    public Task<AnnualAnalysis> AnalyseAsync(ReportPeriod period, CancellationToken cancel) =>
        AnnualAnalysis.OfAsync(
            Partnership,
            period,
            Cases(new CaseScan(Partnership, period.From, period.To), cancel),
            Policies,
            Rules.CalendarFor,
            At,
            cancel
        );

    /// <param name="agency">Null: of all agencies.</param>
    /// <param name="year">Null: of all years.</param>
    public IAsyncEnumerable<SummaryLogRow> Log(string? agency, FinancialYear? year, CancellationToken cancel) =>
        SummaryLog.OfAsync(
            Partnership,
            agency,
            Cases(new CaseScan(Partnership, year?.From, year?.To, Agency: agency), cancel),
            Policies,
            Rules,
            cancel
        );

    public IAsyncEnumerable<RegisteredRisk> Register(CancellationToken cancel) =>
        RiskRegister.OfAsync(Partnership, Cases(new CaseScan(Partnership), cancel), Policies, Rules, cancel);

    /// <summary>A part of the log, oldest case first.</summary>
    /// <param name="after">The case after which it goes on; null: from the first on.</param>
    public async Task<LogLines> PageAsync(
        string? agency,
        FinancialYear? year,
        LogPlace? after,
        int limit,
        CancellationToken cancel
    )
    {
        var from =
            after is not null && (year is null || after.RaisedAt > year.Value.From) ? after.RaisedAt : year?.From;
        var cases = Cases(new CaseScan(Partnership, from, year?.To, Agency: agency), cancel)
            .Where(d => after is null || LogPlace.Of(d).IsAfter(after));
        var (lines, last, next) = (new List<SummaryLogRow>(), after, (string?)null);
        await foreach (var document in cases)
        {
            if (SummaryLog.Row(document, Policies, Rules, agency) is not { } row)
                continue;
            if (lines.Count == limit)
            {
                next = last!.Write();
                break;
            }
            lines.Add(row);
            last = LogPlace.Of(document);
        }
        return new LogLines(lines, next);
    }

    /// <summary>An agency's name; null of null.</summary>
    public string? NameOf(string? agency) => agency is null ? null : Rules.Directory.NameOf(agency);

    /// <summary>The partnership's agencies, by name, without its own entry.</summary>
    public IReadOnlyList<Choice> Agencies =>
        [
            .. Rules
                .Directory.Agencies.Where(a => a.Id != Partnership)
                .OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase)
                .Select(a => new Choice(a.Id, a.Name)),
        ];

    private IAsyncEnumerable<CaseDocument> Cases(CaseScan scan, CancellationToken cancel) =>
        Queries.ReadableAsync(scan, cancel);
}
