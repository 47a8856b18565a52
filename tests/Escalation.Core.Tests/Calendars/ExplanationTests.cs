using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

public sealed class ExplanationTests
{
    [Fact]
    public void Christmas_is_explained_day_by_day()
    {
        var explanation = Explain("2026-12-24 10:00", London.Days(3));
        Assert.Equal("3 working days (appendix 1)", explanation.Basis);
        Assert.Equal(
            "3 working days after the stage opened (Thursday 24 December 2026), at the close of business, 5pm",
            explanation.Rule
        );
        Assert.Equal(
            [London.Day("2026-12-29"), London.Day("2026-12-30"), London.Day("2026-12-31")],
            explanation.Counted
        );
        Assert.Equal(
            [
                new(London.Day("2026-12-25"), "Christmas Day (bank holiday)"),
                new(London.Day("2026-12-26"), "Saturday"),
                new(London.Day("2026-12-27"), "Sunday"),
                new SkippedDay(London.Day("2026-12-28"), "Boxing Day (bank holiday, substitute day)"),
            ],
            explanation.Skipped
        );
        Assert.Equal(CalendarEdition.BuiltIn.Name, explanation.Calendar);
        Assert.Null(explanation.Exceeded);
    }

    [Fact]
    public void A_start_at_a_weekend_acts_like_the_working_day_before_and_is_among_the_skipped()
    {
        var t = London.At("2026-10-10 12:00");
        var explanation = Deadlines
            .Of(London.Calendar, new(t, London.Days(3).From(t, "the concern was raised"), null))
            .Explanation;
        Assert.Equal(
            "3 working days after the concern was raised (Saturday 10 October 2026, "
                + "which acts like Friday 9 October), at the close of business, 5pm",
            explanation.Rule
        );
        Assert.Equal(["Saturday", "Sunday"], explanation.Skipped.Select(s => s.Reason));
    }

    [Theory]
    [InlineData(
        "2026-10-24 16:00",
        "24 hours of clock time after the stage opened (Saturday 24 October 2026 at 4pm), "
            + "weekends and bank holidays included; the clocks change meanwhile"
    )]
    [InlineData(
        "2026-09-25 16:30",
        "24 hours of clock time after the stage opened (Friday 25 September 2026 at 4:30pm), weekends and bank holidays included"
    )]
    public void Clock_hours_count_and_skip_no_days(string opened, string rule)
    {
        var explanation = Explain(opened, London.Hours(24));
        Assert.Equal(rule, explanation.Rule);
        Assert.Empty(explanation.Counted);
        Assert.Empty(explanation.Skipped);
    }

    [Theory]
    [InlineData(
        "2026-09-25 12:00",
        "The close of business, 5pm, on the day the stage opened (Friday 25 September 2026 at midday)",
        0
    )]
    [InlineData(
        "2026-09-25 17:30",
        "The close of business, 5pm, on the day the stage opened (Friday 25 September 2026 at 5:30pm); "
            + "its close had passed, so that of the next working day",
        2
    )]
    [InlineData(
        "2026-09-26 12:00",
        "The close of business, 5pm, on the day the stage opened (Saturday 26 September 2026 at midday); "
            + "it is not a working day, so that of the next working day",
        2
    )]
    public void A_limit_of_no_days_says_which_close_it_is(string opened, string rule, int skipped)
    {
        var explanation = Explain(opened, London.Days(0));
        Assert.Equal(rule, explanation.Rule);
        Assert.Equal(skipped, explanation.Skipped.Count);
        Assert.Empty(explanation.Counted);
    }

    [Fact]
    public void A_stage_without_a_limit_is_explained_as_the_close_of_the_next_working_day()
    {
        var deadline = Deadlines.Of(London.Calendar, new(London.At("2026-12-24 10:00"), null, null));
        Assert.Equal(London.At("2026-12-29 17:00"), deadline.At);
        Assert.Equal(
            "The close of the next working day, since the text gives this stage no limit (local setting)",
            deadline.Explanation.Basis
        );
        Assert.Equal(
            "1 working day after the stage opened (Thursday 24 December 2026), at the close of business, 5pm",
            deadline.Explanation.Rule
        );
        Assert.Equal([London.Day("2026-12-29")], deadline.Explanation.Counted);
        Assert.Equal(4, deadline.Explanation.Skipped.Count);
        Assert.Null(deadline.Explanation.Cap);
        Assert.Null(deadline.Explanation.Exceeded);
    }

