using Escalation.Core.Calendars;

namespace Escalation.Core.Reporting;

/// <summary>A financial year, by UK local dates.</summary>
/// <param name="Start">The calendar year of its first day, 1 April.</param>
public readonly record struct FinancialYear(int Start)
{
    private static readonly ZoneOffsets London = ZoneOffsets.Of(LondonTime.Zone);

    public DateOnly First => new(Start, 4, 1);

    /// <summary>31 March, inclusive.</summary>
    public DateOnly Last => new(Start + 1, 3, 31);

    /// <summary>Inclusive, UTC: midnight local, which is 23:00 UTC on 31 March in summer time.</summary>
    public DateTimeOffset From => Midnight(First);

    /// <summary>Exclusive, UTC.</summary>
    public DateTimeOffset To => Midnight(Last.AddDays(1));

    /// <summary>The year that holds the instant.</summary>
    public static FinancialYear Of(DateTimeOffset instant) =>
        new FinancialYear(instant.UtcDateTime.Year) is var year && year.From <= instant
            ? year
            : new FinancialYear(year.Start - 1);

    public bool Contains(DateTimeOffset instant) => From <= instant && instant < To;

    private static DateTimeOffset Midnight(DateOnly date) =>
        new(London.ToUtc(date.DayNumber * TimeSpan.TicksPerDay), TimeSpan.Zero);
}
