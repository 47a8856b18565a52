using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

/// <summary>The days that a list over several partnerships is asked for.</summary>
public sealed class LondonTimeTests
{
    [Theory]
    [InlineData("2026-01-15", "2026-01-15 00:00")]
    [InlineData("2026-03-29", "2026-03-29 00:00")]
    [InlineData("2026-03-30", "2026-03-29 23:00")]
    [InlineData("2026-07-15", "2026-07-14 23:00")]
    [InlineData("2026-10-25", "2026-10-24 23:00")]
    [InlineData("2026-10-26", "2026-10-26 00:00")]
    public void A_day_begins_at_local_midnight_and_all_before_is_the_day_before(string date, string utc)
    {
        var start = LondonTime.StartOf(London.Day(date));
        Assert.Equal((London.Utc(utc), TimeSpan.Zero), (start, start.Offset));
        Assert.Equal(London.Day(date), LondonTime.DateOf(start));
        Assert.Equal(London.Day(date).AddDays(-1), LondonTime.DateOf(start.AddTicks(-1)));
    }
}
