using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

public sealed class WorkingCalendarTests
{
    [Theory]
    [InlineData("2026-10-09", null)]
    [InlineData("2026-10-10", "Saturday")]
    [InlineData("2026-10-11", "Sunday")]
    [InlineData("2026-12-25", "Christmas Day (bank holiday)")]
    [InlineData("2026-12-26", "Saturday")]
    [InlineData("2026-12-28", "Boxing Day (bank holiday, substitute day)")]
    [InlineData("2026-08-31", "Summer bank holiday")]
    [InlineData("2012-06-04", "Spring bank holiday (substitute day)")]
    [InlineData("2012-06-05", "Queen’s Diamond Jubilee (extra bank holiday)")]
    [InlineData("2022-09-19", "Bank Holiday for the State Funeral of Queen Elizabeth II")]
    [InlineData("2026-06-15", null)]
    public void WhyNotWorking_says_the_reason_or_nothing(string date, string? reason)
    {
        Assert.Equal(reason, London.Calendar.WhyNotWorking(London.Day(date)));
        Assert.Equal(reason is null, London.Calendar.IsWorkingDay(London.Day(date)));
    }

    [Theory]
    [InlineData("england-and-wales", "2026-06-15", true)]
    [InlineData("scotland", "2026-06-15", false)]
    [InlineData("northern-ireland", "2026-06-15", true)]
    [InlineData("england-and-wales", "2026-04-06", false)]
    [InlineData("scotland", "2026-04-06", true)]
    [InlineData("england-and-wales", "2026-07-13", true)]
    [InlineData("northern-ireland", "2026-07-13", false)]
    [InlineData("scotland", "2026-01-02", false)]
    [InlineData("england-and-wales", "2026-01-02", true)]
    public void Each_division_has_its_own_bank_holidays(string division, string date, bool working) =>
        Assert.Equal(working, London.Of(CalendarEdition.BuiltIn, division).IsWorkingDay(London.Day(date)));

