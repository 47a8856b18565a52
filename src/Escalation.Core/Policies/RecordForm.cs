using System.Text.Json.Serialization;
using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>A form of the procedure as it is printed from a case.</summary>
/// <param name="Title">What stands over it.</param>
/// <param name="Sections">In the order in which they are printed.</param>
/// <param name="Basis">Where the published text prints the form, or why the partnership laid it out so.</param>
/// <param name="FromStage">Printed only once the case reached this stage or passed over it; null: always.</param>
/// <param name="Layout">How it is laid out.</param>
public sealed record RecordForm(
    string Title,
    IReadOnlyList<RecordSection> Sections,
    Basis Basis,
    string? FromStage = null,
    RecordLayout Layout = RecordLayout.Sheet
);

[JsonConverter(typeof(JsonStringEnumConverter<RecordLayout>))]
public enum RecordLayout
{
    /// <summary>A form for each case: sections under their headings, with lines.</summary>
    [JsonStringEnumMemberName("sheet")]
    Sheet,

    /// <summary>A log with a line for each case: the lines of its one section are the columns.</summary>
    [JsonStringEnumMemberName("log")]
    Log,
}

/// <param name="Lines">In the order in which they are printed.</param>
/// <param name="Heading">What stands over the lines; null: nothing.</param>
public sealed record RecordSection(IReadOnlyList<RecordLine> Lines, string? Heading = null);

/// <param name="Shows">What stands there: something of the case, <c>fields.ID</c> (one of the policy's own fields, as it was filled in at
/// intake) or <c>asked.ID</c> (something that a stage requires of an outcome). Where several stand on one line, each with its name, they
/// are texts of the intake form, fields, or what a stage requires.</param>
/// <param name="Label">As the form words it; null: the section's heading says what it is.</param>
public sealed record RecordLine(IReadOnlyList<string> Shows, string? Label = null);

/// <summary>What a form can show of every case.</summary>
public enum RecordItem
{
    /// <summary>The case's reference.</summary>
    Reference,

    /// <summary>The name of the person whom the concern is about.</summary>
    PersonName,

    /// <summary>The person's date of birth.</summary>
    DateOfBirth,

    /// <summary>The person's age when the concern was raised.</summary>
    Age,

    /// <summary>The person's address.</summary>
    Address,

    /// <summary>The agency that raised the concern.</summary>
    AgencyRaising,

    /// <summary>The other agencies of the case.</summary>
    AgenciesAnswering,

    /// <summary>Each agency's own case number.</summary>
    CaseNumbers,

    /// <summary>The day on which the concern was raised.</summary>
    DateRaised,

    /// <summary>Whoever raised it, with email, role and agency.</summary>
    Raiser,

    /// <summary>The other professionals who are named in the case.</summary>
    Others,

    /// <summary>Every nature that the policy offers, those of the concern ticked.</summary>
    Nature,

    /// <summary>The concern in a few words, as it was given at intake.</summary>
    Concern,

    /// <summary>The concern in a few words; where none were given, its natures.</summary>
    ConcernOrNature,

    /// <summary>The details that were given at intake.</summary>
    Details,

    /// <summary>The evidence that was given at intake.</summary>
    Evidence,

    /// <summary>What whoever raised it wants to happen.</summary>
    OutcomeSought,

    /// <summary>The supporting papers that were named at intake.</summary>
    SupportingPapers,

    /// <summary>The policy's fields of the ids levelOfNeed and perceivedLevelOfNeed, in one line.</summary>
    LevelOfNeed,

    /// <summary>Every stage, those that the case reached ticked.</summary>
    StagesReached,

    /// <summary>Each discussion that was recorded: its stage, day, way and summary.</summary>
    Discussions,

    /// <summary>How the matter was worked through.</summary>
    Methodology,

    /// <summary>The chairs who were named in outcomes.</summary>
    Chairs,

    /// <summary>Everything that the stages require of outcomes, as it was recorded.</summary>
    AllAsked,

    /// <summary>What was agreed or decided, by stage.</summary>
    Agreed,

    /// <summary>The stage at which the case ended, and the day.</summary>
    SettledAt,

    /// <summary>How the case ended, or how it stands.</summary>
    Outcome,

    /// <summary>How outstanding issues will be pursued.</summary>
    Outstanding,

    /// <summary>The agreed actions, as a table.</summary>
    Actions,

    /// <summary>What was discussed and the agreed actions, in sentences.</summary>
    ActionTaken,

    /// <summary>The lessons that were learned.</summary>
    Lessons,

    /// <summary>The comments that were made with outcomes.</summary>
    Comments,

    /// <summary>The business manager's part: when the form was received.</summary>
    ReceivedOn,

    /// <summary>The business manager's part: whether the concern was referred to the chair, and why.</summary>
    ReferredToChair,

    /// <summary>The business manager's part: the issues that were referred.</summary>
    IssuesReferred,

    /// <summary>The business manager's part: what came of it.</summary>
    ReviewOutcome,

    /// <summary>A line to sign or to write on.</summary>
    Blank,
}
