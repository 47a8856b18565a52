using System.Globalization;
using Escalation.Core.Calendars;

namespace Escalation.Web.Wording;

/// <summary>Instants in the policy's local time.</summary>
public static class TimeWords
{
    /// <summary>"Thursday 31 December 2026 at 5pm".</summary>
    public static string Moment(WorkingCalendar calendar, DateTimeOffset at) =>
        UkDates.Moment(calendar.LocalDate(at), calendar.LocalTime(at));

    /// <summary>"5pm Thursday 31 December 2026": the order that reads well after "by".</summary>
    public static string By(WorkingCalendar calendar, DateTimeOffset at) =>
        $"{UkDates.Time(calendar.LocalTime(at))} {UkDates.Date(calendar.LocalDate(at))}";

    /// <summary>
    /// Elapsed time from now to the instant, whole minutes, in the two largest units: "2 days and 5 hours left",
    /// "passed 3 hours ago".
    /// </summary>
    public static string Left(DateTimeOffset now, DateTimeOffset at)
    {
        var left = at - now;
        return left > TimeSpan.Zero ? $"{Span(left)} left"
            : left == TimeSpan.Zero ? "passed just now"
            : $"passed {Span(-left)} ago";
    }

    /// <summary>Whole minutes, in the two largest units: "2 days and 5 hours".</summary>
    /// <param name="span">Not negative.</param>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.FromMinutes(1))
            return "less than a minute";
        if (span < TimeSpan.FromHours(1))
            return Count(span.Minutes, "minute");
        if (span < TimeSpan.FromDays(1))
            return Join(Count(span.Hours, "hour"), span.Minutes, "minute");
        return Join(Count(span.Days, "day"), span.Hours, "hour");
    }

    private static string Join(string large, int rest, string unit) =>
        rest == 0 ? large : $"{large} and {Count(rest, unit)}";

    private static string Count(int n, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{n} {unit}{(n == 1 ? "" : "s")}");
}
