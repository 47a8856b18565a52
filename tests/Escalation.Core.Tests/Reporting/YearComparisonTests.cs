using Escalation.Core.Reporting;

namespace Escalation.Core.Tests.Reporting;

public sealed class YearComparisonTests
{
    [Fact]
    public void Two_years_stand_side_by_side_figure_by_figure()
    {
        var now = Analysed.Year(
            2026,
            new Story("sandwell", "2026-10-05 09:00", "A").Outcome("2026-10-05 15:00", "resolved"),
            new Story("sandwell", "2026-10-05 09:00", "B").Advance("2026-10-06 09:00"),
            Story.Unanswered()
        );
        var before = Analysed.Year(
            2025,
            new Story("sandwell", "2025-10-06 09:00").Outcome("2025-10-06 15:00", "resolved")
        );

        var figures = YearComparison
            .Measures(now, before)
            .ToDictionary(f => f.Id, f => (f.Now, f.Before, f.Difference));

        Assert.True(YearComparison.IsPossible(before));
        Assert.Equal((3, 1, 2), figures["raised"]);
        Assert.Equal((1, 1, 0), figures["ended"]);
        Assert.Equal((2, 0, 2), figures["open"]);
        Assert.Equal((6, 1, 5), figures["stagesClosed"]);
        Assert.Equal((1, 1, 0), figures["stagesInTime"]);
        Assert.Equal((5, 0, 5), figures["stagesLate"]);
        Assert.Equal((6, 0, 6), figures["missedDeadlines"]);
        Assert.Equal((2, 0, 2), figures["withMissedDeadline"]);
    }

    [Fact]
    public void A_year_before_without_a_case_is_nothing_to_compare_with() =>
        Assert.False(YearComparison.IsPossible(Analysed.Year(2025)));

    [Fact]
    public void Tallies_keep_the_years_order_and_those_of_the_year_before_alone_come_last()
    {
        var compared = YearComparison.Of(
            [new Tally("b", "B", 2), new Tally("a", "A", 0)],
            [new Tally("c", "C", 4), new Tally("a", "A", 3)]
        );

        Assert.Equal([new("b", "B", 2, 0), new("a", "A", 0, 3), new("c", "C", 0, 4)], compared);
        Assert.Equal([2, -3, -4], compared.Select(f => f.Difference));
    }

    [Fact]
    public void An_agency_of_one_year_only_counts_nothing_in_the_other()
    {
        var compared = YearComparison.Of([new AgencyTally("oak", 2, 1, 0)], [new AgencyTally("ash", 0, 3, 1)]);

        Assert.Equal(
            [
                new("ash", new("ash", 0, 0, 0), new("ash", 0, 3, 1)),
                new("oak", new("oak", 2, 1, 0), new("oak", 0, 0, 0)),
            ],
            compared
        );
    }

    [Fact]
    public void Stages_are_totalled_over_all_policies_of_the_partnership()
    {
        var analysis = Analysed.Year(
            "suffolk",
            2026,
            new Story("suffolk", "2026-10-05 09:00", "A").Outcome("2026-10-05 15:00", "resolved"),
            new Story("suffolk-mash", "2026-10-05 09:00", "B").Advance("2026-10-08 17:00")
        );

        Assert.Equal(new StageTotals(Closed: 2, InTime: 1, Late: 1, Open: 1), StageTotals.Of(analysis));
    }
}
