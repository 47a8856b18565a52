using System.Globalization;

namespace Escalation.Core.Reporting;

/// <summary>The analysis as flat rows, in the order it is read.</summary>
internal static class AnalysisRows
{
    public static IEnumerable<AnalysisRow> Of(AnnualAnalysis a, bool withFreeText)
    {
        IEnumerable<AnalysisRow> rows =
        [
            .. Measures("cases", "all", a.Cases.Measures()),
            .. Taken("cases", "all", a.WorkingDays),
            .. Tallies("endings", "all", a.Endings),
            .. Tallies("natures", "all", a.Natures),
            .. Splits("all", a.Splits),
            .. a.Agencies.SelectMany(Agency),
            .. a.Policies.SelectMany(Policy),
            .. Measures("notices", "all", a.Notices.Measures()),
            .. Measures("actions", "all", a.Actions.Measures()),
            .. Measures("duties", "all", a.Duties.Measures()),
            Row("learning", "all", "outcomesWithLessons", a.OutcomesWithLessons),
            .. Tallies("themes", "all", a.Themes),
        ];
        return withFreeText
            ? rows.Concat(a.Lessons.Select(l => new AnalysisRow("lessons", l.Reference, $"stage {l.Stage}", l.Text)))
            : rows;
    }

    private static IEnumerable<AnalysisRow> Agency(AgencyTally agency) =>
        [
            Row("agencies", agency.Agency, "raised", agency.Raised),
            Row("agencies", agency.Agency, "received", agency.Received),
            Row("agencies", agency.Agency, "involved", agency.Involved),
        ];

    private static IEnumerable<AnalysisRow> Policy(PolicyAnalysis policy) =>
        [
            Row("policies", policy.Id, "cases", policy.Cases),
            Row("policies", policy.Id, "ledOn", policy.LedOn),
            .. Taken("policies", policy.Id, policy.WorkingDays),
            .. Tallies("endings", policy.Id, policy.Endings),
            .. Tallies("natures", policy.Id, policy.Natures),
            .. Splits(policy.Id, policy.Splits),
            .. Tallies("themes", policy.Id, policy.Themes),
            .. policy.Stages.SelectMany(stage => Stage($"{policy.Id}/{stage.Id}", stage)),
        ];

    private static IEnumerable<AnalysisRow> Splits(string item, CaseSplits splits) =>
        [
            .. Tallies("personKinds", item, splits.PersonKinds),
            .. Tallies("circumstances", item, splits.Circumstances),
            .. Tallies("levelsOfNeed", item, splits.LevelsOfNeed),
        ];

    private static IEnumerable<AnalysisRow> Stage(string item, StageAnalysis stage) =>
        [
            .. Measures("stages", item, stage.Measures()),
            .. Taken("stages", item, stage.WorkingDays),
            .. Tallies("closings", item, stage.Closings),
        ];

    private static IEnumerable<AnalysisRow> Taken(string section, string item, WorkingDaysTaken days) =>
        [
            new AnalysisRow(section, item, "medianWorkingDays", days.Median.ToString(CultureInfo.InvariantCulture)),
            Row(section, item, "longestWorkingDays", days.Longest),
        ];

    private static IEnumerable<AnalysisRow> Tallies(string section, string item, IEnumerable<Tally> tallies) =>
        tallies.Select(t => Row(section, item, t.Id, t.Count));

    private static IEnumerable<AnalysisRow> Measures(
        string section,
        string item,
        IEnumerable<(string Measure, int Value)> measures
    ) => measures.Select(m => Row(section, item, m.Measure, m.Value));

    private static AnalysisRow Row(string section, string item, string measure, int value) =>
        new(section, item, measure, value.ToString(CultureInfo.InvariantCulture));
}
