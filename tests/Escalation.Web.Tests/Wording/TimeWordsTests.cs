using Escalation.Web.Wording;

namespace Escalation.Web.Tests.Wording;

/// <summary>Elapsed time in words, at every change of its units.</summary>
public sealed class TimeWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 12, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, 0, 59, "less than a minute")]
    [InlineData(0, 0, 1, 0, "1 minute")]
    [InlineData(0, 0, 59, 59, "59 minutes")]
    [InlineData(0, 1, 0, 0, "1 hour")]
    [InlineData(0, 1, 1, 0, "1 hour and 1 minute")]
    [InlineData(0, 23, 59, 59, "23 hours and 59 minutes")]
    [InlineData(1, 0, 0, 0, "1 day")]
    [InlineData(1, 0, 59, 0, "1 day")]
    [InlineData(2, 5, 0, 0, "2 days and 5 hours")]
    public void Elapsed_time_is_told_in_its_two_largest_units(
        int days,
        int hours,
        int minutes,
        int seconds,
        string words
    )
    {
        var span = new TimeSpan(days, hours, minutes, seconds);
        Assert.Equal(words, TimeWords.Span(span));
        Assert.Equal($"{words} left", TimeWords.Left(Now, Now + span));
        Assert.Equal($"passed {words} ago", TimeWords.Left(Now, Now - span));
    }

    [Fact]
    public void At_the_instant_itself_it_passed_just_now() => Assert.Equal("passed just now", TimeWords.Left(Now, Now));
}
