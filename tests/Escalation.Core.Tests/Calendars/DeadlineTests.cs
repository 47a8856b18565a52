using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

public sealed class DeadlineTests
{
    private const string Monday = "2026-09-07 10:00";

    [Theory]
    [InlineData(Monday, 3, "2026-09-10 17:00")]
    [InlineData("2026-09-04 18:00", 1, "2026-09-07 17:00")]
    [InlineData("2026-09-05 18:00", 1, "2026-09-07 17:00")]
    [InlineData(Monday, 0, "2026-09-07 17:00")]
    [InlineData("2026-09-07 17:00", 0, "2026-09-08 17:00")]
    public void An_own_limit_runs_from_its_anchor_to_the_close(string opened, int days, string expected) =>
        AssertDeadline(
            expected,
            LimitKind.Maximum,
            Ask(opened, London.Days(days, LimitKind.Maximum).From(opened), null)
        );

    [Theory]
    [InlineData(LimitKind.Target)]
    [InlineData(LimitKind.Maximum)]
    public void The_kind_is_the_limits(LimitKind kind) =>
        AssertDeadline("2026-09-08 10:00", kind, Ask(Monday, London.Hours(24, kind).From(Monday), null));

    [Fact]
    public void Neither_limit_gives_the_close_of_the_next_working_day_as_a_target()
    {
        var deadline = AssertDeadline("2026-09-08 17:00", LimitKind.Target, Ask(Monday, null, null));
        Assert.Equal(
            "The close of the next working day, since the text gives this stage no limit (local setting)",
            deadline.Explanation.Basis
        );
        Assert.Null(deadline.Explanation.Cap);
        Assert.Null(deadline.Explanation.Exceeded);
    }

    [Fact]
    public void An_own_limit_from_an_earlier_anchor_counts_from_there() =>
        AssertDeadline(
            "2026-09-09 17:00",
            LimitKind.Target,
            Ask(Monday, London.Days(5).From("2026-09-02 12:00", "the concern was raised"), null)
        );

    [Theory]
    [InlineData("2026-09-01 12:00", "ran out on Friday 4 September 2026 at 5pm, before the stage opened")]
    [InlineData(
        "2026-09-02 12:00",
        "would leave less than the close of the next working day, ending on Monday 7 September 2026 at 5pm"
    )]
    public void An_own_limit_from_before_the_opening_leaves_the_next_close_whether_it_is_used_up_or_nearly_so(
        string anchor,
        string what
    )
    {
        var deadline = AssertDeadline(
            "2026-09-08 17:00",
            LimitKind.Maximum,
            Ask(Monday, London.Days(3, LimitKind.Maximum).From(anchor, "the concern was raised"), null)
        );
        Assert.Equal(
            $"The stage's own limit, counted from when the concern was raised, {what}, "
                + "so it is extended to the close of the next working day after the opening.",
            deadline.Explanation.Exceeded
        );
        Assert.Equal(
            "1 working day after the stage opened (Monday 7 September 2026), at the close of business, 5pm, "
                + "because a limit from before the opening never leaves a stage less",
            deadline.Explanation.Rule
        );
        Assert.Equal("3 working days (appendix 1)", deadline.Explanation.Basis);
    }

    [Theory]
    [InlineData(4, "2026-09-07 14:00")]
    [InlineData(0, "2026-09-07 17:00")]
    public void A_used_up_limit_shorter_than_the_next_close_is_counted_from_the_opening(int hours, string expected)
    {
        var limit = hours > 0 ? London.Hours(hours) : London.Days(0);
        var deadline = AssertDeadline(
            expected,
            LimitKind.Target,
            Ask(Monday, limit.From("2026-09-01 12:00", "the concern was raised"), null)
        );
        Assert.EndsWith("so it is counted from the opening.", deadline.Explanation.Exceeded);
        Assert.Contains("the stage opened (Monday 7 September 2026", deadline.Explanation.Rule);
    }

    [Fact]
    public void What_a_hold_left_of_a_limit_runs_as_it_is_however_short() =>
        AssertDeadline(
            "2026-09-07 11:00",
            LimitKind.Target,
            Ask(Monday, London.Hours(24).From("2026-09-06 11:00", "it began") with { IsRemainder = true }, null)
        );

    [Fact]
    public void An_own_limit_that_ends_as_the_stage_opens_is_used_up() =>
        AssertDeadline(
            "2026-09-08 17:00",
            LimitKind.Target,
            Ask("2026-09-07 17:00", London.Days(1).From("2026-09-04 12:00", "stage 1 closed"), null)
        );

    [Fact]
    public void An_own_limit_without_its_anchor_is_counted_from_the_opening()
    {
        var deadline = AssertDeadline(
            "2026-09-08 17:00",
            LimitKind.Maximum,
            Ask(Monday, London.Days(1, LimitKind.Maximum).From(null, "stage 1 was discussed"), null)
        );
        Assert.Equal(
            "The stage's own limit has nothing to run from (no record that stage 1 was discussed), so it is counted from the opening.",
            deadline.Explanation.Exceeded
        );
    }

