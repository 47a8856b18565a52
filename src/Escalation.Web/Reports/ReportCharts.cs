using Escalation.Core.Reporting;
using Escalation.Web.Wording;

namespace Escalation.Web.Reports;

/// <summary>The report's charts. What is zero in every series is left to the table.</summary>
internal static class ReportCharts
{
    /// <summary>Agencies that a chart has room for.</summary>
    private const int MostAgencies = 30;

    private static readonly Series Raised = new("Raised", Fill.Solid),
        Received = new("Received", Fill.Hatched),
        Involved = new("Took part", Fill.Dotted),
        Reached = new("Came no further", Fill.Solid),
        InTime = new("Closed in time", Fill.Solid),
        Late = new("Closed late", Fill.Hatched),
        Withdrawn = new("Withdrawn", Fill.Dotted),
        Open = new("Still open", Fill.Hollow),
        Median = new("Median", Fill.Solid),
        Longest = new("Longest", Fill.Hollow),
        DoneInTime = new("Done in time", Fill.Solid),
        DoneLate = new("Done late", Fill.Hatched),
        Overdue = new("Overdue", Fill.Dotted),
        NotYetDue = new("Not yet due", Fill.Hollow);

    public static BarChart Agencies(AnnualReport r)
    {
        var involved = r.Now.Agencies.Any(a => a.Involved > 0);
        var all = r.Now.Agencies;
        var drawn = all;
        if (all.Count > MostAgencies)
            drawn = [.. all.OrderByDescending(a => a.Raised + a.Received + a.Involved).Take(MostAgencies)];
        var words =
            $"{CountWords.Of(all.Count, "agency", "agencies")}, with the escalations each raised and received"
            + (all.Count > MostAgencies ? $"; the {MostAgencies} with the most are drawn." : ".");
        IReadOnlyList<Series> series = involved ? [Raised, Received, Involved] : [Raised, Received];
        return new BarChart(
            "agencies",
            "Escalations by agency",
            words,
            series,
            [.. drawn.Select(a => new BarGroup(r.Agency(a.Agency), [.. series.Select(s => BarRow.Of(s, Cases(a, s)))]))]
        );

        static int Cases(AgencyTally a, Series s) =>
            s == Raised ? a.Raised
            : s == Received ? a.Received
            : a.Involved;
    }

    /// <summary>A tally beside the one of the period before.</summary>
    public static BarChart Compared(AnnualReport r, string id, string title, IReadOnlyList<ComparedFigure> figures)
    {
        var shown = figures.Where(f => f.Now > 0 || f.Before > 0).ToList();
        var (now, before) = (new Series($"This {r.Noun}", Fill.Solid), new Series($"The {r.Noun} before", Fill.Hollow));
        IReadOnlyList<Series> series = r.HasBefore ? [now, before] : [now];
        return new BarChart(
            id,
            title,
            Most(r.Noun, shown),
            series,
            [
                .. shown.Select(f => new BarGroup(
                    f.Name,
                    [.. series.Select(s => BarRow.Of(s, s == now ? f.Now : f.Before))]
                )),
            ]
        );
    }

    public static BarChart Furthest(PolicyAnalysis policy) =>
        new(
            $"{policy.Id}-furthest",
            "Furthest stage reached",
            $"For each stage, how many of {CountWords.Of(policy.Cases, "escalation")} came so far and no further.",
            [Reached],
            [.. policy.Stages.Select(s => new BarGroup(s.Name, [BarRow.Of(Reached, s.Furthest)]))]
        );

    public static BarChart Timeliness(PolicyAnalysis policy) =>
        new(
            $"{policy.Id}-timeliness",
            "Closed in time or late",
            "For each stage, how many closed in time, how many closed late, in how many the concern was withdrawn "
                + "and how many are still open.",
            [InTime, Late, Withdrawn, Open],
            [
                .. policy
                    .Stages.Where(s => s.Opened > 0)
                    .Select(s => new BarGroup(
                        $"{s.Name}: {CountWords.Number(s.InTime)} in time, {CountWords.Number(s.Late)} late, "
                            + $"{CountWords.Number(s.Withdrawn)} withdrawn, {CountWords.Number(s.Open)} open",
                        [
                            new BarRow(
                                [(InTime, s.InTime), (Late, s.Late), (Withdrawn, s.Withdrawn), (Open, s.Open)],
                                CountWords.Number(s.Opened)
                            ),
                        ]
                    )),
            ]
        );

    public static BarChart Days(PolicyAnalysis policy) =>
        new(
            $"{policy.Id}-days",
            "Working days from opening to closing",
            "For each stage, the median and the longest number of working days it took.",
            [Median, Longest],
            [
                .. policy
                    .Stages.Where(s => s.WorkingDays.Count > 0)
                    .Select(s => new BarGroup(
                        s.Name,
                        [BarRow.Of(Median, s.WorkingDays.Median), BarRow.Of(Longest, s.WorkingDays.Longest)]
                    )),
            ]
        );

    public static BarChart Duties(AnnualReport r) =>
        new(
            "duties",
            "Actions and duties",
            "For agreed actions and for what the procedure itself asks, "
                + "how many were done in time, done late, are overdue, and are not yet due.",
            [DoneInTime, DoneLate, Overdue, NotYetDue],
            [
                .. new[] { ("Agreed actions", r.Now.Actions), ("What the procedure asks", r.Now.Duties) }
                    .Where(d => d.Item2.Arose > 0)
                    .Select(d => Group(d.Item1, d.Item2)),
            ]
        );

    private static BarGroup Group(string name, DutyMeasures d) =>
        new(
            $"{name}: {CountWords.Number(d.DoneInTime)} in time, "
                + $"{CountWords.Number(d.DoneLate)} late, {CountWords.Number(d.Overdue)} overdue",
            [
                new BarRow(
                    [
                        (DoneInTime, d.DoneInTime),
                        (DoneLate, d.DoneLate),
                        (Overdue, d.Overdue),
                        (NotYetDue, d.Outstanding - d.Overdue),
                    ],
                    CountWords.Number(d.Arose)
                ),
            ]
        );

    private static string Most(string noun, IReadOnlyList<ComparedFigure> figures) =>
        figures.MaxBy(f => f.Now) is { Now: > 0 } most
            ? $"{CountWords.Of(figures.Count, "kind")}; the most frequent this {noun} is {most.Name}, {ReportWords.Number(most.Now)}."
            : $"Nothing this {noun}.";
}
