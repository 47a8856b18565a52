using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

/// <summary>
/// The limits of the nine procedures, every stage missed and opened at the deadline before. Days are closes, unless a
/// time is given.
/// </summary>
public sealed class WorkedTimelineTests
{
    private static readonly Step Day1 = new(London.Days(1));
    private static readonly Step Day3 = new(London.Days(3));

    private static readonly Dictionary<string, Step[]> Procedures = new()
    {
        ["sandwell"] =
        [
            new(London.Hours(24)),
            new(London.Days(3), London.Days(3), CapFrom: 1),
            new(London.Days(5), London.Days(8, LimitKind.Maximum), CapFrom: 1),
            new(London.Days(5), London.Days(13, LimitKind.Maximum), CapFrom: 1),
            new(London.Days(7), London.Days(20), CapFrom: 1),
        ],
        ["surrey-adults"] = [Day1, Day1, Day1, Day1, Day1, Day1],
        ["sefton"] =
        [
            new(London.Days(2), London.Days(2), CapFrom: 0),
            new(London.Days(2), London.Days(4), CapFrom: 0),
            new(London.Days(2), London.Days(6), CapFrom: 0),
            new(London.Days(5), London.Days(11), CapFrom: 0),
        ],
        ["suffolk"] = [Day3, Day1, Day1, new(London.Days(3), London.Days(5), CapFrom: 1), new(London.Days(2))],
        ["berkshire-west"] = [Day1, Day1, new(null, London.Days(5), CapFrom: 0), Day3],
        ["berkshire-west-disagreement"] = [Day1, Day1, Day1, Day1, Day3],
        ["suffolk-mash"] = [Day3, Day3],
        ["surrey-adults-risk"] = [new(London.Days(5)), new(London.Days(2))],
    };

    [Theory]
    [InlineData(
        "sandwell",
        "2026-12-23 10:00",
        "2026-12-24 10:00",
        "2026-12-31",
        "2027-01-08",
        "2027-01-15",
        "2027-01-26"
    )]
    [InlineData(
        "sandwell",
        "2026-09-25 16:00",
        "2026-09-26 16:00",
        "2026-09-30",
        "2026-10-07",
        "2026-10-14",
        "2026-10-23"
    )]
    [InlineData(
        "surrey-adults",
        "2026-03-27 16:30",
        "2026-03-30",
        "2026-03-31",
        "2026-04-01",
        "2026-04-02",
        "2026-04-07",
        "2026-04-08"
    )]
    [InlineData("sefton", "2026-04-30 09:00", "2026-05-05", "2026-05-07", "2026-05-11", "2026-05-18")]
    [InlineData("suffolk", "2026-10-10 12:00", "2026-10-14", "2026-10-15", "2026-10-16", "2026-10-21", "2026-10-23")]
    [InlineData("berkshire-west", "2026-09-25 11:00", "2026-09-28", "2026-09-29 17:00", "2026-10-02", "2026-10-07")]
    [InlineData(
        "berkshire-west-disagreement",
        "2026-09-25 11:00",
        "2026-09-28",
        "2026-09-29",
        "2026-09-30",
        "2026-10-01",
        "2026-10-06"
    )]
    [InlineData("suffolk-mash", "2026-09-25 11:00", "2026-09-30", "2026-10-05")]
    [InlineData("surrey-adults-risk", "2026-09-25 11:00", "2026-10-02", "2026-10-06")]
    public void Nobody_answers(string policy, string raised, params string[] expected)
    {
        var opened = new List<DateTimeOffset> { London.At(raised) };
        foreach (var step in Procedures[policy])
        {
            var own = step.Limit is { } limit ? limit.From(opened[^1]) : null;
            var cap = step.Cap is { } total ? total.From(opened[step.CapFrom]) : null;
            opened.Add(Deadlines.InstantOf(London.Calendar, new(opened[^1], own, cap)));
        }

        Assert.Equal(expected.Select(e => e.Contains(':') ? e : e + " 17:00"), opened.Skip(1).Select(London.Text));
    }

    [Fact]
    public void Sandwell_stage_2_at_Christmas_ends_with_its_cap_and_is_therefore_a_maximum()
    {
        var opened = London.At("2026-12-31 17:00");
        var cap = London.Days(8, LimitKind.Maximum).From("2026-12-24 10:00", "stage 1 opened");
        var deadline = Deadlines.Of(London.Calendar, new(opened, London.Days(5).From(opened), cap));
        Assert.Equal(("2027-01-08 17:00", LimitKind.Maximum), (London.Text(deadline.At), deadline.Kind));
        Assert.Equal(
            "The cap, Friday 8 January 2027 at 5pm, is the same moment as the stage's own limit, and is a maximum, so it counts",
            deadline.Explanation.Cap!.Why
        );
    }

    /// <param name="CapFrom">The stage, from 0, whose opening the cap runs from; in Suffolk the close of stage 1, which
    /// opens stage 2.</param>
    private sealed record Step(TimeLimit? Limit, TimeLimit? Cap = null, int CapFrom = 0);
}
