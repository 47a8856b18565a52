using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

/// <summary>What goes on for years is told less and less often.</summary>
public sealed class RepetitionTests
{
    [Fact]
    public void A_case_that_stays_overdue_is_told_as_the_policy_says_for_four_weeks_then_weekly_and_after_six_months_monthly()
    {
        // Suffolk's stage 5 is missed on Monday 26 October 2026.
        var story = CaseStory.Open("suffolk", "2026-10-12 12:00").Until("2032-01-01");
        var told = story.History.Where(e => e.Event is OverdueTold).Select(e => UkTime.Text(e.At)).ToList();
        Assert.Equal(["2026-10-28 09:00", "2026-10-30 09:00"], told[1..3]);
        string[] Of(string month) => [.. told.Where(t => t.StartsWith(month, StringComparison.Ordinal))];
        Assert.Equal(["2026-11-19 09:00", "2026-11-23 09:00", "2026-11-30 09:00"], Of("2026-11")[^3..]);
        Assert.Equal(["2026-12-07 09:00", "2026-12-14 09:00", "2026-12-21 09:00"], Of("2026-12")[..3]);
        Assert.Equal(12, Of("2028").Length);
        Assert.All(told.Skip(1), t => Assert.True(story.Rules.Calendar.IsWorkingDay(UkTime.Day(t[..10]))));
        Assert.InRange(DocumentSize.Of(story.Document), 1, 600_000);
    }

    [Fact]
    public void A_hold_past_its_review_is_told_every_working_day_until_it_ends_by_itself()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Do(Commands.Hold(Sample.Raising));
        story.Until("2026-11-30");
        Assert.Equal(
            ["2026-10-19", "2026-10-20", "2026-10-21", "2026-10-22", "2026-10-23", "2026-10-26"],
            story.History.Where(e => e.Event is HoldReviewDue).Select(e => $"{UkTime.DayOf(e.At):yyyy-MM-dd}")
        );
        Assert.Equal(UkTime.At("2026-10-26 17:00"), story.History.Single(e => e.Event is HoldEnded).At);
    }

    [Fact]
    public void A_response_that_leaves_the_case_open_is_followed_up_monthly_after_half_a_year()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 12:00").Until("2026-10-27 10:00");
        story.Record(Outcomes.Responded, "suffolk");
        story.Until("2028-12-31");
        Assert.Equal(12, story.History.Count(e => e.Event is ReminderDue { Again: not null } && e.At.Year == 2028));
    }

    [Theory]
    [InlineData(1, "every working day for 4 weeks, then every 5 working days, and after 6 months once a month")]
    [InlineData(2, "every 2 working days for 4 weeks, then every 5 working days, and after 6 months once a month")]
    [InlineData(5, "every 5 working days, and after 6 months once a month")]
    [InlineData(60, "every 60 working days, and after 6 months once a month")]
    public void The_rule_is_said_in_words(int workingDays, string words) =>
        Assert.Equal(words, Repetition.Words(workingDays));

    [Theory]
    [InlineData("2026-02-02 09:00", "2026-02-04 09:00")]
    [InlineData("2026-02-03 09:00", "2026-02-10 09:00")]
    [InlineData("2026-07-03 09:00", "2026-07-10 09:00")]
    [InlineData("2026-07-06 09:00", "2026-08-06 09:00")]
    [InlineData("2026-07-07 09:00", "2026-08-06 09:00")]
    public void On_the_day_that_four_weeks_or_six_months_have_passed_it_is_told_less_often(string told, string next)
    {
        var since = UkTime.At(
            told.StartsWith("2026-02", StringComparison.Ordinal) ? "2026-01-06 17:00" : "2026-01-06 09:00"
        );
        Assert.Equal(UkTime.At(next), Repetition.Next(Sample.Calendar(), since, UkTime.At(told), 2));
    }

    [Fact]
    public void An_interval_longer_than_a_month_stays_as_the_policy_has_it()
    {
        var calendar = Sample.Calendar();
        var (missed, now) = (UkTime.At("2026-01-05 17:00"), UkTime.At("2027-01-04 09:00"));
        Assert.Equal(
            calendar.AddWorkingDays(UkTime.DayOf(now), 60),
            UkTime.DayOf(Repetition.Next(calendar, missed, now, 60))
        );
    }
}
