using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Web.Health;

namespace Escalation.Web.Tests.Health;

public sealed class HealthWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly StoreCounts Calm = new(12, 5, 0, 0, 0, null, 0);

    [Fact]
    public void A_calm_store_is_well_in_every_line() =>
        Assert.All(HealthWords.Of(Calm, Now), l => Assert.Equal((HealthState.Well, null), (l.State, l.ToDo)));

    [Fact]
    public void A_wake_just_past_is_being_carried_out_and_one_five_minutes_past_is_not()
    {
        var just = Line(
            Calm with
            {
                OverdueWakes = 2,
                OldestOverdueWake = Now.AddMinutes(-5),
            },
            "Deadlines and reminders"
        );
        var late = Line(
            Calm with
            {
                OverdueWakes = 2,
                OldestOverdueWake = Now.AddMinutes(-5).AddSeconds(-1),
            },
            "Deadlines and reminders"
        );

        Assert.Equal((HealthState.Well, "2 cases just now being carried out"), (just.State, just.Figure));
        Assert.Equal(HealthState.Act, late.State);
        Assert.Equal(
            "2 cases not advanced in time; the first should have been on Wednesday 23 December 2026 at 9:54am (passed 5 minutes ago)",
            late.Figure
        );
        Assert.NotNull(late.ToDo);
    }

    [Theory]
    [InlineData("Cases backing off", HealthState.Act, "3 could not be advanced")]
    [InlineData("Emails waiting", HealthState.Look, "1,204 queued and not yet sent")]
    [InlineData("Emails that failed", HealthState.Look, "2 failed")]
    [InlineData("Escalations", HealthState.Well, "5 open, 12 in all")]
    public void A_number_that_is_not_as_it_should_be_has_its_state_and_what_to_do(
        string what,
        HealthState state,
        string figure
    )
    {
        var line = Line(Calm with { Failing = 3, Queued = 1204, Failed = 2 }, what);
        Assert.Equal((state, figure, state == HealthState.Well), (line.State, line.Figure, line.ToDo is null));
    }

    [Theory]
    [InlineData("2026-08-01", HealthState.Well)]
    [InlineData("2027-09-05", HealthState.Well)]
    [InlineData("2027-09-06", HealthState.Look)]
    [InlineData("2028-07-02", HealthState.Look)]
    [InlineData("2028-12-31", HealthState.Look)]
    [InlineData("2029-01-01", HealthState.Act)]
    public void A_calendar_that_is_old_or_ends_soon_is_to_be_looked_at_and_one_that_has_ended_is_to_be_acted_on(
        string today,
        HealthState state
    )
    {
        var edition = CalendarEdition.BuiltIn;
        var calendar = new WorkingCalendar(
            edition,
            "england-and-wales",
            [],
            TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
            new TimeOnly(17, 0),
            0
        );

        var line = HealthWords.Calendar(calendar, edition, DateOnly.Parse(today, CultureInfo.InvariantCulture));

        Assert.Equal(state, line.State);
        Assert.Contains(edition.Name, line.Figure, StringComparison.Ordinal);
        Assert.EndsWith("it holds bank holidays to the end of 2028", line.Figure, StringComparison.Ordinal);
        Assert.Equal(state == HealthState.Well, line.ToDo is null);
    }

    [Fact]
    public void Every_fault_of_a_probe_is_a_line_and_none_is_one_line()
    {
        Assert.Equal(
            [new HealthLine("What the host needs", HealthState.Well, "2 checks, all well")],
            HealthWords.Probes([null, null])
        );
        Assert.Equal(
            [(HealthState.Act, "The hub is out of reach.")],
            HealthWords.Probes([null, "The hub is out of reach."]).Select(l => (l.State, l.Figure))
        );
        Assert.Empty(HealthWords.Probes([]));
    }

    private static HealthLine Line(StoreCounts counts, string what) =>
        HealthWords.Of(counts, Now).Single(l => l.What == what);
}
