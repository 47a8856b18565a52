using Escalation.Core.Reporting;
using Escalation.Core.Tests.Calendars;

namespace Escalation.Core.Tests.Reporting;

public sealed class FinancialYearTests
{
    [Fact]
    public void A_year_runs_from_local_midnight_of_1_April_which_is_still_31_March_in_UTC()
    {
        var year = new FinancialYear(2026);

        Assert.Equal(London.Day("2026-04-01"), year.First);
        Assert.Equal(London.Day("2027-03-31"), year.Last);
        Assert.Equal(London.Utc("2026-03-31 23:00"), year.From);
        Assert.Equal(London.Utc("2027-03-31 23:00"), year.To);
    }

    [Theory]
    [InlineData("2026-03-31 22:59", false)]
    [InlineData("2026-03-31 23:00", true)]
    [InlineData("2026-12-25 12:00", true)]
    [InlineData("2027-03-31 22:59", true)]
    [InlineData("2027-03-31 23:00", false)]
    public void Contains_counts_the_first_instant_and_not_the_one_after_the_last(string utc, bool within) =>
        Assert.Equal(within, ReportPeriod.OfYear(new FinancialYear(2026)).Contains(London.Utc(utc)));

    [Theory]
    [InlineData("2027-03-31 23:30", 2026)]
    [InlineData("2027-04-01 00:00", 2027)]
    public void A_case_raised_on_the_night_of_31_March_is_counted_by_its_local_date(string raised, int year)
    {
        var story = new Story("sandwell", raised);

        Assert.Equal(year == 2026 ? 1 : 0, Analysed.Year(2026, story).Cases.Raised);
        Assert.Equal(year == 2027 ? 1 : 0, Analysed.Year(2027, story).Cases.Raised);
    }

    [Fact]
    public void A_case_counts_by_the_date_it_was_raised_not_by_when_it_was_recorded()
    {
        var story = new Story(
            "sandwell",
            "2027-04-01 09:00",
            change: o => o with { RaisedAt = London.At("2027-03-31 16:00") }
        );

        Assert.Equal(1, Analysed.Year(2026, story).Cases.Raised);
        Assert.Equal(0, Analysed.Year(2027, story).Cases.Raised);
    }

    [Theory]
    [InlineData("2026-03-31T22:59:59Z", 2025)]
    [InlineData("2026-03-31T23:00:00Z", 2026)]
    [InlineData("2026-12-31T23:59:59Z", 2026)]
    [InlineData("2027-01-01T00:00:00Z", 2026)]
    [InlineData("2024-03-31T22:59:59Z", 2023)]
    public void An_instant_belongs_to_the_year_that_holds_it(string instant, int year)
    {
        var at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(year, FinancialYear.Of(at).Start);
        Assert.True(ReportPeriod.OfYear(FinancialYear.Of(at)).Contains(at));
    }
}
