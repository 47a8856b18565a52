using System.Globalization;
using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

public sealed class UkDatesTests
{
    [Theory]
    [InlineData(17, 0, "5pm")]
    [InlineData(10, 30, "10:30am")]
    [InlineData(9, 5, "9:05am")]
    [InlineData(12, 0, "midday")]
    [InlineData(12, 1, "12:01pm")]
    [InlineData(0, 0, "midnight")]
    [InlineData(0, 1, "12:01am")]
    [InlineData(11, 59, "11:59am")]
    [InlineData(23, 59, "11:59pm")]
    [InlineData(1, 0, "1am")]
    public void Time_is_as_GOV_UK_writes_it(int hour, int minute, string expected) =>
        Assert.Equal(expected, UkDates.Time(new(hour, minute)));

    [Fact]
    public void Moment_does_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
        try
        {
            Assert.Equal("Thursday 31 December 2026 at 5pm", UkDates.Moment(new(2026, 12, 31), new(17, 0)));
            Assert.Equal("Friday 9 October", UkDates.DateWithoutYear(new(2026, 10, 9)));
            Assert.StartsWith("gov.uk bank holidays, edition 2026-08-01 (", CalendarEdition.BuiltIn.Name);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Month_names_the_month_and_its_year() =>
        Assert.Equal("December 2026", UkDates.Month(new DateOnly(2026, 12, 31)));
}
