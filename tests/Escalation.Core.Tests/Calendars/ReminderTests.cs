using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

public sealed class ReminderTests
{
    [Theory]
    [InlineData("2026-09-07 10:00", 1, "2026-09-08 17:00", "2026-09-08 09:00")]
    [InlineData("2026-09-07 10:00", 2, "2026-09-09 17:00", "2026-09-09 09:00")]
    [InlineData("2026-09-07 10:00", 3, "2026-09-10 17:00", "2026-09-09 09:00", "2026-09-10 09:00")]
    [InlineData("2026-12-24 10:00", 3, "2026-12-31 17:00", "2026-12-30 09:00", "2026-12-31 09:00")]
    [InlineData("2026-12-22 10:00", 3, "2026-12-29 17:00", "2026-12-24 09:00", "2026-12-29 09:00")]
    [InlineData("2026-03-26 10:00", 3, "2026-03-31 17:00", "2026-03-30 09:00", "2026-03-31 09:00")]
    [InlineData("2026-09-07 08:00", 0, "2026-09-07 17:00", "2026-09-07 09:00")]
    [InlineData("2026-09-07 09:00", 0, "2026-09-07 17:00")]
    [InlineData("2026-09-07 10:00", 0, "2026-09-07 17:00")]
    [InlineData("2026-09-07 10:00", 5, "2026-09-08 17:00", "2026-09-08 09:00")]
    public void A_limit_in_days_is_reminded_on_its_last_morning_and_a_long_one_the_morning_before(
        string opened,
        int days,
        string deadline,
        params string[] expected
    ) => AssertReminders(expected, opened, deadline, London.Days(days));

    [Theory]
    [InlineData("2026-09-07 10:00", "2026-09-08 10:00", "2026-09-08 09:00")]
    [InlineData("2026-09-07 09:00", "2026-09-08 09:00", "2026-09-07 16:00")]
    [InlineData("2026-09-07 08:00", "2026-09-08 08:00", "2026-09-07 16:00")]
    [InlineData("2026-09-25 15:59", "2026-09-26 15:59", "2026-09-25 16:00")]
    [InlineData("2026-09-25 16:00", "2026-09-26 16:00", "2026-09-25 16:30")]
    [InlineData("2026-09-25 16:29", "2026-09-26 16:29", "2026-09-25 16:59")]
    [InlineData("2026-09-25 16:30", "2026-09-26 16:30")]
    [InlineData("2026-09-25 18:00", "2026-09-26 18:00")]
    [InlineData("2026-09-26 10:00", "2026-09-27 10:00")]
    [InlineData("2026-09-27 10:00", "2026-09-28 10:00", "2026-09-28 09:00")]
    [InlineData("2026-09-27 08:00", "2026-09-28 08:00")]
    [InlineData("2026-12-24 10:00", "2026-12-25 10:00", "2026-12-24 16:00")]
    [InlineData("2026-09-07 10:00", "2026-09-07 14:00")]
    public void A_limit_in_hours_is_reminded_in_working_hours_before_it(
        string opened,
        string deadline,
        params string[] expected
    ) => AssertReminders(expected, opened, deadline, London.Hours(24));

    [Theory]
    [InlineData("2026-09-07 10:00", "2026-09-09 17:00", "2026-09-09 09:00")]
    [InlineData("2026-09-07 10:00", "2026-09-10 17:00", "2026-09-09 09:00", "2026-09-10 09:00")]
    [InlineData("2026-09-04 10:00", "2026-09-08 17:00", "2026-09-08 09:00")]
    public void A_stage_with_only_a_cap_is_as_long_as_the_working_days_to_its_deadline(
        string opened,
        string deadline,
        params string[] expected
    ) => AssertReminders(expected, opened, deadline, limit: null);

    [Theory]
    [InlineData("2026-09-07 10:00", "2026-09-08 17:00", "2026-09-07 15:00", "2026-09-08 09:00")]
    [InlineData("2026-09-07 15:00", "2026-09-08 17:00", "2026-09-08 09:00")]
    [InlineData("2026-09-05 10:00", "2026-09-07 17:00", "2026-09-07 09:00")]
    [InlineData("2026-09-07 08:00", "2026-09-07 15:00", "2026-09-07 09:00")]
    public void A_stage_better_settled_the_same_day_is_also_reminded_that_day(
        string opened,
        string deadline,
        params string[] expected
    ) => Assert.Equal(expected, Texts(opened, deadline, London.Days(1), new TimeOnly(15, 0)));

    [Fact]
    public void Two_reminders_at_the_same_moment_are_one() =>
        Assert.Equal(
            ["2026-09-07 09:00"],
            Texts("2026-09-07 08:00", "2026-09-07 17:00", London.Days(0), new TimeOnly(9, 0))
        );

    [Fact]
    public void A_deadline_on_a_day_that_became_a_closure_is_reminded_on_the_working_day_before()
    {
        var calendar = London.With(new Closure(London.Day("2026-09-10"), "Closed"));
        var reminders = Reminders.For(
            calendar,
            London.At("2026-09-07 10:00"),
            London.At("2026-09-10 17:00"),
            London.Days(3),
            null
        );
        Assert.Equal(["2026-09-08 09:00", "2026-09-09 09:00"], reminders.Select(London.Text));
    }

    private static void AssertReminders(string[] expected, string opened, string deadline, TimeLimit? limit) =>
        Assert.Equal(expected, Texts(opened, deadline, limit, sameDay: null));

    private static IEnumerable<string> Texts(string opened, string deadline, TimeLimit? limit, TimeOnly? sameDay) =>
        Reminders.For(London.Calendar, London.At(opened), London.At(deadline), limit, sameDay).Select(London.Text);
}
