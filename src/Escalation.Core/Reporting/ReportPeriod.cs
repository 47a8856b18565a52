using Escalation.Core.Calendars;

namespace Escalation.Core.Reporting;

/// <summary>The days on which a report's cases were raised, by UK local dates: a financial year, a quarter of one, or any days.</summary>
public sealed record ReportPeriod
{
    public const int Quarters = 4;
    private const int MonthsOfQuarter = 3;

    private ReportPeriod(DateOnly first, DateOnly last)
    {
        First = first;
        Last = last;
    }

    public DateOnly First { get; }

    /// <summary>Inclusive.</summary>
    public DateOnly Last { get; }

    /// <summary>The calendar year in which its financial year begins; null for days chosen freely.</summary>
    public int? Year { get; private init; }

    /// <summary>1 is April to June; null for what is no quarter.</summary>
    public int? Quarter { get; private init; }

    /// <summary>Inclusive, UTC.</summary>
    public DateTimeOffset From => LondonTime.StartOf(First);

    /// <summary>Exclusive, UTC.</summary>
    public DateTimeOffset To => LondonTime.StartOf(Last.AddDays(1));

    /// <summary>As many days, which end on the day before the first; for a year or a quarter the one before it.</summary>
    public ReportPeriod Before => Moved(-1);

    /// <summary>The same of what comes after.</summary>
    public ReportPeriod Next => Moved(1);

    /// <summary>The same quarter of the year before; null for what is no quarter.</summary>
    public ReportPeriod? YearBefore => Quarter is { } quarter ? OfQuarter(Year!.Value - 1, quarter) : null;

    public static ReportPeriod OfYear(FinancialYear year) => new(year.First, year.Last) { Year = year.Start };

    /// <param name="year">The calendar year in which its financial year begins.</param>
    /// <param name="quarter">1 to <see cref="Quarters"/>.</param>
    public static ReportPeriod OfQuarter(int year, int quarter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quarter, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quarter, Quarters);
        var first = new FinancialYear(year).First.AddMonths((quarter - 1) * MonthsOfQuarter);
        return new ReportPeriod(first, first.AddMonths(MonthsOfQuarter).AddDays(-1)) { Year = year, Quarter = quarter };
    }

    /// <param name="last">Inclusive, not before the first.</param>
    public static ReportPeriod Between(DateOnly first, DateOnly last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        return new ReportPeriod(first, last);
    }

    public bool Contains(DateTimeOffset instant) => From <= instant && instant < To;

    private ReportPeriod Moved(int by)
    {
        if (Quarter is { } quarter)
        {
            var place = Year!.Value * Quarters + quarter - 1 + by;
            return OfQuarter(place / Quarters, place % Quarters + 1);
        }
        if (Year is { } year)
            return OfYear(new FinancialYear(year + by));
        var days = Last.DayNumber - First.DayNumber + 1;
        return Between(First.AddDays(by * days), Last.AddDays(by * days));
    }
}
