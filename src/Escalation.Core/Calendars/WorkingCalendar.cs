using System.Globalization;

namespace Escalation.Core.Calendars;

/// <summary>
/// A partnership's working time: Monday to Friday, less the bank holidays of its division, less its closures. Dates and times of day are
/// local to <see cref="Zone"/>; instants are UTC. Outside the edition's years only weekends and closures count.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly CalendarEdition _edition;
    private readonly string _division;
    private readonly IReadOnlyList<Closure> _closures;
    private readonly IReadOnlyList<BankHoliday> _asked;
    private readonly Dictionary<DateOnly, string> _reasons;
    private readonly WorkingDays _days;
    private readonly ZoneOffsets _offsets;

    /// <param name="division">One of <see cref="CalendarEdition.Divisions"/>.</param>
    /// <param name="close">Close of business, local.</param>
    /// <param name="version">The partnership's calendar version; kept in every deadline counted with it.</param>
    public WorkingCalendar(
        CalendarEdition edition,
        string division,
        IReadOnlyList<Closure> closures,
        TimeZoneInfo zone,
        TimeOnly close,
        int version
    )
        : this(edition, division, closures, [], zone, close, version) { }

    private WorkingCalendar(
        CalendarEdition edition,
        string division,
        IReadOnlyList<Closure> closures,
        IReadOnlyList<BankHoliday> asked,
        TimeZoneInfo zone,
        TimeOnly close,
        int version
    )
    {
        (_edition, _division, _closures, _asked) = (edition, division, closures, asked);
        (Zone, Close, Version) = (zone, close, version);
        var holidays = edition.Of(division);
        (FirstYear, LastYear) = (holidays[0].Date.Year, holidays[^1].Date.Year);
        _reasons = [];
        foreach (var holiday in holidays.Concat(asked))
            _reasons.TryAdd(holiday.Date, holiday.Reason);
        foreach (var closure in closures)
            _reasons.TryAdd(closure.Date, closure.Reason);
        _days = new WorkingDays(new(FirstYear - 1, 1, 1), new(LastYear + 2, 12, 31), _reasons);
        _offsets = ZoneOffsets.Of(zone);
        Name = NameOf(edition, closures, asked);
        CloseWords = UkDates.Time(close);
    }

    /// <summary>The edition's name, and what was added to it.</summary>
    public string Name { get; }

    /// <summary>
    /// Grows with every change of the partnership's calendar: a deadline counted under a lower one is looked at anew.
    /// </summary>
    public int Version { get; }
    public TimeZoneInfo Zone { get; }

    /// <summary>Close of business, local; a limit of working days ends then (exclusive).</summary>
    public TimeOnly Close { get; }

    /// <summary>First and last year of which the edition holds bank holidays.</summary>
    public int FirstYear { get; }
    public int LastYear { get; }
    internal string CloseWords { get; }

    public bool IsWorkingDay(DateOnly date) => _days.Contains(date.DayNumber);

    /// <summary>
    /// "Saturday", "Christmas Day (bank holiday)", a closure's reason; the first of these that holds. Null for a
    /// working day.
    /// </summary>
    public string? WhyNotWorking(DateOnly date) =>
        date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
            ? UkDates.Weekday(date)
            : _reasons.GetValueOrDefault(date);

    public DateOnly LocalDate(DateTimeOffset instant) =>
        DateOnly.FromDayNumber((int)(_offsets.ToLocal(instant.UtcTicks) / TimeSpan.TicksPerDay));

    public TimeOnly LocalTime(DateTimeOffset instant) => new(_offsets.ToLocal(instant.UtcTicks) % TimeSpan.TicksPerDay);

    /// <summary>
    /// UTC. A time that the clocks skip in spring is the instant of the jump (01:30 on 29 March 2026 is 01:00 UTC); one that comes twice in
    /// autumn is its first time (01:30 on 25 October 2026 is 00:30 UTC).
    /// </summary>
    public DateTimeOffset Instant(DateOnly date, TimeOnly time) =>
        new(_offsets.ToUtc(date.DayNumber * TimeSpan.TicksPerDay + time.Ticks), TimeSpan.Zero);

    /// <summary>Close of business of that day, working day or not.</summary>
    public DateTimeOffset CloseOf(DateOnly date) => Instant(date, Close);

    /// <summary>
    /// The <paramref name="n"/>th working day strictly after <paramref name="from"/>; for 0, that day, or the next
    /// working day where it is not one.
    /// </summary>
    public DateOnly AddWorkingDays(DateOnly from, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var day = from.DayNumber;
        if (n == 0 && _days.Contains(day))
            return from;
        for (var left = Math.Max(n, 1); left > 0; )
            if (_days.Contains(++day))
                left--;
        return DateOnly.FromDayNumber(day);
    }

    /// <summary>Working days after the first date, up to and including the second; 0 when they are reversed.</summary>
    public int WorkingDaysBetween(DateOnly afterExclusive, DateOnly throughInclusive) =>
        _days.Between(afterExclusive.DayNumber, throughInclusive.DayNumber);

    /// <summary>Strictly after.</summary>
    public DateOnly NextWorkingDay(DateOnly date) => AddWorkingDays(date, 1);

    /// <summary>Strictly before.</summary>
    public DateOnly PreviousWorkingDay(DateOnly date)
    {
        var day = date.DayNumber - 1;
        while (!_days.Contains(day))
            day--;
        return DateOnly.FromDayNumber(day);
    }

    /// <summary>
    /// "N working days after T": the Nth working day strictly after T's local date, at the close. For 0: the close of
    /// T's day, or of the next working day where it is not one or its close has passed (T at the close counts as
    /// passed).
    /// </summary>
    public DateTimeOffset WorkingDaysAfter(DateTimeOffset t, int n)
    {
        var date = LocalDate(t);
        var close = CloseOf(AddWorkingDays(date, n));
        return close > t ? close : CloseOf(NextWorkingDay(date));
    }

    /// <summary>
    /// UTC; "on the same day": the close of T's day, or where that has passed or nobody works 23:59 of it, and never before T.
    /// </summary>
    public DateTimeOffset SameDay(DateTimeOffset t)
    {
        var date = LocalDate(t);
        if (IsWorkingDay(date) && CloseOf(date) > t)
            return CloseOf(date);
        var end = Instant(date, new TimeOnly(23, 59));
        return end > t ? end : t.ToUniversalTime();
    }

    /// <summary>
    /// "N calendar days after T": the close of the last working day that is no later than the Nth day after T's local date, but never
    /// before the close of the next working day after it.
    /// </summary>
    public DateTimeOffset CalendarDaysAfter(DateTimeOffset t, int n)
    {
        var day = LocalDate(t).AddDays(n);
        var close = CloseOf(IsWorkingDay(day) ? day : PreviousWorkingDay(day));
        var least = CloseOfNextWorkingDay(t);
        return close > least ? close : least;
    }

    /// <summary>UTC; when a limit ends that is counted from then.</summary>
    public DateTimeOffset EndOf(TimeLimit limit, DateTimeOffset from) =>
        limit switch
        {
            { WorkingDays: { } days, CalendarDays: null, Hours: null } => WorkingDaysAfter(from, days),
            { CalendarDays: { } days, WorkingDays: null, Hours: null } => CalendarDaysAfter(from, days),
            { Hours: { } hours, WorkingDays: null, CalendarDays: null } => from.ToUniversalTime().AddHours(hours),
            _ => throw new ArgumentException(
                "A limit is given in working days, in calendar days or in hours.",
                nameof(limit)
            ),
        };

    /// <summary>UTC; of the first working day strictly after the local day of <paramref name="t"/>.</summary>
    public DateTimeOffset CloseOfNextWorkingDay(DateTimeOffset t) => WorkingDaysAfter(t, 1);

    /// <summary>The same day so many months on (its month's last day where there is none), moved back to a working day, at the
    /// close.</summary>
    public DateTimeOffset WithinMonths(DateOnly date, int months)
    {
        var day = date.AddMonths(months);
        return CloseOf(IsWorkingDay(day) ? day : PreviousWorkingDay(day));
    }

    /// <summary>This calendar with further closures, as a new version.</summary>
    public WorkingCalendar With(IReadOnlyList<Closure> more, int version) =>
        new(_edition, _division, [.. _closures, .. more], _asked, Zone, Close, version);

    /// <summary>
    /// This calendar if those days were bank holidays too; its version stays and its name says so. Days already off
    /// change nothing.
    /// </summary>
    public WorkingCalendar WhatIf(IReadOnlyList<BankHoliday> holidays) =>
        new(_edition, _division, _closures, [.. _asked, .. holidays], Zone, Close, Version);

    private static string NameOf(
        CalendarEdition edition,
        IReadOnlyList<Closure> closures,
        IReadOnlyList<BankHoliday> asked
    )
    {
        var local = closures.Count switch
        {
            0 => "",
            1 => ", with 1 local closure",
            _ => string.Create(CultureInfo.InvariantCulture, $", with {closures.Count} local closures"),
        };
        var whatIf =
            asked.Count == 0
                ? ""
                : $", and if these were bank holidays too: {string.Join(", ", asked.Select(h => UkDates.Date(h.Date)))}";
        return edition.Name + local + whatIf;
    }
}
