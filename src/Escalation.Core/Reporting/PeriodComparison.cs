namespace Escalation.Core.Reporting;

/// <summary>A figure of a period beside the same figure of the one before.</summary>
public sealed record ComparedFigure(string Id, string Name, decimal Now, decimal Before)
{
    /// <summary>Positive: more than before.</summary>
    public decimal Difference => Now - Before;
}

/// <summary>An agency's cases in two periods; an agency without a case in one of them counts 0 there.</summary>
public sealed record ComparedAgency(string Agency, AgencyTally Now, AgencyTally Before);

/// <summary>
/// Sets a period beside an earlier one. Both are counted as of the same instant, so cases of the earlier one have had
/// longer to end.
/// </summary>
public static class PeriodComparison
{
    /// <summary>False: in the earlier one no case was raised, and there is nothing to compare with.</summary>
    public static bool IsPossible(AnnualAnalysis before) => before.Cases.Raised > 0;

    /// <summary>In the order of the later period's own tallies; those that only the earlier has come last.</summary>
    public static IReadOnlyList<ComparedFigure> Of(IReadOnlyList<Tally> now, IReadOnlyList<Tally> before) =>
        [
            .. now.Select(t => new ComparedFigure(
                t.Id,
                t.Name,
                t.Count,
                before.FirstOrDefault(b => b.Id == t.Id)?.Count ?? 0
            )),
            .. before.Where(b => now.All(t => t.Id != b.Id)).Select(b => new ComparedFigure(b.Id, b.Name, 0, b.Count)),
        ];

    /// <summary>By id.</summary>
    public static IReadOnlyList<ComparedAgency> Of(IReadOnlyList<AgencyTally> now, IReadOnlyList<AgencyTally> before) =>
        [
            .. now.Concat(before)
                .Select(a => a.Agency)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(id => new ComparedAgency(id, Find(now, id), Find(before, id))),
        ];

    /// <summary>The figures that a report sets side by side, in its order; named by their ids.</summary>
    public static IReadOnlyList<ComparedFigure> Measures(AnnualAnalysis now, AnnualAnalysis before) =>
        [.. Figures(now).Zip(Figures(before), (n, b) => new ComparedFigure(n.Id, n.Id, n.Value, b.Value))];

    private static IEnumerable<(string Id, decimal Value)> Figures(AnnualAnalysis a)
    {
        var stages = StageTotals.Of(a);
        return
        [
            ("raised", a.Cases.Raised),
            ("ended", a.Cases.Raised - a.Cases.Open),
            ("open", a.Cases.Open),
            ("urgent", a.Cases.Urgent),
            ("medianWorkingDays", a.WorkingDays.Median),
            ("longestWorkingDays", a.WorkingDays.Longest),
            ("stagesClosed", stages.Closed),
            ("stagesInTime", stages.InTime),
            ("stagesLate", stages.Late),
            ("stagesWithdrawn", stages.Withdrawn),
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

    private static AgencyTally Find(IReadOnlyList<AgencyTally> tallies, string agency) =>
        tallies.FirstOrDefault(t => t.Agency == agency) ?? new AgencyTally(agency, 0, 0, 0);
}

/// <summary>The stages of all policies together.</summary>
/// <param name="Closed">The sum of the next three.</param>
/// <param name="InTime">As <see cref="StageAnalysis.InTime"/>.</param>
/// <param name="Withdrawn">As <see cref="StageAnalysis.Withdrawn"/>.</param>
public sealed record StageTotals(int Closed, int InTime, int Late, int Withdrawn, int Open)
{
    public static StageTotals Of(AnnualAnalysis analysis)
    {
        List<StageAnalysis> stages = [.. analysis.Policies.SelectMany(p => p.Stages)];
        return new StageTotals(
            stages.Sum(s => s.Closed),
            stages.Sum(s => s.InTime),
            stages.Sum(s => s.Late),
            stages.Sum(s => s.Withdrawn),
            stages.Sum(s => s.Open)
        );
    }
}