    [Theory]
    [InlineData(
        "2026-09-03 09:00",
        5,
        "2026-09-10 17:00",
        true,
        "is earlier than the stage's own limit, Monday 14 September 2026 at 5pm, so it counts"
    )]
    [InlineData("2026-09-07 09:00", 9, "2026-09-14 17:00", false, "is later, so the stage's own limit counts")]
    [InlineData(
        "2026-09-01 09:00",
        4,
        "2026-09-08 17:00",
        true,
        "but would leave less than the close of the next working day, so that is the deadline"
    )]
    [InlineData("2026-09-01 09:00", 5, "2026-09-08 17:00", true, "so it counts")]
    [InlineData(
        "2026-09-01 09:00",
        3,
        "2026-09-08 17:00",
        true,
        "had passed when the stage opened, and leaves the close of the next working day, so that is the deadline"
    )]
    [InlineData(null, 5, "2026-09-14 17:00", false, "does not count: this case has no record that stage 1 opened")]
    public void A_cap_shortens_a_limit_of_five_days_but_leaves_the_next_close(
        string? anchor,
        int days,
        string expected,
        bool counts,
        string why
    )
    {
        var cap = London.Days(days, LimitKind.Maximum).From(anchor, "stage 1 opened");
        var deadline = AssertDeadline(
            expected,
            counts ? LimitKind.Maximum : LimitKind.Target,
            Ask(Monday, London.Days(5).From(Monday), cap)
        );
        Assert.Equal(counts, deadline.Explanation.Cap!.Counts);
        Assert.EndsWith(why, deadline.Explanation.Cap.Why);
    }

    [Theory]
    [InlineData(4, "2026-09-07 14:00", false)]
    [InlineData(48, "2026-09-08 17:00", true)]
    public void A_cap_never_leaves_less_than_the_next_close_or_a_shorter_own_limit(
        int ownHours,
        string expected,
        bool counts
    )
    {
        var cap = London.Days(1).From("2026-09-04 09:00", "stage 1 opened");
        var deadline = AssertDeadline(
            expected,
            LimitKind.Target,
            Ask(Monday, London.Hours(ownHours).From(Monday), cap)
        );
        Assert.Equal(counts, deadline.Explanation.Cap!.Counts);
    }

    [Theory]
    [InlineData(LimitKind.Target, LimitKind.Target, false)]
    [InlineData(LimitKind.Target, LimitKind.Maximum, true)]
    [InlineData(LimitKind.Maximum, LimitKind.Target, false)]
    [InlineData(LimitKind.Maximum, LimitKind.Maximum, false)]
    public void At_the_same_moment_the_own_limit_counts_unless_only_the_cap_is_a_maximum(
        LimitKind own,
        LimitKind cap,
        bool capCounts
    )
    {
        var kind = own == LimitKind.Maximum || cap == LimitKind.Maximum ? LimitKind.Maximum : LimitKind.Target;
        var question = Ask(
            Monday,
            London.Days(3, own).From(Monday),
            London.Days(4, cap).From("2026-09-04 10:00", "stage 1 opened")
        );
        var deadline = AssertDeadline("2026-09-10 17:00", kind, question);
        Assert.Equal(capCounts, deadline.Explanation.Cap!.Counts);
        Assert.StartsWith(
            "The cap, Thursday 10 September 2026 at 5pm, is the same moment as the stage's own limit",
            deadline.Explanation.Cap.Why
        );
    }

    [Theory]
    [InlineData("2026-09-02 09:00", "2026-09-09 17:00", "is the deadline: the stage has no limit of its own")]
    [InlineData(
        "2026-08-28 09:00",
        "2026-09-08 17:00",
        "would leave less than the close of the next working day, so that is the deadline"
    )]
    public void A_stage_with_only_a_cap_runs_to_it_but_never_less_than_the_next_close(
        string anchor,
        string expected,
        string why
    )
    {
        var deadline = AssertDeadline(
            expected,
            LimitKind.Maximum,
            Ask(Monday, null, London.Days(5, LimitKind.Maximum).From(anchor, "the concern was raised"))
        );
        Assert.True(deadline.Explanation.Cap!.Counts);
        Assert.EndsWith(why, deadline.Explanation.Cap.Why);
        Assert.Equal("5 working days (appendix 1)", deadline.Explanation.Basis);
    }

    [Theory]
    [InlineData(
        "2026-08-20 09:00",
        LimitKind.Maximum,
        "The cap ran out on Thursday 27 August 2026 at 5pm, before the stage opened; the stage runs to the close of the next working day."
    )]
    [InlineData(
        null,
        LimitKind.Target,
        "The cap has nothing to run from (no record that the concern was raised); the stage runs to the close of the next working day."
    )]
    public void A_stage_with_only_a_cap_that_ran_out_or_cannot_count_runs_to_the_next_close(
        string? anchor,
        LimitKind kind,
        string exceeded
    )
    {
        var deadline = AssertDeadline(
            "2026-09-08 17:00",
            kind,
            Ask(Monday, null, London.Days(5, LimitKind.Maximum).From(anchor, "the concern was raised"))
        );
        Assert.Equal(exceeded, deadline.Explanation.Exceeded);
        Assert.Equal(anchor is not null, deadline.Explanation.Cap!.Counts);
    }

