using System.Globalization;

namespace Escalation.Core.Calendars;

/// <summary>A deadline in words and days, so that a person can check it by hand.</summary>
internal static class DeadlineWords
{
    private const string Opening = "the stage opened";

    /// <summary>What stands in for the limit of a stage whose text gives it none.</summary>
    private static readonly string NoLimit = new Basis(
        "the text gives this stage no limit",
        "The close of the next working day, since the text gives this stage no limit",
        Local: true
    ).ToString();

    public static Explanation Explain(WorkingCalendar calendar, DeadlineQuestion question, Reckoning reckoning)
    {
        if (reckoning.SetBy == SetBy.Day && question.Until!.At == reckoning.At)
            return UntilDay(calendar, question, reckoning);
        var count = CountOf(question, reckoning);
        var end = calendar.LocalDate(reckoning.At);
        return new(
            count.Basis,
            Rule(calendar, count, reckoning.At),
            Counted(calendar, count, end),
            Skipped(calendar, count, end),
            CapWords.Explain(calendar, question, reckoning),
            CalendarText(calendar, calendar.LocalDate(count.From), end),
            CapWords.Exceeded(calendar, question, reckoning)
        );
    }

    /// <summary>"Friday 8 January 2027 at 5pm", local.</summary>
    public static string Moment(WorkingCalendar calendar, DateTimeOffset at) =>
        UkDates.Moment(calendar.LocalDate(at), calendar.LocalTime(at));

    private static Count CountOf(DeadlineQuestion question, Reckoning reckoning) =>
        reckoning.SetBy switch
        {
            SetBy.Cap => Count.Of(
                question.Cap!,
                question.Cap!.From!.Value,
                question.Cap.FromWords,
                question.Cap.MovedWorkingDays
            ),
            SetBy.Day => Count.NextWorkingDay(
                question.Until!.Basis.ToString(),
                question.Opened,
                $"{question.Until.Words} had passed"
            ),
            SetBy.Floor => Count.NextWorkingDay(
                question.Cap!.Limit.Basis.ToString(),
                question.Opened,
                "a cap never leaves a stage less"
            ),
            _ when question.Own is not { } own => Count.NextWorkingDay(NoLimit, question.Opened, least: null),
            _ when reckoning.OwnStanding == Standing.Extended => Count.NextWorkingDay(
                question.Own.Limit.Basis.ToString(),
                question.Opened,
                "a limit from before the opening never leaves a stage less"
            ),
            _ when reckoning.OwnStanding == Standing.Counts => Count.Of(
                question.Own,
                question.Own.From!.Value,
                question.Own.FromWords,
                0
            ),
            _ => Count.Of(question.Own, question.Opened, Opening, 0),
        };

    private static Explanation UntilDay(WorkingCalendar calendar, DeadlineQuestion question, Reckoning reckoning) =>
        new(
            question.Until!.Basis.ToString(),
            $"Until {question.Until.Words}, {Moment(calendar, reckoning.At)}",
            [],
            [],
            CapWords.Explain(calendar, question, reckoning),
            CalendarText(calendar, calendar.LocalDate(question.Opened), calendar.LocalDate(reckoning.At)),
            CapWords.Exceeded(calendar, question, reckoning)
        );

    private static string Rule(WorkingCalendar calendar, Count count, DateTimeOffset at)
    {
        var rule = count switch
        {
            { Hours: { } hours } => HoursRule(calendar, count, hours, at),
            { CalendarDays: { } days } => CalendarDaysRule(calendar, count, days, at),
            { WorkingDays: 0 } => SameDayRule(calendar, count),
            _ => DaysRule(calendar, count),
        };
        var held = count.Moved == 0 ? rule : $"{rule}, moved by {Days(count.Moved)} of hold";
        return count.Least is { } why ? $"{held}, because {why}" : held;
    }

    private static string DaysRule(WorkingCalendar calendar, Count count)
    {
        var start = calendar.LocalDate(count.From);
        var actsLike = calendar.IsWorkingDay(start)
            ? ""
            : $", which acts like {UkDates.DateWithoutYear(calendar.PreviousWorkingDay(start))}";
        return $"{Days(count.WorkingDays)} after {count.FromWords} ({UkDates.Date(start)}{actsLike}), "
            + $"at the close of business, {calendar.CloseWords}";
    }

