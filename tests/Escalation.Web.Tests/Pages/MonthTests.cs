using Escalation.Web.Site.Pages;

namespace Escalation.Web.Tests.Pages;

/// <summary>Months as grids of weeks.</summary>
public sealed class MonthTests
{
    [Fact]
    public void Every_day_of_four_years_stands_once_and_under_its_weekday()
    {
        var (from, to) = (new DateOnly(2025, 1, 1), new DateOnly(2028, 12, 31));
        var shown = new List<DateOnly>();
        foreach (var week in Month.Between(from, to).SelectMany(m => m.Weeks))
        {
            Assert.Equal(Month.Weekdays.Count, week.Count);
            foreach (var (day, weekday) in week.Zip(Month.Weekdays))
                if (day is { } date)
                {
                    Assert.Equal(weekday, date.DayOfWeek.ToString());
                    shown.Add(date);
                }
        }
        Assert.Equal(Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays), shown);
    }
}