    [Fact]
    public void A_used_up_cap_does_not_lengthen_a_shorter_own_limit()
    {
        var deadline = AssertDeadline(
            "2026-09-07 14:00",
            LimitKind.Target,
            Ask(
                Monday,
                London.Hours(4).From(Monday),
                London.Days(5, LimitKind.Maximum).From("2026-08-20 09:00", "the concern was raised")
            )
        );
        Assert.EndsWith("; the stage's own limit is no later, so it counts", deadline.Explanation.Cap!.Why);
        Assert.EndsWith("; the stage runs its own limit.", deadline.Explanation.Exceeded);
    }

    [Fact]
    public void Both_limits_exceeded_are_both_said()
    {
        var question = Ask(
            Monday,
            London.Days(2).From("2026-08-20 09:00", "the concern was raised"),
            London.Days(5).From(null, "stage 1 opened")
        );
        var exceeded = AssertDeadline("2026-09-08 17:00", LimitKind.Target, question).Explanation.Exceeded;
        Assert.StartsWith(
            "The stage's own limit, counted from when the concern was raised, ran out on Monday 24 August 2026 at 5pm",
            exceeded
        );
        Assert.EndsWith(
            "The cap has nothing to run from (no record that stage 1 opened); the stage runs its own limit.",
            exceeded
        );
    }

    [Theory]
    [InlineData(0, "2026-09-08 17:00")]
    [InlineData(2, "2026-09-10 17:00")]
    public void A_cap_moves_by_the_working_days_held(int held, string expected)
    {
        var cap = London.Days(5).From("2026-09-01 09:00", "stage 1 opened") with { MovedWorkingDays = held };
        var deadline = AssertDeadline(expected, LimitKind.Target, Ask(Monday, London.Days(5).From(Monday), cap));
        Assert.Equal(5 + held, deadline.Explanation.Counted.Count);
        Assert.Equal(
            held > 0,
            deadline.Explanation.Rule.EndsWith(", moved by 2 working days of hold", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("2026-09-09 10:00", "2026-09-11 17:00", 2)]
    [InlineData("2026-09-09 17:00", "2026-09-14 17:00", 3)]
    public void A_cap_of_no_days_moves_from_the_close_it_meant(string anchor, string expected, int counted)
    {
        var cap = London.Days(0).From(anchor, "the meeting ended") with { MovedWorkingDays = 2 };
        var explanation = AssertDeadline(expected, LimitKind.Target, Ask("2026-09-09 18:00", null, cap)).Explanation;
        Assert.StartsWith("The close of business, 5pm, on the day the meeting ended", explanation.Rule);
        Assert.EndsWith(", moved by 2 working days of hold", explanation.Rule);
        Assert.Equal(counted == 3, explanation.Rule.Contains("its close had passed"));
        Assert.Equal(counted, explanation.Counted.Count);
    }

    [Fact]
    public void A_cap_in_hours_moves_to_the_same_time_of_a_later_working_day()
    {
        var cap = London.Hours(72).From("2026-09-03 11:00", "stage 1 opened") with { MovedWorkingDays = 2 };
        AssertDeadline("2026-09-08 17:00", LimitKind.Target, Ask(Monday, null, cap));
        AssertDeadline("2026-09-09 11:00", LimitKind.Target, Ask(Monday, null, cap with { MovedWorkingDays = 3 }));
    }

    [Fact]
    public void A_limit_must_be_given_in_days_or_hours_and_not_both()
    {
        var neither = new TimeLimit { Kind = LimitKind.Target, Basis = new("a", "b") };
        Assert.Throws<ArgumentException>(() => Deadlines.Of(London.Calendar, Ask(Monday, neither.From(Monday), null)));
        Assert.Throws<ArgumentException>(() =>
            Deadlines.Of(London.Calendar, Ask(Monday, (neither with { Hours = 1, WorkingDays = 1 }).From(Monday), null))
        );
    }

    private static DeadlineQuestion Ask(string opened, CountedLimit? own, CountedLimit? cap) =>
        new(London.At(opened), own, cap);

    private static Deadline AssertDeadline(string expected, LimitKind kind, DeadlineQuestion question)
    {
        var deadline = Deadlines.Of(London.Calendar, question);
        Assert.Equal((expected, kind, 3), (London.Text(deadline.At), deadline.Kind, deadline.CalendarVersion));
        Assert.Equal(TimeSpan.Zero, deadline.At.Offset);
        Assert.Equal(deadline.At, Deadlines.InstantOf(London.Calendar, question));
        return deadline;
    }
}
