using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

public sealed class IndependentCalculationTests
{
    private const int Questions = 10_000;
    private static readonly DateTimeOffset First = London.Utc("2012-01-01 00:00");
    private static readonly DateTimeOffset Last = London.Utc("2028-12-31 23:59");

    [Theory]
    [InlineData("england-and-wales", 1)]
    [InlineData("scotland", 2)]
    [InlineData("northern-ireland", 3)]
    public void Random_questions_have_the_answers_of_an_independent_calculation(string division, int seed)
    {
        var random = new Random(seed);
        var (capSet, capFloored, capIdle, exceeded, daySet, allDays) = (0, 0, 0, 0, 0, 0);
        for (var group = 0; group < 20; group++)
        {
            var closures = Enumerable
                .Range(0, random.Next(0, 200))
                .Select(_ => DateOnly.FromDateTime(Moment(random).Date))
                .ToList();
            var close = new TimeOnly(random.Next(12, 20), random.Next(0, 2) * 30);
            var calendar = new WorkingCalendar(
                CalendarEdition.BuiltIn,
                division,
                [.. closures.Select(c => new Closure(c, "Closed"))],
                London.Zone,
                close,
                1
            );
            var independent = new IndependentCalculation(division, closures, close);
            for (var i = 0; i < Questions / 20; i++)
            {
                var question = Question(random);
                var deadline = Deadlines.Of(calendar, question);
                Assert.True(
                    independent.Deadline(question) == (deadline.At, deadline.Kind),
                    $"{division}, close {close}: {question} gave {deadline}"
                );
                Assert.Equal(deadline.At, Deadlines.InstantOf(calendar, question));
                AssertExplained(calendar, independent, deadline);
                capSet += deadline.Explanation.Cap is { Counts: true } c && c.At == deadline.At ? 1 : 0;
                capFloored += deadline.Explanation.Cap is { Counts: true } f && f.At < deadline.At ? 1 : 0;
                capIdle += deadline.Explanation.Cap is { Counts: false } ? 1 : 0;
                daySet += question.Until is { } day && day.At == deadline.At ? 1 : 0;
                allDays += deadline.Explanation.Rule.Contains("every day counted", StringComparison.Ordinal) ? 1 : 0;
                exceeded += deadline.Explanation.Exceeded is null ? 0 : 1;
            }
        }

        Assert.All(
            [capSet, capFloored, capIdle, exceeded, daySet, allDays],
            times => Assert.InRange(times, Questions / 100, Questions)
        );
    }

    [Theory]
    [InlineData("england-and-wales")]
    [InlineData("scotland")]
    [InlineData("northern-ireland")]
    public void Every_day_of_the_editions_years_is_a_working_day_or_not_as_the_feeds_text_says(string division)
    {
        var calendar = London.Of(CalendarEdition.BuiltIn, division);
        var independent = new IndependentCalculation(division, [], London.FivePm);
        for (var day = London.Day("2010-01-01"); day.Year <= 2032; day = day.AddDays(1))
        {
            Assert.True(independent.Works(day.ToDateTime(default)) == calendar.IsWorkingDay(day), $"{day:O}");
            Assert.Equal(calendar.IsWorkingDay(day) ? 1 : 0, calendar.WorkingDaysBetween(day.AddDays(-1), day));
        }
    }

    private static void AssertExplained(WorkingCalendar calendar, IndependentCalculation independent, Deadline deadline)
    {
        var (counted, skipped) = (deadline.Explanation.Counted, deadline.Explanation.Skipped);
        Assert.All(counted, day => Assert.True(independent.Works(day.ToDateTime(default))));
        Assert.All(skipped, day => Assert.False(independent.Works(day.Date.ToDateTime(default))));
        if (counted.Count > 0 && deadline.Explanation.Cap is not { Counts: true })
            Assert.Equal(calendar.LocalDate(deadline.At), counted[^1]);
        if (counted.Count == 0 || skipped.Count == 0)
            return;
        var days = counted.Concat(skipped.Select(s => s.Date)).Order().ToList();
        Assert.Equal(Enumerable.Range(days[0].DayNumber, days.Count), days.Select(d => d.DayNumber));
    }

    private static DeadlineQuestion Question(Random random)
    {
        var opened = Moment(random);
        return new(
            opened,
            random.Next(8) == 0
                ? null
                : new CountedLimit(Limit(random, 8), random.Next(3) > 0 ? opened : Before(random, opened), "it began"),
            random.Next(3) == 0
                ? null
                : new CountedLimit(Limit(random, 14), Before(random, opened), "it was raised")
                {
                    MovedWorkingDays = random.Next(3) * random.Next(4),
                },
            random.Next(4) > 0
                ? null
                : new SetDay(
                    opened.AddMinutes(random.Next(-60 * 24, 60 * 24 * 12)),
                    "the day set",
                    new Basis("chosen", "A day set for the case", Local: true)
                )
        );
    }

    private static TimeLimit Limit(Random random, int days)
    {
        var kind = random.Next(2) == 0 ? LimitKind.Target : LimitKind.Maximum;
        return random.Next(5) switch
        {
            0 => London.Hours(random.Next(1, 200), kind),
            1 => London.Days(0, kind) with { WorkingDays = null, CalendarDays = random.Next(1, 20) },
            _ => London.Days(random.Next(0, days), kind),
        };
    }

    private static DateTimeOffset? Before(Random random, DateTimeOffset opened) =>
        random.Next(10) == 0 ? null : opened.AddMinutes(-random.Next(0, 60 * 24 * 12));

    /// <summary>Half of them within ten days of a clock change, Christmas or Easter; a fifth on the stroke of a half hour.</summary>
    private static DateTimeOffset Moment(Random random)
    {
        var minutes = random.NextInt64((long)(Last - First).TotalMinutes);
        var at = First.AddMinutes(random.Next(5) == 0 ? minutes / 30 * 30 : minutes);
        if (random.Next(2) == 0)
            return at;
        var (month, day) = random.Next(4) switch
        {
            0 => (3, 28),
            1 => (10, 28),
            2 => (12, 24),
            _ => (4, 10),
        };
        return new DateTimeOffset(at.Year, month, day, at.Hour, at.Minute, 0, TimeSpan.Zero).AddDays(
            random.Next(-10, 6)
        );
    }
}
