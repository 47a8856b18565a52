using Escalation.Standalone.Scheduling;

namespace Escalation.Standalone.Tests.Host;

/// <summary>When a case is looked at again that waits for a sender.</summary>
public sealed class LatenessTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero);

    /// <summary>In ticks from now: its next wake, until when it is left alone, and when it is looked at.</summary>
    [Theory]
    [InlineData(null, 10, 10)]
    [InlineData(-1, 10, 10)]
    [InlineData(0, 10, 10)]
    [InlineData(1, 10, 1)]
    [InlineData(9, 10, 9)]
    [InlineData(10, 10, 10)]
    [InlineData(11, 10, 10)]
    public void It_is_left_alone_but_for_a_wake_that_is_still_to_come(int? wake, int until, int expected)
    {
        DateTimeOffset? next = wake is { } ticks ? Now.AddTicks(ticks) : null;
        Assert.Equal(Now.AddTicks(expected), RetryDelays.NotPast(next, Now, Now.AddTicks(until)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(10, 60)]
    [InlineData(11, 60)]
    [InlineData(int.MaxValue, 60)]
    public void A_case_that_fails_waits_twice_as_long_each_time_and_never_longer_than_an_hour(
        int failures,
        int minutes
    ) => Assert.Equal(TimeSpan.FromMinutes(minutes), RetryDelays.AfterFailure(failures));

    [Fact]
    public void A_sender_has_five_minutes() => Assert.Equal(TimeSpan.FromMinutes(5), RetryDelays.Sending);
}
