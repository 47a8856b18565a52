using System.Globalization;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Health;
using Escalation.Web.Health;

namespace Escalation.Standalone.Tests.Clocks;

public sealed class ClockWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero);
    private readonly MovedClock _clock = new(Start);
    private readonly ClockWatch _watch;

    public ClockWatchTests() => _watch = new ClockWatch(_clock);

    [Theory]
    [InlineData("-00:01:01", true)]
    [InlineData("-365.00:00:00", true)]
    [InlineData("01:00:01", true)]
    [InlineData("3650.00:00:00", true)]
    [InlineData("-00:01:00", false)]
    [InlineData("01:00:00", false)]
    [InlineData("00:00:00", false)]
    public void A_clock_set_back_by_over_a_minute_or_ahead_by_over_an_hour_has_jumped(string by, bool jumped)
    {
        var moved = TimeSpan.Parse(by, CultureInfo.InvariantCulture);
        _clock.Advance(TimeSpan.FromSeconds(10));
        _clock.Move(moved);

        var expected = Start.AddSeconds(10);
        Assert.Equal(jumped ? new ClockJump(expected, expected + moved) : null, _watch.Look());
        Assert.Equal(jumped, _watch.Jump is not null);
        Assert.Null(_watch.Look());
    }

    [Fact]
    public void Time_that_passes_is_no_jump_however_long_nobody_looked()
    {
        _clock.Advance(TimeSpan.FromDays(40));

        Assert.Null(_watch.Look());
        Assert.Null(_watch.Jump);
    }

    [Fact]
    public void A_jump_is_told_until_the_clock_has_run_steadily_for_an_hour()
    {
        _clock.Move(TimeSpan.FromDays(-2));
        Assert.NotNull(_watch.Look());
        _clock.Advance(TimeSpan.FromMinutes(40));
        _clock.Move(TimeSpan.FromDays(2));
        Assert.False(_watch.Look()!.IsBack);

        _clock.Advance(ClockWatch.ToldFor - TimeSpan.FromTicks(1));
        Assert.NotNull(_watch.Jump);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_watch.Jump);
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(60, false)]
    [InlineData(-86400, false)]
    public void A_start_before_the_latest_instant_that_was_seen_is_a_jump_back_and_one_long_after_it_is_none(
        int seconds,
        bool jumped
    )
    {
        var latest = Start.AddSeconds(seconds);

        Assert.Equal(jumped ? new ClockJump(latest, Start) : null, _watch.Start(latest));
        Assert.Equal(jumped, _watch.Jump is not null);
    }

    [Fact]
    public async Task A_jump_stands_on_the_health_page_and_in_readiness_in_words()
    {
        var health = new ClockHealth(_watch);
        Assert.Equal(
            new HealthLine("Clock", HealthState.Well, "Runs steadily"),
            await health.LineAsync(Start, CancellationToken.None)
        );
        Assert.Null(await health.FaultAsync(CancellationToken.None));

        _clock.Move(TimeSpan.FromHours(-26));
        _watch.Look();
        const string words =
            "The clock jumped back by 1 day and 2 hours, from Wednesday 23 December 2026 at 10am to Tuesday 22 December 2026 at 8am.";
        var line = await health.LineAsync(Start, CancellationToken.None);
        Assert.Equal((HealthState.Act, words), (line.State, line.Figure));
        Assert.StartsWith(words, await health.FaultAsync(CancellationToken.None), StringComparison.Ordinal);

        _clock.Move(TimeSpan.FromHours(50));
        _watch.Look();
        var fault = await health.FaultAsync(CancellationToken.None);
        Assert.StartsWith("The clock jumped ahead by 2 days and 2 hours", fault, StringComparison.Ordinal);
    }
}
