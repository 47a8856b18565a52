using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Reporting;
using Escalation.Web.Forms;

namespace Escalation.Web.Reports;

/// <summary>A report's period in words, in addresses and in names of files.</summary>
public static class PeriodWords
{
    public static IReadOnlyList<Choice> QuarterChoices { get; } =
    [
        new("1", "Quarter 1, April to June"),
        new("2", "Quarter 2, July to September"),
        new("3", "Quarter 3, October to December"),
        new("4", "Quarter 4, January to March"),
    ];

    /// <summary>What it is: to stand after "this" and before "before".</summary>
    public static string Noun(ReportPeriod period) =>
        period switch
        {
            { Quarter: not null } => "quarter",
            { Year: not null } => "year",
            _ => "period",
        };

    /// <summary>"2026 to 2027", "quarter 1 of 2026 to 2027", "11 May 2026 to 20 May 2026".</summary>
    public static string Name(ReportPeriod period) =>
        period switch
        {
            { Year: { } year, Quarter: { } quarter } => $"quarter {quarter} of {NameOfYear(new FinancialYear(year))}",
            { Year: { } year } => NameOfYear(new FinancialYear(year)),
            _ => $"{Day(period.First)} to {Day(period.Last)}",
        };

    /// <summary>"2026 to 2027".</summary>
    public static string NameOfYear(FinancialYear year) => $"{year.Start} to {year.Start + 1}";

    /// <summary>As <see cref="AskedPeriod"/> reads it.</summary>
    public static string Query(ReportPeriod period) =>
        period switch
        {
            { Year: { } year, Quarter: { } quarter } => $"year={year}&quarter={quarter}",
            { Year: { } year } => $"year={year}",
            _ => $"from={Iso(period.First)}&to={Iso(period.Last)}",
        };

    /// <summary>Without an extension.</summary>
    public static string File(ReportPeriod period) =>
        period switch
        {
            { Year: { } year, Quarter: { } quarter } => $"analysis-{year}-quarter-{quarter}",
            { Year: { } year } => $"annual-analysis-{year}",
            _ => $"analysis-{Iso(period.First)}-to-{Iso(period.Last)}",
        };

    private static string Day(DateOnly day) => $"{day.Day} {UkDates.Month(day)}";

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
