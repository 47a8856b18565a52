namespace Escalation.Core.Reporting;

/// <summary>A financial year, by UK local dates.</summary>
/// <param name="Start">The calendar year of its first day, 1 April.</param>
public readonly record struct FinancialYear(int Start)
{
    public DateOnly First => new(Start, 4, 1);

    /// <summary>31 March, inclusive.</summary>
    public DateOnly Last => new(Start + 1, 3, 31);

    /// <summary>Inclusive, UTC: midnight local, which is 23:00 UTC on 31 March in summer time.</summary>
    public DateTimeOffset From => ReportPeriod.OfYear(this).From;

    /// <summary>Exclusive, UTC.</summary>
    public DateTimeOffset To => ReportPeriod.OfYear(this).To;

    /// <summary>The year that holds the instant.</summary>
    public static FinancialYear Of(DateTimeOffset instant) =>
        new FinancialYear(instant.UtcDateTime.Year) is var year && year.From <= instant
            ? year
            : new FinancialYear(year.Start - 1);
}
