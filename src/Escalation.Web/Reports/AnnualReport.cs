using Escalation.Core.Calendars;
using Escalation.Core.Reporting;

namespace Escalation.Web.Reports;

/// <summary>A year's analysis with the year before, to be put before a board: no name of a person, no reference.</summary>
public sealed record AnnualReport
{
    public required string Partnership { get; init; }
    public required string PartnershipName { get; init; }
    public required AnnualAnalysis Now { get; init; }
    public required AnnualAnalysis Before { get; init; }

    /// <summary>The instant up to which it is counted.</summary>
    public required DateTimeOffset At { get; init; }
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>An agency's name in the directory.</summary>
    public required Func<string, string> NameOf { get; init; }

    public FinancialYear Year => new(Now.Year);
    public bool HasCases => Now.Cases.Raised > 0;
    public bool HasBefore => YearComparison.IsPossible(Before);
    public bool HasBegun => Year.From <= At;
    public bool HasEnded => Year.To <= At;
    public StageTotals Stages => StageTotals.Of(Now);

    /// <summary>"2026 to 2027".</summary>
    public static string NameOfYear(FinancialYear year) => $"{year.Start} to {year.Start + 1}";

    public string Address(FinancialYear year) => $"/reports/annual?partnership={Partnership}&year={year.Start}";

    /// <summary>An agency by name; those outside the directory together.</summary>
    public string Agency(string id) => id == Core.Cases.Party.Other ? "Agencies outside the directory" : NameOf(id);

    /// <summary>Whether a number from 1 to 4 is shown that counts cases: it may point to somebody.</summary>
    public bool HasSmallNumbers =>
        Now
            .Endings.Concat(Now.Natures)
            .Concat(Now.Policies.SelectMany(p => p.Stages).SelectMany(s => s.Closings))
            .Select(t => t.Count)
            .Concat(Now.Agencies.SelectMany(a => new[] { a.Raised, a.Received, a.Involved }))
            .Concat(
                Now.Policies.SelectMany(p => p.Stages).SelectMany(s => new[] { s.Furthest, s.InTime, s.Late, s.Open })
            )
            .Any(n => n is > 0 and < SmallestSafe);

    private const int SmallestSafe = 5;
}
