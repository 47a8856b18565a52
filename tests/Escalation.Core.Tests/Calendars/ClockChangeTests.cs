using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

public sealed class ClockChangeTests
{
    [Theory]
    [InlineData("2026-03-28", "17:00", "2026-03-28 17:00")]
    [InlineData("2026-03-29", "00:59", "2026-03-29 00:59")]
    [InlineData("2026-03-29", "01:00", "2026-03-29 01:00")]
    [InlineData("2026-03-29", "01:30", "2026-03-29 01:00")]
    [InlineData("2026-03-29", "01:59", "2026-03-29 01:00")]
    [InlineData("2026-03-29", "02:00", "2026-03-29 01:00")]
    [InlineData("2026-03-29", "02:01", "2026-03-29 01:01")]
    [InlineData("2026-03-29", "17:00", "2026-03-29 16:00")]
    [InlineData("2026-10-25", "00:59", "2026-10-24 23:59")]
    [InlineData("2026-10-25", "01:00", "2026-10-25 00:00")]
    [InlineData("2026-10-25", "01:59", "2026-10-25 00:59")]
    [InlineData("2026-10-25", "02:00", "2026-10-25 02:00")]
    [InlineData("2026-10-25", "17:00", "2026-10-25 17:00")]
    [InlineData("2045-03-26", "01:30", "2045-03-26 01:00")]
    [InlineData("2045-10-29", "01:30", "2045-10-29 00:30")]
    public void Instant_of_a_skipped_time_is_the_jump_and_of_a_doubled_time_the_first(
        string date,
        string time,
        string utc
    ) =>
        Assert.Equal(
            London.Utc(utc),
            London.Calendar.Instant(
                London.Day(date),
                TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)
            )
        );

    [Theory]
    [InlineData("2026-03-28 16:00", "2026-03-29 17:00")]
    [InlineData("2026-10-24 16:00", "2026-10-25 15:00")]
    [InlineData("2026-06-24 16:00", "2026-06-25 16:00")]
    public void Twenty_four_hours_are_clock_time_across_a_change(string opened, string expected)
    {
        var t = London.At(opened);
        var deadline = Deadlines.Of(London.Calendar, new(t, London.Hours(24).From(t), null));
        Assert.Equal(expected, London.Text(deadline.At));
        Assert.Equal(TimeSpan.FromHours(24), deadline.At - t);
    }

    [Theory]
    [InlineData("2026-03-27 16:30", "2026-03-30 16:00")]
    [InlineData("2026-10-23 16:30", "2026-10-26 17:00")]
    public void The_close_is_local_on_both_sides_of_a_change(string opened, string utc) =>
        Assert.Equal(London.Utc(utc), London.Calendar.CloseOfNextWorkingDay(London.At(opened)));

    [Theory]
    [InlineData("Europe/London")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("UTC")]
    public void Conversions_agree_with_TimeZoneInfo_from_2010_to_2041(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var calendar = new WorkingCalendar(CalendarEdition.BuiltIn, London.EnglandAndWales, [], zone, London.FivePm, 1);
        for (
            var t = London.Utc("2009-12-25 00:10");
            t.Year < 2042;
            t += TimeSpan.FromMinutes(t.Year % 5 == 0 ? 30 : 60 * 7)
        )
        {
            var local = TimeZoneInfo.ConvertTime(t, zone).DateTime;
            var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
            Assert.True((date, time) == (calendar.LocalDate(t), calendar.LocalTime(t)), $"{t:O} in {id}");
            var offset = zone.IsAmbiguousTime(local)
                ? zone.GetAmbiguousTimeOffsets(local).Max()
                : zone.GetUtcOffset(local);
            Assert.True(new DateTimeOffset(local, offset) == calendar.Instant(date, time), $"{local:O} in {id}");
        }
    }
}
