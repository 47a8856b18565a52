using Escalation.Core.Reporting;

namespace Escalation.Core.Tests.Reporting;

public sealed class PeriodComparisonTests
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

        var figures = PeriodComparison
            .Measures(now, before)
            .ToDictionary(f => f.Id, f => (f.Now, f.Before, f.Difference));

        Assert.True(PeriodComparison.IsPossible(before));
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
    public void Every_figure_is_its_own_measure_of_each_year()
    {
        var numbers = new Numbers();
        var (now, before) = (numbers.Year(2026), numbers.Year(2025));

        Assert.Equal(Expected(now), PeriodComparison.Measures(now, before).Select(f => (f.Id, f.Now)));
        Assert.Equal(Expected(before), PeriodComparison.Measures(now, before).Select(f => (f.Id, f.Before)));

        static IEnumerable<(string, decimal)> Expected(AnnualAnalysis a) =>
            [
                ("raised", a.Cases.Raised),
                ("ended", a.Cases.Raised - a.Cases.Open),
                ("open", a.Cases.Open),
                ("urgent", a.Cases.Urgent),
                ("medianWorkingDays", a.WorkingDays.Median),
                ("longestWorkingDays", a.WorkingDays.Longest),
                ("stagesClosed", a.Policies.Sum(p => p.Stages.Sum(s => s.Closed))),
                ("stagesInTime", a.Policies.Sum(p => p.Stages.Sum(s => s.InTime))),
                ("stagesLate", a.Policies.Sum(p => p.Stages.Sum(s => s.Late))),
                ("stagesWithdrawn", a.Policies.Sum(p => p.Stages.Sum(s => s.Withdrawn))),
                ("missedDeadlines", a.Cases.MissedDeadlines),
                ("withMissedDeadline", a.Cases.WithMissedDeadline),
                ("reminders", a.Cases.Reminders),
                ("lateResponses", a.Cases.LateResponses),
                ("disputes", a.Cases.Disputes),
                ("holds", a.Cases.Holds),
                ("workingDaysHeld", a.Cases.WorkingDaysHeld),
                ("noticesFailed", a.Notices.Failed),
                ("nobodyToTell", a.Notices.NobodyToTell),
                ("actions", a.Actions.Arose),
                ("actionsInTime", a.Actions.DoneInTime),
                ("outcomesWithLessons", a.OutcomesWithLessons),
            ];
    }

    [Fact]
    public void A_year_before_without_a_case_is_nothing_to_compare_with() =>
        Assert.False(PeriodComparison.IsPossible(Analysed.Year(2025)));

    [Fact]
    public void Tallies_keep_the_years_order_and_those_of_the_year_before_alone_come_last()
    {
        var compared = PeriodComparison.Of(
            [new Tally("b", "B", 2), new Tally("a", "A", 0)],
            [new Tally("c", "C", 4), new Tally("a", "A", 3)]
        );

        Assert.Equal([new("b", "B", 2, 0), new("a", "A", 0, 3), new("c", "C", 0, 4)], compared);
        Assert.Equal([2, -3, -4], compared.Select(f => f.Difference));
    }

    [Fact]
    public void An_agency_of_one_year_only_counts_nothing_in_the_other()
    {
        var compared = PeriodComparison.Of([new AgencyTally("oak", 2, 1, 0)], [new AgencyTally("ash", 0, 3, 1)]);

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
            new Story("suffolk-mash", "2026-10-05 09:00", "B").Outcome("2026-10-08 17:00", "escalate"),
            new Story("suffolk", "2026-10-05 09:00", "C").Withdraw("2026-10-05 15:00")
        );

        Assert.Equal(new StageTotals(Closed: 3, InTime: 1, Late: 1, Withdrawn: 1, Open: 1), StageTotals.Of(analysis));
    }

    /// <summary>Makes analyses in which no two measures have the same number.</summary>
    private sealed class Numbers
    {
        private int _last;

        public AnnualAnalysis Year(int year)
        {
            var empty = Analysed.Year(year);
            return empty with
            {
                Cases = Each(new CaseMeasures()),
                WorkingDays = new WorkingDaysTaken(++_last, ++_last, ++_last),
                Notices = Each(new NoticeMeasures()),
                Actions = Each(new DutyMeasures()),
                Duties = Each(new DutyMeasures()),
                OutcomesWithLessons = ++_last,
                Policies = [.. empty.Policies.Select(p => p with { Stages = [.. p.Stages.Select(Each)] })],
            };
        }

        private T Each<T>(T measures)
        {
            foreach (var number in typeof(T).GetProperties().Where(p => p.PropertyType == typeof(int)))
                number.SetValue(measures, ++_last);
            return measures;
        }
    }
}
