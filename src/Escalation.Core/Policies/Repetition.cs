using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>When something that stays as it is (overdue, responded, a hold past its review) is told again: less and less often.</summary>
public static class Repetition
{
    private const int Weeks = 4,
        Months = 6,
        Week = 5;
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>
    /// The rule in words, such as "every 2 working days for 4 weeks, then every 5 working days, and after 6 months once a month".
    /// </summary>
    public static string Words(int workingDays)
    {
        var first = workingDays == 1 ? "every working day" : $"every {workingDays} working days";
        return workingDays < Week
            ? $"{first} for {Weeks} weeks, then every {Week} working days, and after {Months} months once a month"
            : $"{first}, and after {Months} months once a month";
    }

    /// <summary>
    /// 09:00 of the working day of the next telling: as often as the policy says for the first 4 weeks, then every 5 working days, after 6
    /// months on the day of the month on which it first was so, or the first working day after it. Never more often than the policy says.
    /// </summary>
    /// <param name="since">When it first was so.</param>
    /// <param name="told">When it is told this time.</param>
    /// <param name="workingDays">The policy's own interval.</param>
    public static DateTimeOffset Next(
        WorkingCalendar calendar,
        DateTimeOffset since,
        DateTimeOffset told,
        int workingDays
    )
    {
        var (first, today) = (calendar.LocalDate(since), calendar.LocalDate(told));
        if (today < first.AddDays(7 * Weeks))
            return calendar.Instant(calendar.AddWorkingDays(today, workingDays), Morning);
        var weekly = calendar.AddWorkingDays(today, Math.Max(workingDays, Week));
        if (today < first.AddMonths(Months))
            return calendar.Instant(weekly, Morning);
        var months = ((today.Year - first.Year) * 12) + today.Month - first.Month;
        var month = first.AddMonths(months) > today ? first.AddMonths(months) : first.AddMonths(months + 1);
        var monthly = calendar.IsWorkingDay(month) ? month : calendar.AddWorkingDays(month, 1);
        return calendar.Instant(monthly > weekly ? monthly : weekly, Morning);
    }
}
