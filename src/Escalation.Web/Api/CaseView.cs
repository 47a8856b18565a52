using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Api;

/// <summary>
/// A case as JSON for signed-in callers. Made by <see cref="CaseViews"/> from what the caller may know: a stage internal to the agency that
/// raised the concern is for that agency and the partnership only, with all that belongs to it.
/// </summary>
public sealed record CaseView
{
    public required string Reference { get; init; }
    public required PolicyName Policy { get; init; }

    /// <summary>The policy from which the case was taken to its present one; null: it was opened under that.</summary>
    public PolicyName? PolicyBefore { get; init; }
    public required string Partnership { get; init; }
    public required string Status { get; init; }

    /// <summary>Now is at or after the present stage's deadline.</summary>
    public required bool Overdue { get; init; }
    public required long Version { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When the case was opened here; <see cref="RaisedAt"/> may be earlier.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Days given for the policy's dates, and whether it was raised later than the policy says after them.</summary>
    public required IReadOnlyList<DateView> Dates { get; init; }

    /// <summary>Imminent risk was reported: the instruction to follow; else null.</summary>
    public string? Urgent { get; init; }
    public required IReadOnlyList<PartyView> Parties { get; init; }
    public required IReadOnlyList<TermView> Natures { get; init; }
    public required IReadOnlyList<TermView> Circumstances { get; init; }

    /// <summary>Null after the end, and while the present stage is internal to another agency: the case is open then.</summary>
    public StageView? Stage { get; init; }
    public required IReadOnlyList<PastStageView> Stages { get; init; }
    public HoldView? Hold { get; init; }
    public AwaitingView? AwaitingConfirmation { get; init; }
    public required IReadOnlyList<LateResponseView> LateResponses { get; init; }
    public required IReadOnlyList<DutyView> Duties { get; init; }
    public required IReadOnlyList<NoticeView> Notices { get; init; }
    public required IReadOnlyList<ContactView> Contacts { get; init; }

    /// <summary>References of open cases that may be about the same person and agencies, of those that the caller sees.</summary>
    public required IReadOnlyList<string> PossibleDuplicates { get; init; }

    /// <summary>Null once retention removed it.</summary>
    public Person? Person { get; init; }
    public IntakeView? Intake { get; init; }
    public required bool LegalHold { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Outcome { get; init; }
    public DateTimeOffset? RetainUntil { get; init; }

    /// <summary>Null when nothing is to come, and where part of the case is internal to another agency.</summary>
    public DateTimeOffset? NextWake { get; init; }
}

public sealed record PolicyName(string Id, int Version, string Name);

public sealed record TermView(string Id, string Name);

/// <param name="Day"><c>2027-03-25</c>, or with a local time <c>2027-03-25T16:00</c>.</param>
/// <param name="RaisedLate">The concern was raised later than the policy says after it.</param>
public sealed record DateView(string Id, string Name, string Day, bool RaisedLate);

public sealed record PartyView(string Agency, string Name, Side Side, string? CaseNumber);

/// <param name="Deadline">In force: null on hold, and where no limit is in force.</param>
/// <param name="Limits">Those that were met, the one in force, and those to come, in order.</param>
/// <param name="Outcomes">What may be recorded, <c>escalate</c> included where there is a stage above.</param>
public sealed record StageView(
    string Id,
    string Name,
    string Tier,
    DateTimeOffset OpenedAt,
    DateTimeOffset? Deadline,
    LimitKind? Limit,
    Explanation? Explanation,
    IReadOnlyList<StageLimitView> Limits,
    string Instruction,
    IReadOnlyList<string> Outcomes,
    bool Final,
    bool ContactMade,
    DateTimeOffset? RespondedAt,
    DateTimeOffset? MissedAt,
    IReadOnlyList<DateTimeOffset> Reminders
);

/// <param name="For">What must have happened.</param>
/// <param name="Deadline">Null for one that has not begun to count.</param>
/// <param name="OnMiss">What a miss does; null: as at any stage, it escalates, or reminds at the final stage.</param>
/// <param name="MetAt">Null: it was not met, or not yet.</param>
public sealed record StageLimitView(
    LimitFor For,
    DateTimeOffset? Deadline,
    LimitKind? Kind,
    MissDoes? OnMiss,
    DateTimeOffset? MetAt,
    Explanation? Explanation
);

/// <param name="By">Null while it is open.</param>
/// <param name="Late">Closed at or after its deadline.</param>
public sealed record PastStageView(
    string Id,
    string Name,
    OpenedBecause Because,
    DateTimeOffset OpenedAt,
    DateTimeOffset? Deadline,
    DateTimeOffset? ClosedAt,
    string? Outcome,
    ClosedBy? By,
    bool Late
);

public sealed record HoldView(DateTimeOffset PlacedAt, DateOnly ReviewOn, string? Reason, string? AskedBy);

/// <param name="Sides">Those who must confirm; empty where two decide together.</param>
/// <param name="Deciders">Of two who decide together who must confirm, as <c>partnership/named:conferenceChair</c>; else empty.</param>
/// <param name="By">Neither confirmed nor disputed by then, it counts as not agreed.</param>
public sealed record AwaitingView(
    IReadOnlyList<Side> Sides,
    IReadOnlyList<string> Deciders,
    DateTimeOffset By,
    string Agency,
    string Outcome,
    string? Summary
);

/// <param name="Number">What <c>adopt</c> names.</param>
public sealed record LateResponseView(
    int Number,
    string Stage,
    string Outcome,
    string Agency,
    DateTimeOffset ReceivedAt,
    bool InTime,
    bool Adopted,
    string? Summary
);

public sealed record DutyView(
    string Id,
    string What,
    string Owner,
    string? Addressee,
    string Basis,
    DateTimeOffset? Due,
    string Status,
    DateOnly? CompletedOn,
    string? ByWhom
);

/// <param name="To">The recipient's name and agency; never an address.</param>
/// <param name="Attempts">Failed attempts since it was queued.</param>
/// <param name="Error">The last failure, as a code.</param>
public sealed record NoticeView(
    string Key,
    string Kind,
    string To,
    NoticeState Status,
    DateTimeOffset At,
    string? Stage,
    int Attempts,
    string? Error,
    DateTimeOffset? NextTry,
    string? InsteadOf
);

/// <summary>A person who came into the case otherwise than by the directory.</summary>
/// <param name="Email">Only for those who run the partnership.</param>
/// <param name="Accepted">False until the business manager accepts an address outside the agency's domains.</param>
public sealed record ContactView(
    string Id,
    string Agency,
    string Tier,
    string? Name,
    string? Role,
    string? Email,
    bool Reachable,
    bool Accepted,
    string? Replaces
);

/// <summary>What was said at intake.</summary>
public sealed record IntakeView : IntakeTexts
{
    public required IReadOnlyList<string> Supporting { get; init; }
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
    public required IReadOnlyList<OtherPerson> Others { get; init; }
}
