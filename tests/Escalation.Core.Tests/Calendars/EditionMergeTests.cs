using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

/// <summary>What has happened to the feed, and what must not come of it.</summary>
public sealed class EditionMergeTests
{
    private const string England = London.EnglandAndWales;
    private static readonly DateOnly Today = London.Day("2026-09-01");
    private static readonly CalendarEdition Known = CalendarEdition.BuiltIn;

    [Fact]
    public void The_feed_we_know_changes_nothing_but_the_date()
    {
        var outcome = Known.Merge(Feed(h => h), Today);
        Assert.Equal(
            (false, Known.Hash, London.Day("2026-09-01")),
            (outcome.Refused, outcome.Edition.Hash, outcome.Edition.Date)
        );
        Assert.Empty(outcome.Added.Concat(outcome.Removed).Concat(outcome.Kept));
        Assert.Empty(outcome.Warnings.Concat(outcome.Remarks));
    }

    [Fact]
    public void Past_years_removed_from_the_feed_are_kept_with_a_remark()
    {
        var outcome = Known.Merge(Feed(holidays => holidays.Where(h => h.Date.Year >= 2019)), Today);
        Assert.False(outcome.Refused);
        Assert.Equal(Known.Hash, outcome.Edition.Hash);
        Assert.Equal(Known.Of(England).Count(h => h.Date.Year < 2019), outcome.Kept.Count(k => k.Division == England));
        Assert.Contains(
            "england-and-wales: 57 past dates that the feed no longer lists are kept, Monday 2 January 2012 to Wednesday 26 December 2018.",
            outcome.Remarks
        );
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void A_holiday_at_ten_days_notice_is_added()
    {
        var before = Edition(holidays => holidays.Where(h => h.Date != London.Day("2022-09-19")), "2022-09-01");
        var outcome = before.Merge(Feed(h => h), London.Day("2022-09-10"));
        Assert.Equal(3, outcome.Added.Count);
        Assert.Equal(
            "england-and-wales: Monday 19 September 2022, Bank Holiday for the State Funeral of Queen Elizabeth II",
            outcome.Added[0].ToString()
        );
        Assert.False(London.Of(outcome.Edition, England).IsWorkingDay(London.Day("2022-09-19")));
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void A_holiday_of_one_division_is_added_to_that_division_only()
    {
        var day = London.Day("2026-06-15");
        var before = Edition(holidays => holidays.Where(h => h.Date != day), "2026-05-01");
        var outcome = before.Merge(Feed(h => h), London.Day("2026-06-01"));
        Assert.Equal("scotland", Assert.Single(outcome.Added).Division);
        Assert.True(London.Of(outcome.Edition, England).IsWorkingDay(day));
        Assert.False(London.Of(outcome.Edition, "scotland").IsWorkingDay(day));
    }

    [Fact]
    public void A_new_past_date_is_added_with_a_remark()
    {
        var day = London.Day("2026-06-15");
        var before = Edition(holidays => holidays.Where(h => h.Date != day), "2026-08-01");
        var outcome = before.Merge(Feed(h => h), Today);
        Assert.Equal(day, Assert.Single(outcome.Added).Holiday.Date);
        Assert.Equal(
            "scotland: World Cup bank holiday, Monday 15 June 2026, was added although it is past.",
            Assert.Single(outcome.Remarks)
        );
    }

    [Fact]
    public void A_feed_without_a_future_date_is_refused_naming_division_and_date()
    {
        var outcome = Known.Merge(Feed(holidays => holidays.Where(h => h.Date != London.Day("2026-12-28"))), Today);
        Assert.True(outcome.Refused);
        Assert.Same(Known, outcome.Edition);
        Assert.Empty(outcome.Added.Concat(outcome.Removed));
        Assert.Equal(3, outcome.Warnings.Count);
        Assert.Equal(
            "The feed was refused: for england-and-wales it would leave 1 of the 2 "
                + "bank holidays to come in 2026, without Boxing Day, Monday 28 December 2026.",
            outcome.Warnings[0]
        );
    }

    [Theory]
    [InlineData(2028)]
    [InlineData(2027)]
    public void A_feed_without_a_future_year_is_refused(int year)
    {
        var outcome = Known.Merge(Feed(holidays => holidays.Where(h => h.Date.Year != year)), Today);
        Assert.True(outcome.Refused);
        Assert.All(outcome.Warnings, w => Assert.Contains($"to come in {year}", w));
    }

    [Fact]
    public void More_dates_in_another_year_do_not_hide_a_shrinking_year()
    {
        var outcome = Known.Merge(
            Feed(holidays =>
                holidays
                    .Where(h => h.Date.Year != 2028)
                    .Append(new(London.Day("2027-02-01"), "New", ""))
                    .Append(new(London.Day("2029-01-01"), "New", ""))
            ),
            Today
        );
        Assert.True(outcome.Refused);
    }

    [Fact]
    public void A_future_date_that_moves_within_its_year_gives_a_warning()
    {
        var (old, moved) = (London.Day("2027-05-03"), London.Day("2027-05-07"));
        var outcome = Known.Merge(
            Feed(holidays => holidays.Select(h => h.Date == old ? h with { Date = moved } : h)),
            Today
        );
        Assert.False(outcome.Refused);
        Assert.All(outcome.Removed, r => Assert.Equal(old, r.Holiday.Date));
        Assert.All(outcome.Added, a => Assert.Equal(moved, a.Holiday.Date));
        Assert.Equal(
            "england-and-wales: Early May bank holiday, Monday 3 May 2027, is no longer a bank holiday; "
                + "new in that year: Early May bank holiday, Friday 7 May 2027.",
            outcome.Warnings[0]
        );
        Assert.True(London.Of(outcome.Edition, England).IsWorkingDay(old));
        Assert.False(London.Of(outcome.Edition, England).IsWorkingDay(moved));
    }

    [Fact]
    public void Today_counts_as_to_come_and_yesterday_as_past()
    {
        var christmas = London.Day("2026-12-25");
        var feed = Feed(holidays => holidays.Where(h => h.Date != christmas));
        Assert.True(Known.Merge(feed, christmas).Refused);
        var dayAfter = Known.Merge(feed, christmas.AddDays(1));
        Assert.Equal((false, Known.Hash), (dayAfter.Refused, dayAfter.Edition.Hash));
    }

    [Fact]
    public void A_date_that_moves_away_on_the_very_day_is_removed_not_kept()
    {
        var (christmas, moved) = (London.Day("2026-12-25"), London.Day("2026-12-31"));
        var outcome = Known.Merge(
            Feed(holidays => holidays.Select(h => h.Date == christmas ? h with { Date = moved } : h)),
            christmas
        );
        Assert.Equal(3, outcome.Removed.Count);
        Assert.True(London.Of(outcome.Edition, England).IsWorkingDay(christmas));
    }

    [Fact]
    public void The_feeds_wording_wins_once()
    {
        var feed = Feed(holidays =>
            holidays.Select(h => h.Title == "Boxing Day" ? h with { Title = "St Stephen’s Day" } : h)
        );
        var outcome = Known.Merge(feed, Today);
        Assert.Equal(feed.Hash, outcome.Edition.Hash);
        Assert.Empty(outcome.Added.Concat(outcome.Removed));
    }

    [Fact]
    public void Merging_the_same_feed_again_changes_nothing()
    {
        var feed = Feed(holidays =>
            holidays
                .Where(h => h.Date.Year >= 2024)
                .Select(h => h.Date == London.Day("2027-05-03") ? h with { Date = London.Day("2027-05-07") } : h)
                .Append(new(London.Day("2026-09-14"), "State occasion", "Extra bank holiday"))
        );
        var once = Known.Merge(feed, Today);
        var twice = once.Edition.Merge(feed, Today);
        Assert.Equal(3 * 2, once.Added.Count);
        Assert.Equal(once.Edition.Name, twice.Edition.Name);
        Assert.Equal(once.Edition.ToJson(), twice.Edition.ToJson());
        Assert.Empty(twice.Added.Concat(twice.Removed));
        Assert.Empty(twice.Warnings);
        Assert.Equal(once.Kept, twice.Kept);
    }

    private static CalendarEdition Feed(Func<IEnumerable<BankHoliday>, IEnumerable<BankHoliday>> change) =>
        Edition(change, "2026-09-01");

    /// <summary>The edition that ships, changed in every division.</summary>
    private static CalendarEdition Edition(Func<IEnumerable<BankHoliday>, IEnumerable<BankHoliday>> change, string date)
    {
        var divisions = CalendarEdition.Divisions.ToDictionary(
            d => d,
            d => new
            {
                division = d,
                events = change(Known.Of(d))
                    .Select(h => new
                    {
                        title = h.Title,
                        date = h.Date.ToString("O"),
                        notes = h.Notes,
                    }),
            }
        );
        return CalendarEdition.Parse(System.Text.Json.JsonSerializer.Serialize(divisions), London.Day(date)).Edition!;
    }
}
