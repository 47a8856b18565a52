using Escalation.Core.Cases;

namespace Escalation.Core.Reporting;

/// <summary>A form of a procedure, as headings in their order; <see cref="RecordSheets"/> fills it from a case.</summary>
/// <param name="Printed">Where the published text prints it, or that it prints none.</param>
/// <param name="FromStage">Only once the case reached this stage; null: always.</param>
/// <param name="Wide">A log with a line a case: its sections are columns.</param>
public sealed record RecordForm(
    string Title,
    string Printed,
    IReadOnlyList<RecordSection> Sections,
    string? FromStage = null,
    bool Wide = false
);

/// <param name="Heading">Empty: none.</param>
public sealed record RecordSection(string Heading, IReadOnlyList<RecordLine> Lines);

/// <param name="Label">As the form words it.</param>
/// <param name="Texts">What was said at intake, for <see cref="RecordItem.IntakeTexts"/>.</param>
public sealed record RecordLine(string Label, RecordItem Item, IReadOnlyList<IntakeText> Texts);

/// <summary>What a form asks for.</summary>
public enum RecordItem
{
    PersonName,
    DateOfBirth,
    Age,
    Address,
    AgencyRaising,
    AgenciesAnswering,
    CaseNumbers,
    DateRaised,
    StagesReached,
    Nature,
    Concern,
    IntakeTexts,
    Raiser,
    Others,
    CurrentLevelOfNeed,
    PerceivedLevelOfNeed,
    LevelOfNeed,
    ActionsSoFar,
    Discussions,
    Methodology,

    /// <summary>What was agreed or decided, by stage.</summary>
    Agreed,
    SettledAt,
    Outcome,
    Outstanding,
    Actions,
    Lessons,
    Comments,
    Chairs,
    Findings,
    Supporting,
    ReceivedOn,
    ReferredToChair,
    IssuesReferred,
    ReviewOutcome,
    Reference,
    ActionTaken,

    /// <summary>A line to sign or write on.</summary>
    Blank,
}
