namespace Escalation.Core.Calendars;

/// <summary>
/// When the people of a stage are reminded (the "Reminders" rule of the procedures, and "24 hours": within working
/// hours).
/// </summary>
public static class Reminders
{
    /// <summary>In working days: a stage with as many, or more, is reminded on the working day before too.</summary>
    public const int LongLimit = 3;

    private static readonly TimeOnly Morning = new(9, 0);
    private static readonly TimeSpan BeforeClose = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterOpening = TimeSpan.FromMinutes(30);

    /// <summary>
    /// UTC, ascending, without doubles; all strictly after <paramref name="opened"/> and strictly before <paramref name="deadline"/>. Empty
    /// where none fits.
    /// </summary>
    /// <param name="limit">Null for a stage that has only a cap: its length is then the working days to the deadline.</param>
    /// <param name="sameDay">Local time of a further reminder on the day of opening, if that is a working day.</param>
    public static IReadOnlyList<DateTimeOffset> For(
        WorkingCalendar calendar,
        DateTimeOffset opened,
        DateTimeOffset deadline,
        TimeLimit? limit,
        TimeOnly? sameDay
    )
    {
        var times = new SortedSet<DateTimeOffset>();
        if (limit?.Hours is not null)
            AddHours(times, calendar, opened, deadline);
        else
            AddMornings(times, calendar, opened, deadline, limit?.WorkingDays);
        if (sameDay is { } time && calendar.LocalDate(opened) is var day && calendar.IsWorkingDay(day))
            times.Add(calendar.Instant(day, time));
        times.RemoveWhere(t => t <= opened || t >= deadline);
        return [.. times];
    }

    private static void AddMornings(
        SortedSet<DateTimeOffset> times,
        WorkingCalendar calendar,
        DateTimeOffset opened,
        DateTimeOffset deadline,
        int? workingDays
    )
    {
        var day = calendar.LocalDate(deadline);
        var length = workingDays ?? calendar.WorkingDaysBetween(calendar.LocalDate(opened), day);
        var last = calendar.IsWorkingDay(day) ? day : calendar.PreviousWorkingDay(day);
        times.Add(calendar.Instant(last, Morning));
        if (length >= LongLimit)
            times.Add(calendar.Instant(calendar.PreviousWorkingDay(last), Morning));
    }

    private static void AddHours(
        SortedSet<DateTimeOffset> times,
        WorkingCalendar calendar,
        DateTimeOffset opened,
        DateTimeOffset deadline
    )
    {
        var day = calendar.LocalDate(deadline);
        var morning = calendar.Instant(day, Morning);
        if (calendar.IsWorkingDay(day) && morning < deadline)
        {
            times.Add(morning);
            return;
        }

        var close = calendar.CloseOf(calendar.PreviousWorkingDay(day));
        if (close - BeforeClose > opened)
            times.Add(close - BeforeClose);
        else if (close - opened > AfterOpening)
            times.Add(opened.ToUniversalTime() + AfterOpening);
    }
}
