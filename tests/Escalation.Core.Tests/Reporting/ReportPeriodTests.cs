using Escalation.Core.Reporting;
using Escalation.Core.Tests.Calendars;

namespace Escalation.Core.Tests.Reporting;

public sealed class ReportPeriodTests
{
    [Theory]
    [InlineData(1, "2026-04-01", "2026-06-30")]
    [InlineData(2, "2026-07-01", "2026-09-30")]
    [InlineData(3, "2026-10-01", "2026-12-31")]
    [InlineData(4, "2027-01-01", "2027-03-31")]
    public void The_quarters_of_a_financial_year_begin_in_April(int quarter, string first, string last)
    {
        var period = ReportPeriod.OfQuarter(2026, quarter);

        Assert.Equal((London.Day(first), London.Day(last)), (period.First, period.Last));
        Assert.Equal((2026, quarter), (period.Year, period.Quarter));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void There_are_four_quarters(int quarter) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReportPeriod.OfQuarter(2026, quarter));

    [Fact]
    public void Before_a_quarter_comes_the_one_before_it_and_after_it_the_next_over_the_turn_of_the_year()
    {
        var fourth = ReportPeriod.OfQuarter(2025, 4);

        Assert.Equal(ReportPeriod.OfQuarter(2026, 1), fourth.Next);
        Assert.Equal(fourth, ReportPeriod.OfQuarter(2026, 1).Before);
        Assert.Equal(ReportPeriod.OfQuarter(2025, 3), fourth.Before);
    }

    [Fact]
    public void Only_a_quarter_has_the_same_of_the_year_before()
    {
        Assert.Equal(ReportPeriod.OfQuarter(2025, 1), ReportPeriod.OfQuarter(2026, 1).YearBefore);
        Assert.Null(ReportPeriod.OfYear(new FinancialYear(2026)).YearBefore);
        Assert.Null(Days("2026-04-01", "2026-06-30").YearBefore);
    }

    [Fact]
    public void Before_a_year_comes_the_whole_year_before_it_though_one_of_them_is_a_day_longer() =>
        Assert.Equal(ReportPeriod.OfYear(new FinancialYear(2023)), ReportPeriod.OfYear(new FinancialYear(2024)).Before);

    [Theory]
    [InlineData("2026-05-11", "2026-05-20", "2026-05-01", "2026-05-10")]
    [InlineData("2026-05-11", "2026-05-11", "2026-05-10", "2026-05-10")]
    [InlineData("2026-03-01", "2026-03-31", "2026-01-29", "2026-02-28")]
    public void Before_any_days_come_as_many_that_end_on_the_day_before(
        string first,
        string last,
        string firstBefore,
        string lastBefore
    )
    {
        var period = Days(first, last);

        Assert.Equal(Days(firstBefore, lastBefore), period.Before);
        Assert.Equal(period, period.Before.Next);
        Assert.Equal((null, null), (period.Year, period.Quarter));
    }

    [Fact]
    public void Days_do_not_run_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Days("2026-05-11", "2026-05-10"));

    [Theory]
    [InlineData("2026-05-10 23:59", 0)]
    [InlineData("2026-05-11 00:00", 1)]
    [InlineData("2026-05-20 23:59", 1)]
    [InlineData("2026-05-21 00:00", 0)]
    public void A_case_belongs_to_the_local_days_from_the_first_to_the_last_both_included(string raised, int cases)
    {
        var story = new Story("sandwell", raised);

        var analysis = Analysed.Of("sandwell", Days("2026-05-11", "2026-05-20"), Analysed.Now, story);

        Assert.Equal(cases, analysis.Cases.Raised);
        Assert.Equal((London.Day("2026-05-11"), London.Day("2026-05-20")), (analysis.From, analysis.To));
    }

    private static ReportPeriod Days(string first, string last) =>
        ReportPeriod.Between(London.Day(first), London.Day(last));
}
