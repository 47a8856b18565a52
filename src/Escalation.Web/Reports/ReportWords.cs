using System.Globalization;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Web.Wording;

namespace Escalation.Web.Reports;

/// <summary>The report's figures as sentences.</summary>
internal static class ReportWords
{
    /// <summary>Fewer than this make no percentage worth printing.</summary>
    private const int EnoughForPercent = 10;

    /// <summary>The period in a few sentences, the most telling first.</summary>
    public static IEnumerable<string> Headlines(AnnualReport r)
    {
        var raised = r.Now.Cases.Raised;
        yield return $"{Sentence(CountWords.Of(raised, "escalation"))} {Was(raised)} raised"
            + $"{Change(r, raised, r.Before.Cases.Raised)}.";
        if (!r.HasCases)
            yield break;
        yield return Ended(r.Now);
        if (r.Now.WorkingDays is { Count: > 0 } days)
            yield return days.Count == 1
                ? $"The one that ended took {Days(days.Longest)}."
                : $"Half of those that ended took {Days(days.Median)} or fewer; the longest took {Days(days.Longest)}.";
        var stages = r.Stages;
        if (stages.Closed > 0)
            yield return Stages(stages);
        var missed = r.Now.Cases.MissedDeadlines;
        yield return missed == 0
            ? "No deadline was missed."
            : $"{Sentence(CountWords.Of(missed, "deadline"))} {Was(missed)} missed, "
                + $"in {CountWords.Of(r.Now.Cases.WithMissedDeadline, "case")}.";
        if (r.Now.Cases.Urgent > 0)
            yield return $"{Sentence(CountWords.Of(r.Now.Cases.Urgent, "case"))} had imminent risk.";
        var actions = r.Now.Actions;
        if (actions.Arose > 0)
            yield return $"Of {CountWords.Of(actions.Arose, "agreed action")}, "
                + $"{Share(actions.DoneInTime, actions.Arose)} {Was(actions.DoneInTime)} done in time; "
                + $"{CountWords.Number(actions.Overdue)} {Is(actions.Overdue)} overdue.";
        yield return r.Now.OutcomesWithLessons == 0
            ? "No outcome named lessons."
            : $"{Sentence(CountWords.Of(r.Now.OutcomesWithLessons, "outcome"))} named lessons.";
    }

    /// <summary>
    /// "3 more than the year before (9)", or the quarter or period before, after a comma; where there is nothing to compare with, that.
    /// </summary>
    public static string Change(AnnualReport r, decimal now, decimal before) =>
        r.HasBefore
            ? $", {Difference(now, before)} the {r.Noun} before ({Number(before)})"
            : $"; none the {r.Noun} before";

    /// <summary>"3 more than", "1 fewer than", "as many as": to stand before "the year before" or the like.</summary>
    private static string Difference(decimal now, decimal before) =>
        now == before ? "as many as"
        : now > before ? $"{Number(now - before)} more than"
        : $"{Number(before - now)} fewer than";

    private static string Is(int n) => n == 1 ? "is" : "are";

    /// <summary>The difference in a table's cell.</summary>
    public static string Cell(string noun, bool hasBefore, ComparedFigure figure) =>
        figure switch
        {
            _ when !hasBefore => $"no cases that {noun}",
            { Difference: 0 } => "the same",
            { Difference: > 0 } => $"{Number(figure.Difference)} more",
            _ => $"{Number(-figure.Difference)} fewer",
        };

    /// <summary>The figures set side by side with an earlier period.</summary>
    public static string Measure(string id) =>
        id switch
        {
            "raised" => "Escalations raised",
            "ended" => "Ended",
            "open" => "Still open",
            "urgent" => "With imminent risk",
            "medianWorkingDays" => "Median working days to the end",
            "longestWorkingDays" => "Longest, in working days",
            "stagesClosed" => "Stages closed",
            "stagesInTime" => "Stages closed in time",
            "stagesLate" => "Stages closed late",
            "stagesWithdrawn" => "Stages in which the concern was withdrawn",
            "missedDeadlines" => "Deadlines missed",
            "withMissedDeadline" => "Escalations with a missed deadline",
            "reminders" => "Reminders that fell due",
            "lateResponses" => "Responses after a stage had closed",
            "disputes" => "Agreements disputed",
            "holds" => "Holds placed",
            "workingDaysHeld" => "Working days on hold",
            "noticesFailed" => "Emails that failed",
            "nobodyToTell" => "Times a tier had no contact",
            "actions" => "Actions agreed",
            "actionsInTime" => "Actions done in time",
            "outcomesWithLessons" => "Outcomes that named lessons",
            _ => id,
        };

    /// <summary>"24 (80%)", "none"; the number alone where a percentage would say more than it knows.</summary>
    public static string Share(int part, int whole) =>
        part == 0 ? "none"
        : whole < EnoughForPercent ? CountWords.Number(part)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{part:N0} ({Math.Round(100m * part / whole, MidpointRounding.AwayFromZero):0}%)"
        );

    public static string Number(decimal value) => BarRow.Format(value);

    /// <summary>"1 working day", "2.5 working days".</summary>
    public static string Days(decimal days) => $"{Number(days)} working {(days == 1 ? "day" : "days")}";

    /// <summary>Of those that had to keep a deadline; a stage in which the concern was withdrawn is told apart.</summary>
    private static string Stages(StageTotals stages)
    {
        var withdrawn = $"in {CountWords.Of(stages.Withdrawn, "stage")} the concern was withdrawn";
        var answered = stages.InTime + stages.Late;
        if (answered == 0)
            return $"{Sentence(withdrawn)}; no other stage closed.";
        return $"Of {CountWords.Of(answered, "stage")} that closed, {Share(stages.InTime, answered)} closed in time "
            + $"and {CountWords.Number(stages.Late)} late{(stages.Withdrawn == 0 ? "" : $"; {withdrawn}")}.";
    }

    private static string Ended(AnnualAnalysis a)
    {
        var ended = a.Cases.Raised - a.Cases.Open;
        var ways = a
            .Endings.Where(e => e.Count > 0 && e.Id != "open")
            .Select(e => $"{CountWords.Number(e.Count)} {Ending(e.Id)}")
            .ToList();
        var open =
            a.Cases.Open == 0
                ? "None is open."
                : $"{CountWords.Number(a.Cases.Open)} {(a.Cases.Open == 1 ? "is" : "are")} still open.";
        return ended == 0
            ? $"None has ended. {open}"
            : $"{CountWords.Number(ended)} {(ended == 1 ? "has" : "have")} ended: {string.Join(", ", ways)}. {open}";
    }

    /// <summary>How a case ended, after a number.</summary>
    private static string Ending(string id) => Outcomes.Find(id)?.Counted ?? Outcomes.Phrase(id);

    private static string Was(int n) => n == 1 ? "was" : "were";

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
