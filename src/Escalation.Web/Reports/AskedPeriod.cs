using System.Globalization;
using Escalation.Core.Reporting;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Reports;

/// <summary>
/// The period that a report is asked for: <c>year</c>, the one in which the financial year begins; with it <c>quarter</c>, if only that is
/// meant; or <c>from</c> and <c>to</c>, both included.
/// </summary>
internal static class AskedPeriod
{
    public const string Year = "year",
        Quarter = "quarter",
        From = "from",
        To = "to";

    public const int FirstYear = 2000,
        LastYear = 2100;

    private static readonly string Range = $"from {FirstYear} to {LastYear}";

    /// <summary>The period, or what is wrong with the question.</summary>
    public static (ReportPeriod? Period, IReadOnlyList<FieldError> Errors) Read(FormValues values)
    {
        var errors = new List<FieldError>();
        var period = HasDays(values) ? Days(values, errors) : YearOrQuarter(values, errors);
        return errors.Count == 0 ? (period, []) : (null, errors);
    }

    public static bool HasDays(FormValues values) => values.Typed(From) is not null || values.Typed(To) is not null;

    private static ReportPeriod? YearOrQuarter(FormValues values, List<FieldError> errors)
    {
        var quarter = Number(values.Typed(Quarter));
        if (values.Typed(Quarter) is not null && quarter is not (>= 1 and <= ReportPeriod.Quarters))
            errors.Add(new(Quarter, "The quarter must be a number from 1 to 4; 1 is April to June"));
        if (values.Typed(Year) is null && quarter is not null)
            errors.Add(new(Year, "Select the financial year of the quarter"));
        else if (Number(values.Typed(Year)) is not (>= FirstYear and <= LastYear))
            errors.Add(new(Year, $"Select a financial year; it begins in a year {Range}"));
        if (errors.Count > 0)
            return null;
        var year = Number(values[Year])!.Value;
        return quarter is { } one ? ReportPeriod.OfQuarter(year, one) : ReportPeriod.OfYear(new FinancialYear(year));
    }

    private static ReportPeriod? Days(FormValues values, List<FieldError> errors)
    {
        if (values.Typed(Year) is not null)
            errors.Add(new(Year, "Give a financial year or dates, not both"));
        else if (values.Typed(Quarter) is not null)
            errors.Add(new(Quarter, "Give a quarter with its financial year, or dates, not both"));
        var first = Day(From, "First day", values, errors);
        var last = Day(To, "Last day", values, errors);
        if (last < first)
            errors.Add(new(To, "Last day must be the same as or after the first day"));
        return errors.Count == 0 ? ReportPeriod.Between(first!.Value, last!.Value) : null;
    }

    private static DateOnly? Day(string name, string label, FormValues values, List<FieldError> errors)
    {
        if (values.Typed(name) is not { } text)
            errors.Add(new(name, $"Enter the {Sentence.LowerFirst(label)}"));
        else if (!DateConverter.TryParse(text, out var day))
            errors.Add(new(name, TypedDate.Fault(label, text) ?? $"{label} must be a date like 2026-12-29"));
        else if (day.Year is < FirstYear or > LastYear)
            errors.Add(new(name, $"{label} must be in a year {Range}"));
        else
            return day;
        return null;
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
