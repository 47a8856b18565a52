using Escalation.Core.Calendars;
using Escalation.Core.Reporting;

namespace Escalation.Web.Reports;

/// <summary>A period's analysis with the one before, to be put before a board: no name of a person, no reference.</summary>
public sealed record AnnualReport
{
    public required string Partnership { get; init; }
    public required string PartnershipName { get; init; }
    public required ReportPeriod Period { get; init; }
    public required AnnualAnalysis Now { get; init; }

    /// <summary>Of <see cref="ReportPeriod.Before"/>.</summary>
    public required AnnualAnalysis Before { get; init; }

    /// <summary>Of <see cref="ReportPeriod.YearBefore"/>; null where there is none.</summary>
    public required AnnualAnalysis? YearBefore { get; init; }

    /// <summary>The instant up to which it is counted.</summary>
    public required DateTimeOffset At { get; init; }
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>An agency's name in the directory.</summary>
    public required Func<string, string> NameOf { get; init; }

    public bool HasCases => Now.Cases.Raised > 0;
    public bool HasBefore => PeriodComparison.IsPossible(Before);
    public bool HasBegun => Period.From <= At;
    public bool HasEnded => Period.To <= At;
    public StageTotals Stages => StageTotals.Of(Now);

    /// <inheritdoc cref="PeriodWords.Noun"/>
    public string Noun => PeriodWords.Noun(Period);

    /// <summary>"Annual analysis of escalations, 2026 to 2027".</summary>
    public string Title => $"{Kind} of escalations, {PeriodWords.Name(Period)}";

    /// <summary>The same, short: "Annual analysis 2026 to 2027".</summary>
    public string ShortTitle => $"{Kind} {PeriodWords.Name(Period)}";

    /// <summary>Of a year its quarters that have begun, of a quarter its year.</summary>
    public IReadOnlyList<ReportPeriod> Related =>
        Period switch
        {
            { Year: { } year, Quarter: not null } => [ReportPeriod.OfYear(new FinancialYear(year))],
            { Year: { } year } =>
            [
                .. Enumerable
                    .Range(1, ReportPeriod.Quarters)
                    .Select(quarter => ReportPeriod.OfQuarter(year, quarter))
                    .Where(quarter => quarter.From <= At),
            ],
            _ => [],
        };

    public string Address(ReportPeriod period) => $"/reports/annual{Query(period)}";

    public string File => $"/reports/annual.csv{Query(Period)}";

    /// <summary>An agency by name; those outside the directory together.</summary>
    public string Agency(string id) => id == Core.Cases.Party.Other ? "Agencies outside the directory" : NameOf(id);

    /// <summary>Whether a number from 1 to 4 is shown that counts cases: it may point to somebody.</summary>
    public bool HasSmallNumbers =>
        Now
            .Endings.Concat(Now.Natures)
            .Concat(Now.Splits.PersonKinds)
            .Concat(Now.Splits.Circumstances)
            .Concat(Now.Splits.LevelsOfNeed)
            .Concat(Now.Themes)
            .Concat(Now.Policies.SelectMany(p => p.Stages).SelectMany(s => s.Closings))
            .Select(t => t.Count)
            .Concat(Now.Agencies.SelectMany(a => new[] { a.Raised, a.Received, a.Involved }))
            .Concat(
                Now.Policies.SelectMany(p => p.Stages)
                    .SelectMany(s => new[] { s.Furthest, s.InTime, s.Late, s.Withdrawn, s.Open })
            )
            .Any(n => n is > 0 and < SmallestSafe);

    private const int SmallestSafe = 5;

    private string Kind => Period is { Year: not null, Quarter: null } ? "Annual analysis" : "Analysis";

    private string Query(ReportPeriod period) => $"?partnership={Partnership}&{PeriodWords.Query(period)}";
}
