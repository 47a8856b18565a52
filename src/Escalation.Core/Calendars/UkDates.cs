using System.Globalization;

namespace Escalation.Core.Calendars;

/// <summary>Dates and times as GOV.UK writes them, the same whatever the machine's culture.</summary>
public static class UkDates
{
    private static readonly string[] Days =
    [
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
    ];

    private static readonly string[] Months =
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];

    /// <summary>"Thursday".</summary>
    public static string Weekday(DateOnly date) => Days[(int)date.DayOfWeek];

    /// <summary>"Thursday 31 December 2026".</summary>
    public static string Date(DateOnly date)
    {
        var (year, month, day) = date;
        return string.Create(CultureInfo.InvariantCulture, $"{Weekday(date)} {day} {Months[month - 1]} {year}");
    }

    /// <summary>"Thursday 31 December": for a year that is plain from what stands beside it.</summary>
    public static string DateWithoutYear(DateOnly date)
    {
        var (_, month, day) = date;
        return string.Create(CultureInfo.InvariantCulture, $"{Weekday(date)} {day} {Months[month - 1]}");
    }

    /// <summary>"December 2026".</summary>
    public static string Month(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{Months[date.Month - 1]} {date.Year}");

    /// <summary>"5pm", "10:30am", "midday", "midnight" (00:00, the start of a day). Seconds are dropped.</summary>
    public static string Time(TimeOnly time)
    {
        if (time is { Minute: 0, Hour: 0 })
            return "midnight";
        if (time is { Minute: 0, Hour: 12 })
            return "midday";
        var half = time.Hour < 12 ? "am" : "pm";
        var hour = (time.Hour + 11) % 12 + 1;
        return time.Minute == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{hour}{half}")
            : string.Create(CultureInfo.InvariantCulture, $"{hour}:{time.Minute:00}{half}");
    }

    /// <summary>"Thursday 31 December 2026 at 5pm"; the argument is local time.</summary>
    public static string Moment(DateOnly date, TimeOnly time) => $"{Date(date)} at {Time(time)}";
}