    [Fact]
    public void A_division_that_does_not_exist_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => London.Of(CalendarEdition.BuiltIn, "wales"));

    [Theory]
    [InlineData("2026-12-23", 1, "2026-12-24")]
    [InlineData("2026-12-24", 1, "2026-12-29")]
    [InlineData("2026-12-24", 3, "2026-12-31")]
    [InlineData("2026-12-26", 1, "2026-12-29")]
    [InlineData("2026-12-31", 5, "2027-01-08")]
    [InlineData("2026-04-02", 1, "2026-04-07")]
    [InlineData("2026-04-02", 0, "2026-04-02")]
    [InlineData("2026-04-03", 0, "2026-04-07")]
    [InlineData("2012-06-01", 1, "2012-06-06")]
    [InlineData("2022-06-01", 1, "2022-06-06")]
    [InlineData("2022-09-16", 1, "2022-09-20")]
    [InlineData("2021-12-24", 1, "2021-12-29")]
    [InlineData("2022-12-23", 1, "2022-12-28")]
    [InlineData("2026-01-01", 253, "2026-12-31")]
    public void AddWorkingDays_counts_strictly_after(string from, int days, string expected) =>
        Assert.Equal(London.Day(expected), London.Calendar.AddWorkingDays(London.Day(from), days));

    [Fact]
    public void AddWorkingDays_refuses_to_count_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => London.Calendar.AddWorkingDays(London.Day("2026-04-02"), -1));

    [Theory]
    [InlineData("2026-12-24", "2026-12-31", 3)]
    [InlineData("2026-12-24", "2026-12-28", 0)]
    [InlineData("2026-12-31", "2026-12-24", 0)]
    [InlineData("2026-12-31", "2026-12-31", 0)]
    [InlineData("2025-12-31", "2026-12-31", 253)]
    [InlineData("2040-06-29", "2040-07-09", 6)]
    [InlineData("1999-12-31", "2000-01-07", 5)]
    public void WorkingDaysBetween_counts_after_the_first_through_the_second(
        string after,
        string through,
        int expected
    ) => Assert.Equal(expected, London.Calendar.WorkingDaysBetween(London.Day(after), London.Day(through)));

    [Theory]
    [InlineData("2026-12-24", "2026-12-23", "2026-12-29")]
    [InlineData("2026-12-29", "2026-12-24", "2026-12-30")]
    [InlineData("2026-12-27", "2026-12-24", "2026-12-29")]
    public void Next_and_previous_are_strict(string date, string previous, string next)
    {
        Assert.Equal(London.Day(previous), London.Calendar.PreviousWorkingDay(London.Day(date)));
        Assert.Equal(London.Day(next), London.Calendar.NextWorkingDay(London.Day(date)));
    }

    [Theory]
    [InlineData("2026-10-08 16:59", 0, "2026-10-08 17:00")]
    [InlineData("2026-10-08 17:00", 0, "2026-10-09 17:00")]
    [InlineData("2026-10-08 17:01", 0, "2026-10-09 17:00")]
    [InlineData("2026-10-09 17:00", 0, "2026-10-12 17:00")]
    [InlineData("2026-10-10 09:00", 0, "2026-10-12 17:00")]
    [InlineData("2026-12-24 17:00", 0, "2026-12-29 17:00")]
    [InlineData("2026-10-10 12:00", 3, "2026-10-14 17:00")]
    [InlineData("2026-10-11 23:59", 3, "2026-10-14 17:00")]
    [InlineData("2026-10-09 00:00", 3, "2026-10-14 17:00")]
    [InlineData("2026-10-09 23:59", 3, "2026-10-14 17:00")]
    [InlineData("2026-10-12 00:00", 3, "2026-10-15 17:00")]
    [InlineData("2026-03-27 16:30", 1, "2026-03-30 17:00")]
    public void WorkingDaysAfter_ends_at_the_close(string t, int days, string expected) =>
        Assert.Equal(expected, London.Text(London.Calendar.WorkingDaysAfter(London.At(t), days)));

    [Fact]
    public void A_time_just_before_midnight_UTC_in_summer_belongs_to_the_next_local_day()
    {
        var t = London.Utc("2026-07-01 23:30");
        Assert.Equal(London.Day("2026-07-02"), London.Calendar.LocalDate(t));
        Assert.Equal("2026-07-03 17:00", London.Text(London.Calendar.CloseOfNextWorkingDay(t)));
    }

    [Fact]
    public void The_offset_an_instant_is_written_with_does_not_matter()
    {
        var t = London.At("2026-07-01 10:00");
        var same = t.ToOffset(TimeSpan.FromHours(-11));
        Assert.Equal(London.Calendar.LocalDate(t), London.Calendar.LocalDate(same));
        Assert.Equal(TimeSpan.Zero, London.Calendar.WorkingDaysAfter(same, 1).Offset);
    }

    [Theory]
    [InlineData("2026-01-31", "2026-02-27")]
    [InlineData("2028-01-31", "2028-02-29")]
    [InlineData("2027-01-29", "2027-02-26")]
    [InlineData("2026-03-03", "2026-04-02")]
    [InlineData("2026-03-06", "2026-04-02")]
    [InlineData("2026-11-28", "2026-12-24")]
    [InlineData("2026-12-01", "2026-12-31")]
    [InlineData("2026-09-15", "2026-10-15")]
    [InlineData("2026-09-10", "2026-10-09")]
    public void WithinOneMonth_is_the_same_day_moved_back_to_a_working_day(string meeting, string expected) =>
        Assert.Equal($"{expected} 17:00", London.Text(London.Calendar.WithinMonths(London.Day(meeting), 1)));

    [Fact]
    public void A_closure_is_a_day_off_with_its_reason()
    {
        var calendar = London.With(new Closure(London.Day("2026-12-29"), "Office closed"));
        Assert.Equal("Office closed", calendar.WhyNotWorking(London.Day("2026-12-29")));
        Assert.Equal(London.Day("2027-01-04"), calendar.AddWorkingDays(London.Day("2026-12-24"), 3));
        Assert.Equal(CalendarEdition.BuiltIn.Name + ", with 1 local closure", calendar.Name);
    }

    [Fact]
    public void A_closure_on_a_day_that_is_off_anyway_changes_neither_days_nor_reasons()
    {
        var calendar = London.With(new(London.Day("2026-12-25"), "Closed"), new(London.Day("2026-12-27"), "Closed"));
        Assert.Equal("Christmas Day (bank holiday)", calendar.WhyNotWorking(London.Day("2026-12-25")));
        Assert.Equal("Sunday", calendar.WhyNotWorking(London.Day("2026-12-27")));
        Assert.Equal(London.Day("2026-12-31"), calendar.AddWorkingDays(London.Day("2026-12-24"), 3));
    }

    [Fact]
    public void With_adds_closures_as_a_new_version_and_leaves_the_old_calendar_alone()
    {
        var day = London.Day("2026-12-29");
        var amended = London.Calendar.With([new(day, "Storm")], version: 4);
        Assert.Equal((4, 3), (amended.Version, London.Calendar.Version));
        Assert.False(amended.IsWorkingDay(day));
        Assert.True(London.Calendar.IsWorkingDay(day));
        Assert.Equal(
            CalendarEdition.BuiltIn.Name + ", with 2 local closures",
            amended.With([new(day.AddDays(1), "Storm")], 5).Name
        );
    }

    [Fact]
    public void WhatIf_adds_bank_holidays_keeps_the_version_and_says_so()
    {
        var asked = London.Calendar.WhatIf([new(London.Day("2026-12-29"), "Extra day", "")]);
        Assert.Equal("Extra day (bank holiday)", asked.WhyNotWorking(London.Day("2026-12-29")));
        Assert.Equal(3, asked.Version);
        Assert.EndsWith(", and if these were bank holidays too: Tuesday 29 December 2026", asked.Name);
    }

    [Theory]
    [InlineData("2009-12-25", "2009-12-24", "2009-12-28")]
    [InlineData("2041-12-25", "2041-12-24", "2041-12-26")]
    public void Outside_the_editions_years_only_weekends_and_closures_count(string closed, string before, string after)
    {
        var calendar = London.With(new Closure(London.Day(closed), "Closed"));
        Assert.Equal(London.Day(after), calendar.NextWorkingDay(London.Day(before)));
        Assert.Equal(London.Day(closed), London.Calendar.NextWorkingDay(London.Day(before)));
    }
}