    [Theory]
    [InlineData("2026-09-14 09:00", "2026-09-18 17:00", "is the deadline: the stage has no limit of its own", null)]
    [InlineData(
        "2026-09-18 09:00",
        "2026-09-21 17:00",
        "would leave less than the close of the next working day, so that is the deadline",
        null
    )]
    [InlineData(
        "2026-09-18 18:00",
        "2026-09-21 17:00",
        "had passed when the stage opened, and leaves the close of the next working day, so that is the deadline",
        "before the stage opened; the stage runs to the close of the next working day."
    )]
    public void A_cap_alone_is_explained_and_so_is_what_it_leaves(
        string opened,
        string at,
        string why,
        string? exceeded
    )
    {
        var cap = new TimeLimit
        {
            WorkingDays = 5,
            Kind = LimitKind.Maximum,
            Basis = new("Stage 4", "no later than 5 working days"),
        };
        var deadline = Deadlines.Of(
            London.Calendar,
            new(London.At(opened), null, cap.From("2026-09-11 09:00", "stage 1 was discussed"))
        );
        Assert.Equal(London.At(at), deadline.At);
        const string Cap = "Friday 18 September 2026 at 5pm,";
        Assert.Equal($"The cap, {Cap} {why}", deadline.Explanation.Cap!.Why);
        Assert.Equal(exceeded is null ? null : $"The cap ran out on {Cap} {exceeded}", deadline.Explanation.Exceeded);
    }

    [Fact]
    public void The_least_that_a_cap_leaves_is_explained_from_the_opening_with_the_caps_basis()
    {
        var opened = London.At("2026-09-11 10:00");
        var cap = new TimeLimit
        {
            WorkingDays = 5,
            Kind = LimitKind.Maximum,
            Basis = new("Stage 4", "no later than 5 working days"),
        };
        var explanation = Deadlines
            .Of(
                London.Calendar,
                new(opened, London.Days(3).From(opened), cap.From("2026-09-04 09:00", "stage 1 was discussed"))
            )
            .Explanation;
        Assert.Equal("no later than 5 working days (Stage 4)", explanation.Basis);
        Assert.Equal(
            "1 working day after the stage opened (Friday 11 September 2026), "
                + "at the close of business, 5pm, because a cap never leaves a stage less",
            explanation.Rule
        );
        Assert.Equal([London.Day("2026-09-14")], explanation.Counted);
        Assert.Equal(London.At("2026-09-11 17:00"), explanation.Cap!.At);
    }

    [Fact]
    public void A_closure_is_named_in_the_calendar_and_among_the_skipped()
    {
        var calendar = London.With(
            new Closure(London.Day("2026-12-29"), "Offices closed between Christmas and New Year")
        );
        var t = London.At("2026-12-24 10:00");
        var explanation = Deadlines.Of(calendar, new(t, London.Days(1).From(t), null)).Explanation;
        Assert.Equal("Offices closed between Christmas and New Year", explanation.Skipped[^1].Reason);
        Assert.EndsWith(", with 1 local closure", explanation.Calendar);
    }

    [Theory]
    [InlineData("2028-12-29 10:00", 1, "; the calendar edition holds no bank holidays after 2028")]
    [InlineData("2035-06-01 10:00", 1, "; the calendar edition holds no bank holidays after 2028")]
    [InlineData("2011-12-30 10:00", 1, "; the calendar edition holds no bank holidays before 2012")]
    [InlineData("2028-12-28 10:00", 1, "")]
    public void A_deadline_outside_the_editions_years_says_so(string opened, int days, string remark) =>
        Assert.Equal(CalendarEdition.BuiltIn.Name + remark, Explain(opened, London.Days(days)).Calendar);

    private static Explanation Explain(string opened, TimeLimit limit) =>
        Deadlines.Of(London.Calendar, new(London.At(opened), limit.From(opened), null)).Explanation;
}
