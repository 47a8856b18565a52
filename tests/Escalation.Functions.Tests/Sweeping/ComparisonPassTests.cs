using Escalation.Functions.Sweeping;
using Escalation.Functions.Tests.World;
using Escalation.Web.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Functions.Tests.Sweeping;

/// <summary>How far a pass has come, and what the health page says of it.</summary>
public sealed class ComparisonPassTests
{
    private static readonly DateTimeOffset Raised = new(2026, 9, 25, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, "SAN-9", true)]
    [InlineData(0, "SAN-4", true)]
    [InlineData(0, "SAN-5", true)]
    [InlineData(0, "SAN-6", false)]
    [InlineData(0, "san-5", false)]
    [InlineData(1, "SAN-1", false)]
    public void A_case_is_past_by_its_date_raised_and_then_by_its_reference(int ticks, string reference, bool past)
    {
        var pass = new ComparisonPass(Raised, Raised: Raised, Reference: "SAN-5");

        Assert.Equal(past, pass.IsPast(Raised.AddTicks(ticks), reference));
        Assert.False(new ComparisonPass(Raised).IsPast(Raised.AddTicks(ticks), reference));
    }

    [Theory]
    [InlineData("2026-09-26T00:59:59Z", "2026-09-26T01:00:00Z", true)]
    [InlineData("2026-09-26T00:00:00Z", "2026-09-26T00:59:59Z", false)]
    [InlineData("2026-09-26T01:00:00Z", "2026-09-27T00:59:59Z", false)]
    [InlineData("2026-09-26T01:00:00Z", "2026-09-27T01:00:00Z", true)]
    public void A_night_begins_at_one(string began, string now, bool earlier) =>
        Assert.Equal(earlier, new ComparisonPass(At(began)).IsOfEarlierNight(At(now)));

    /// <summary>Minutes since it began and ended, and cases not compared; 36 hours are 2,160 minutes.</summary>
    [Theory]
    [InlineData(0, null, 0, HealthState.Well)]
    [InlineData(2159, null, 0, HealthState.Well)]
    [InlineData(2160, null, 0, HealthState.Act)]
    [InlineData(60, 0, 0, HealthState.Well)]
    [InlineData(9000, 2159, 0, HealthState.Well)]
    [InlineData(9000, 2160, 0, HealthState.Act)]
    [InlineData(60, 0, 1, HealthState.Act)]
    public async Task Health_says_when_it_does_not_end_has_not_run_since_or_left_a_case_out(
        int began,
        int? ended,
        int failed,
        HealthState state
    )
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00", directory: false);
        var pass = new ComparisonPass(
            world.Now.AddMinutes(-began),
            ended is { } minutes ? world.Now.AddMinutes(-minutes) : null,
            Compared: 7,
            Mended: 3,
            Failed: failed
        );
        Assert.True(await pass.WriteAsync(world.Store, 0, CancellationToken.None));

        var health = world.Services.GetServices<IHostHealth>();
        var lines = await Task.WhenAll(health.Select(h => h.LineAsync(world.Now, CancellationToken.None)));
        var line = lines.Single(l => l.What.StartsWith("Nightly comparison", StringComparison.Ordinal));

        Assert.Equal((state, state == HealthState.Well), (line.State, line.ToDo is null));
        Assert.Contains("7 cases", line.Figure, StringComparison.Ordinal);
        Assert.Equal(ended is not null, line.Figure.Contains("3 mended", StringComparison.Ordinal));
    }

    private static DateTimeOffset At(string instant) =>
        DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
}
