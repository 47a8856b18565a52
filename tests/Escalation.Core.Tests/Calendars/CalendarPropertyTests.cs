using Escalation.Core.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace Escalation.Core.Tests.Calendars;

/// <summary>What holds of working days whatever the day, the count and the closures; a counter-example shrinks to the smallest.</summary>
public sealed class CalendarPropertyTests
{
    private static readonly WorkingCalendar Calendar = London.Calendar;
    private static readonly DateOnly First = new(2012, 1, 1);
    private static readonly DateTimeOffset Start = new(2012, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void The_nth_working_day_is_one_and_as_many_working_days_lie_between() =>
        Check(
            (day, n) =>
            {
                var date = First.AddDays(day);
                var nth = Calendar.AddWorkingDays(date, n);
                Assert.True(Calendar.IsWorkingDay(nth));
                Assert.Equal(n, Calendar.WorkingDaysBetween(date, nth));
                Assert.Equal(n - 1, Calendar.WorkingDaysBetween(date, nth.AddDays(-1)));
            }
        );

    [Fact]
    public void Days_counted_on_from_a_counted_day_are_counted_once() =>
        Check(
            (day, n) =>
            {
                var date = First.AddDays(day);
                Assert.Equal(
                    Calendar.AddWorkingDays(date, n + 2),
                    Calendar.AddWorkingDays(Calendar.AddWorkingDays(date, n), 2)
                );
            }
        );

    [Fact]
    public void The_working_day_before_the_next_one_is_the_last_one() =>
        Check(
            (day, _) =>
            {
                var date = First.AddDays(day);
                var next = Calendar.NextWorkingDay(date);
                Assert.Equal(
                    Calendar.IsWorkingDay(date) ? date : Calendar.PreviousWorkingDay(date),
                    Calendar.PreviousWorkingDay(next)
                );
            }
        );

    [Fact]
    public void A_deadline_is_the_close_of_a_working_day_after_its_start_and_none_of_an_earlier_start_lies_after_it() =>
        Check(
            (minutes, n) =>
            {
                var from = Start.AddMinutes(minutes * 719L);
                var deadline = Calendar.WorkingDaysAfter(from, n);
                Assert.True(deadline > from);
                Assert.Equal(Calendar.Close, Calendar.LocalTime(deadline));
                Assert.True(Calendar.IsWorkingDay(Calendar.LocalDate(deadline)));
                Assert.True(Calendar.WorkingDaysAfter(from.AddMinutes(-1), n) <= deadline);
                Assert.True(Calendar.WorkingDaysAfter(from, n + 1) > deadline);
            }
        );

    [Fact]
    public void A_closure_moves_a_day_counted_past_it_by_one_working_day_and_no_other() =>
        Check(
            (day, n) =>
            {
                var date = First.AddDays(day);
                var nth = Calendar.AddWorkingDays(date, n);
                foreach (var closed in new[] { date, date.AddDays(1), nth, nth.AddDays(1) })
                {
                    var moves = Calendar.IsWorkingDay(closed) && closed > date && closed <= nth;
                    Assert.Equal(
                        moves ? Calendar.NextWorkingDay(nth) : nth,
                        London.With(new Closure(closed, "Closed")).AddWorkingDays(date, n)
                    );
                }
            }
        );

    [Fact]
    public void A_local_time_is_its_own_instant_but_for_the_hour_that_the_clocks_skip() =>
        Check(
            (minutes, _) =>
            {
                var at = Start.AddMinutes(minutes * 719L);
                var (date, time) = (Calendar.LocalDate(at), Calendar.LocalTime(at));
                var again = Calendar.Instant(date, time);
                Assert.True(
                    again == at || (again == at.AddHours(-1) && London.Zone.IsAmbiguousTime(date.ToDateTime(time)))
                );
            }
        );

    /// <summary>A day or a step from 2012 to 2028, and a count from 1 to 60.</summary>
    private static void Check(Action<int, int> holds)
    {
        var cases = Arb.From(Gen.Choose(0, 6_000).Zip(Gen.Choose(1, 60)), Smaller);
        Prop.ForAll(cases, c => holds(c.Item1, c.Item2)).Check(Config);
    }

    private static IEnumerable<(int, int)> Smaller((int Day, int Count) c)
    {
        if (c.Count > 1)
            yield return (c.Day, c.Count / 2);
        if (c.Day > 0)
            yield return (c.Day / 2, c.Count);
        if (c.Day > 0)
            yield return (c.Day - 1, c.Count);
    }
}