    private static string SameDayRule(WorkingCalendar calendar, Count count)
    {
        var start = calendar.LocalDate(count.From);
        var opening =
            $"The close of business, {calendar.CloseWords}, on the day {count.FromWords} ({Moment(calendar, count.From)})";
        if (calendar.LocalDate(calendar.WorkingDaysAfter(count.From, 0)) == start)
            return opening;
        var why = calendar.IsWorkingDay(start) ? "its close had passed" : "it is not a working day";
        return $"{opening}; {why}, so that of the next working day";
    }

    private static string CalendarDaysRule(WorkingCalendar calendar, Count count, int days, DateTimeOffset at)
    {
        var (start, end) = (calendar.LocalDate(count.From), calendar.LocalDate(at));
        var day = start.AddDays(days);
        var length = days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");
        var rule = $"{length}, every day counted, after {count.FromWords} ({UkDates.Date(start)})";
        var close = $"at the close of business, {calendar.CloseWords}";
        if (end == day)
            return $"{rule}, {close}";
        var ends =
            end < day ? "the last working day before" : "the next working day after the start, which is the least";
        return calendar.IsWorkingDay(day)
            ? $"{rule}: {ends}, {close}"
            : $"{rule}: that is {UkDates.Date(day)}, which is not a working day; {ends}, {close}";
    }

    private static string HoursRule(WorkingCalendar calendar, Count count, int hours, DateTimeOffset at)
    {
        var length = hours == 1 ? "1 hour" : string.Create(CultureInfo.InvariantCulture, $"{hours} hours");
        var changed =
            calendar.Zone.GetUtcOffset(count.From) == calendar.Zone.GetUtcOffset(at)
                ? ""
                : "; the clocks change meanwhile";
        return $"{length} of clock time after {count.FromWords} ({Moment(calendar, count.From)}), "
            + $"weekends and bank holidays included{changed}";
    }

    private static string Days(int count) =>
        count == 1 ? "1 working day" : string.Create(CultureInfo.InvariantCulture, $"{count} working days");

    private static IReadOnlyList<DateOnly> Counted(WorkingCalendar calendar, Count count, DateOnly end)
    {
        if (count.Hours is not null || count.CalendarDays is not null || count.WorkingDays + count.Moved == 0)
            return [];
        var days = new List<DateOnly>(count.WorkingDays + count.Moved);
        for (
            var day = calendar.NextWorkingDay(calendar.LocalDate(count.From));
            day <= end;
            day = calendar.NextWorkingDay(day)
        )
            days.Add(day);
        return days;
    }

    /// <summary>A start that is no working day itself is among them; clock hours and calendar days pass over nothing.</summary>
    private static IReadOnlyList<SkippedDay> Skipped(WorkingCalendar calendar, Count count, DateOnly end)
    {
        if (count.Hours is not null || count.CalendarDays is not null)
            return [];
        List<SkippedDay>? skipped = null;
        for (var day = calendar.LocalDate(count.From); day < end; day = day.AddDays(1))
            if (!calendar.IsWorkingDay(day))
                (skipped ??= []).Add(new(day, calendar.WhyNotWorking(day)!));
        return skipped ?? (IReadOnlyList<SkippedDay>)[];
    }

    private static string CalendarText(WorkingCalendar calendar, DateOnly start, DateOnly end)
    {
        if (end.Year > calendar.LastYear)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{calendar.Name}; the calendar edition holds no bank holidays after {calendar.LastYear}"
            );
        return start.Year < calendar.FirstYear
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{calendar.Name}; the calendar edition holds no bank holidays before {calendar.FirstYear}"
            )
            : calendar.Name;
    }

    /// <summary>The count that set the deadline.</summary>
    /// <param name="Least">Why it is the least that a limit leaves; null where it is the limit itself.</param>
    private readonly record struct Count(
        string Basis,
        DateTimeOffset From,
        string FromWords,
        int WorkingDays,
        int? CalendarDays,
        int? Hours,
        int Moved,
        string? Least
    )
    {
        public static Count Of(CountedLimit counted, DateTimeOffset from, string fromWords, int moved) =>
            new(
                counted.Limit.Basis.ToString(),
                from,
                fromWords,
                counted.Limit.WorkingDays ?? 0,
                counted.Limit.CalendarDays,
                counted.Limit.Hours,
                moved,
                Least: null
            );

        public static Count NextWorkingDay(string basis, DateTimeOffset opened, string? least) =>
            new(basis, opened, Opening, WorkingDays: 1, CalendarDays: null, Hours: null, Moved: 0, least);
    }
}
