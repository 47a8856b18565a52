using Escalation.Core.Calendars;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Core.Reporting;

/// <summary>
/// What a partnership's annual report carries, also of a quarter or of any days: its cases raised in them, as their events
/// tell it by now. No name of a person; only <see cref="Lessons"/> is free text. The order is the same whatever the order
/// of the cases, and a period without a case is all zeros.
/// </summary>
public sealed record AnnualAnalysis
{
    public required string Partnership { get; init; }

    /// <inheritdoc cref="ReportPeriod.Year"/>
    public required int? Year { get; init; }

    /// <inheritdoc cref="ReportPeriod.Quarter"/>
    public required int? Quarter { get; init; }

    /// <summary>Local dates, both inclusive.</summary>
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required CaseMeasures Cases { get; init; }

    /// <summary>
    /// Working days from the day a case was raised (not counted) to the day it ended, for ended cases. Time on hold is
    /// within.
    /// </summary>
    public required WorkingDaysTaken WorkingDays { get; init; }

    /// <summary>How cases ended, <c>open</c> for those that have not: every case once.</summary>
    public required IReadOnlyList<Tally> Endings { get; init; }

    /// <summary>A case of several natures counts under each; one without under <c>notGiven</c>.</summary>
    public required IReadOnlyList<Tally> Natures { get; init; }

    public required CaseSplits Splits { get; init; }

    /// <summary>By id; agencies outside the directory together as <c>other</c>.</summary>
    public required IReadOnlyList<AgencyTally> Agencies { get; init; }

    /// <summary>Every policy of the partnership, by id, those without a case too.</summary>
    public required IReadOnlyList<PolicyAnalysis> Policies { get; init; }
    public required NoticeMeasures Notices { get; init; }

    /// <summary>The actions that agreed outcomes named.</summary>
    public required DutyMeasures Actions { get; init; }

    /// <summary>What the procedures themselves ask for after an event: forms, confirmations, learning.</summary>
    public required DutyMeasures Duties { get; init; }

    /// <summary>Outcomes that named lessons, those whose text retention removed too.</summary>
    public required int OutcomesWithLessons { get; init; }

    /// <summary>
    /// Of the outcomes that named lessons, where the procedure has themes: one of several themes counts under each, one without
    /// under <c>notGiven</c>. Empty where no procedure has any.
    /// </summary>
    public required IReadOnlyList<Tally> Themes { get; init; }

    /// <summary>Free text: for staff. By reference, then in the order recorded.</summary>
    public required IReadOnlyList<Lesson> Lessons { get; init; }

    /// <summary>Cases of other partnerships or days are passed over.</summary>
    /// <param name="policies">Holds every version that a case was opened under.</param>
    /// <param name="now">Until when a hold that goes on is counted.</param>
    public static AnnualAnalysis Of(
        string partnership,
        ReportPeriod period,
        IEnumerable<CaseDocument> cases,
        PolicyCatalogue policies,
        Func<Policy, WorkingCalendar> calendarOf,
        DateTimeOffset now
    )
    {
        var builder = new AnnualAnalysisBuilder(partnership, period, policies, calendarOf, now);
        foreach (var document in cases)
            builder.Add(document);
        return builder.Finish();
    }

    /// <inheritdoc cref="Of"/>
    public static async Task<AnnualAnalysis> OfAsync(
        string partnership,
        ReportPeriod period,
        IAsyncEnumerable<CaseDocument> cases,
        PolicyCatalogue policies,
        Func<Policy, WorkingCalendar> calendarOf,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var builder = new AnnualAnalysisBuilder(partnership, period, policies, calendarOf, now);
        await foreach (var document in cases.WithCancellation(cancel))
            builder.Add(document);
        return builder.Finish();
    }

    /// <summary>The same, flat: for a spreadsheet.</summary>
    /// <param name="withFreeText">Whether the lessons' texts come last.</param>
    public IEnumerable<AnalysisRow> Rows(bool withFreeText) => AnalysisRows.Of(this, withFreeText);
}

/// <param name="Name">The words shown for it.</param>
public sealed record Tally(string Id, string Name, int Count);

/// <summary>Cases in which an agency took each part.</summary>
public sealed record AgencyTally(string Agency, int Raised, int Received, int Involved);

/// <summary>Whole working days by the case's own calendar: the day of opening is not counted, the day of closing is.</summary>
/// <param name="Count">How many were measured; with none the other two are 0.</param>
/// <param name="Median">Of an even number: halfway between the middle two.</param>
public sealed record WorkingDaysTaken(int Count, decimal Median, int Longest);

/// <param name="Text">Free text, which may name people.</param>
public sealed record Lesson(string Reference, string Stage, string Text);

public sealed record PolicyAnalysis
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required int Cases { get; init; }

    /// <summary>Cases that were taken from here to another policy, under which they count.</summary>
    public required int LedOn { get; init; }

    /// <inheritdoc cref="AnnualAnalysis.WorkingDays"/>
    public required WorkingDaysTaken WorkingDays { get; init; }
    public required IReadOnlyList<Tally> Endings { get; init; }

    /// <inheritdoc cref="AnnualAnalysis.Natures"/>
    public required IReadOnlyList<Tally> Natures { get; init; }
    public required CaseSplits Splits { get; init; }

    /// <inheritdoc cref="AnnualAnalysis.Themes"/>
    public required IReadOnlyList<Tally> Themes { get; init; }

    /// <summary>In the order of the policy's current version; stages that only older versions have come last, by id.</summary>
    public required IReadOnlyList<StageAnalysis> Stages { get; init; }
}

/// <param name="Item">What within the section: a policy, <c>policy/stage</c>, an agency, a reference.</param>
public sealed record AnalysisRow(string Section, string Item, string Measure, string Value);
