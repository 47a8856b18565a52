using System.Collections.Immutable;
using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>
/// A case: what its events come to, one after another (<see cref="Evolution"/>). All instants are UTC.
/// </summary>
public sealed record Case
{
    public required string Reference { get; init; }
    public required string Partnership { get; init; }

    /// <summary>The policy that it is under.</summary>
    public required PolicyReference Policy { get; init; }

    /// <summary>The policy from which it was led to this one; null: it was opened under it. A case is led once.</summary>
    public PastPolicy? Before { get; init; }

    /// <summary>One of <see cref="CaseStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>When the concern was raised, as its sender says; never after <see cref="OpenedAt"/>.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When the case was recorded here.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>See <see cref="CaseOpened.IntakeKey"/>.</summary>
    public required string IntakeKey { get; init; }

    /// <summary><c>child</c>, <c>adult</c>, <c>family</c>, or <c>theme</c> where it is about no one person.</summary>
    public required string PersonKind { get; init; }
    public required IReadOnlyList<Party> Parties { get; init; }
    public required IReadOnlyList<string> Natures { get; init; }
    public required IReadOnlyList<string> Circumstances { get; init; }

    /// <summary>
    /// References of cases that were open, about the same person and agencies, when this one was opened.
    /// </summary>
    public required IReadOnlyList<string> PossibleDuplicates { get; init; }
    public bool ImminentRisk => RiskReports.Count > 0;

    /// <summary>Stages of its policies that are not for this case.</summary>
    public IReadOnlyList<string> LeavesOut { get; init; } = [];

    /// <summary>Days given for dates of the policy, by their ids.</summary>
    public IReadOnlyDictionary<string, GivenDay> Dates { get; init; } = ImmutableDictionary<string, GivenDay>.Empty;

    /// <summary>Dates of the policy after which the concern was to be raised earlier (<see cref="CaseDate.Window"/>).</summary>
    public IReadOnlyList<string> RaisedLateAfter { get; init; } = [];

    /// <summary>What was said at intake; null after retention removed it.</summary>
    public PrivateWords? Intake { get; init; }
    public ImmutableList<CaseContact> Contacts { get; init; } = [];

    /// <summary>Names and addresses by <see cref="CaseContact.Id"/>; empty after retention removed them.</summary>
    public ImmutableDictionary<string, PersonName> People { get; init; } =
        ImmutableDictionary<string, PersonName>.Empty;

    /// <summary>The stage at which a contact came into the case; those named at intake are not in it.</summary>
    public ImmutableDictionary<string, string> NamedAt { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Every stage that was opened, in order; the last is the present one while the case is open.</summary>
    public ImmutableList<StageRecord> Stages { get; init; } = [];
    public Hold? Hold { get; init; }
    public ImmutableList<PastHold> PastHolds { get; init; } = [];

    /// <summary>The agreed outcome that waits for confirmation.</summary>
    public Awaiting? Awaiting { get; init; }
    public ImmutableList<LateResponse> LateResponses { get; init; } = [];
    public ImmutableList<Duty> Duties { get; init; } = [];
    public ImmutableList<Notice> Notices { get; init; } = [];

    /// <summary>By the id of each command that changed this case: by them a repeat gets the first answer.</summary>
    public ImmutableDictionary<string, CommandReceipt> Receipts { get; init; } =
        ImmutableDictionary<string, CommandReceipt>.Empty;

    /// <summary>
    /// By event number: the agency (or the partnership) whose share of the record the event's words take up. Words that
    /// take up nobody's share are not in it (<see cref="Storage.CaseRoom"/>).
    /// </summary>
    public ImmutableDictionary<int, string> Voices { get; init; } = ImmutableDictionary<int, string>.Empty;

    /// <summary>How often a person, or an agency, did at a stage what <see cref="CommandLimits"/> limits.</summary>
    public ImmutableDictionary<string, int> Times { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Bytes that its notices take at most, once all is written of them (<see cref="NoticeRoom"/>).</summary>
    public int NoticeBytes { get; init; }

    /// <summary>Every report of imminent risk of which people were told, in order; one made at intake is the first.</summary>
    public ImmutableList<RiskReport> RiskReports { get; init; } = [];
    public bool LegalHold { get; init; }
    public bool PersonalDataRemoved { get; init; }

    /// <summary>When the case last said that the installation cannot send; null: never.</summary>
    public DateTimeOffset? MailDelayedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When retention removes its personal data, unless it is on legal hold; null before the end and once it has.</summary>
    public DateTimeOffset? RetainUntil { get; init; }

    /// <summary>Number and instant of the last event. Set by <see cref="Evolution"/>, on a copy that nobody else has yet.</summary>
    public int Events { get; internal set; }
    public DateTimeOffset LastAt { get; internal set; }

    /// <summary>Set when a newer program wrote an event this one does not know: no more writes.</summary>
    public string? UnknownEvent { get; init; }

    public bool IsOpen => EndedAt is null;

    /// <summary>
    /// A contact that a receiving side recorded met a limit of the present stage, and the raising side can still say that it did not
    /// happen.
    /// </summary>
    public bool ContactCanBeDisputed =>
        Status == CaseStatus.Open
        && Stage.Met is [.., { For: LimitFor.Contact or LimitFor.Discussion } last]
        && SideOf(last.Agency) is Side.Receiving;

    /// <summary>Every policy that it was or is under, in order.</summary>
    public IReadOnlyList<PolicyReference> Policies => Before is { } before ? [before.Policy, Policy] : [Policy];

    /// <summary>What of its policies holds for this case.</summary>
    /// <param name="pinned">The documents of <see cref="Policies"/>, in that order.</param>
    public Policy Under(IReadOnlyList<Policy> pinned) =>
        Under(Before is { } before ? LedPolicy.Of(pinned[0], before.LeftAt, pinned[1], before.LedBy) : pinned[0]);

    /// <summary>What of a policy holds for this case; asked of that again, the same.</summary>
    public Policy Under(Policy policy) => policy.For(Facts, LeavesOut);

    /// <summary>Stages of another policy that would not be for this case.</summary>
    internal IReadOnlyList<string> LeftOutBy(Policy policy) => policy.NotFor(Facts);

    /// <summary>Whether this holds of the concern; null: it always does.</summary>
    public bool Fulfils(Condition? condition) => condition?.Holds(Facts) != false;

    /// <summary>Whether somebody is told by this rule, once what it waits for happens.</summary>
    public bool IsToldBy(TellRule rule) =>
        (rule.Circumstances.Count == 0 || rule.Circumstances.Any(Circumstances.Contains))
        && (rule.IfParty is null || SideOf(rule.IfParty) is not null);

    private ConcernFacts Facts =>
        new(
            Natures,
            Circumstances,
            PersonKind,
            (Intake?.Texts ?? new Dictionary<string, string>())
                .Where(t => t.Key.StartsWith("fields.", StringComparison.Ordinal))
                .ToDictionary(t => t.Key["fields.".Length..], t => t.Value, StringComparer.Ordinal)
        );

    /// <summary>The present stage; after the end, the last one.</summary>
    public StageRecord Stage => Stages[^1];

    public Party Raising => Parties.First(p => p.Side is Side.Raising);

    public IEnumerable<string> AgenciesOf(Side side) => Parties.Where(p => p.Side == side).Select(p => p.Agency);

    /// <summary>Whom a rule of the policy means by an agency.</summary>
    /// <param name="agency"><c>raising</c>, <c>receiving</c>, <c>parties</c>, <c>partnership</c>, or an agency's id; <c>reporting</c>: the
    /// agency that last reported imminent risk (<see cref="RiskReport.Acting"/>).</param>
    public IEnumerable<Party> MeantBy(string agency) =>
        agency switch
        {
            "raising" => Parties.Where(p => p.Side is Side.Raising),
            "receiving" => Parties.Where(p => p.Side is Side.Receiving),
            "parties" => Parties,
            "reporting" => Parties.Where(p => !RiskReports.IsEmpty && p.Agency == RiskReports[^1].Acting),
            "partnership" => [new Party(Side.Partnership, Partnership)],
            _ when agency == Partnership => [new Party(Side.Partnership, Partnership)],
            var id => [Parties.FirstOrDefault(p => p.Agency == id) ?? new Party(Side.Partnership, id)],
        };

    /// <summary>The part that imminent risk gives to the people of an agency.</summary>
    public RiskPart RiskPartOf(string agency) =>
        RiskReports.Exists(r => r.Acting == agency) ? RiskPart.Act
        : Parties.Any(p => p.Agency == agency) ? RiskPart.Protect
        : RiskPart.Know;

    /// <summary>The side of an agency; null when it is not in the case.</summary>
    public Side? SideOf(string agency) =>
        agency == Partnership ? Side.Partnership : Parties.FirstOrDefault(p => p.Agency == agency)?.Side;
}

public sealed record PolicyReference(string Id, int Version, string Hash);

/// <param name="LeftAt">The stage from which the case was taken to the next.</param>
/// <param name="LedBy">The number of the event that says so.</param>
public sealed record PastPolicy(PolicyReference Policy, string LeftAt, int LedBy);

/// <summary>One stage as it went.</summary>
public sealed record StageRecord
{
    public required string Id { get; init; }
    public required OpenedBecause Because { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>
    /// Of the limit that is in force, or was the last to be (<see cref="IsWithoutLimit"/>); null where the procedure gives the stage none.
    /// </summary>
    public required Deadline? Deadline { get; init; }

    /// <summary>What <see cref="Deadline"/> is for.</summary>
    public LimitFor For { get; init; } = LimitFor.Outcome;

    /// <summary>No limit is in force: there is none, or what the last is for has happened. The stage waits for a person.</summary>
    public bool IsWithoutLimit { get; init; }

    /// <summary>The limits that were met, in order.</summary>
    public ImmutableList<MetLimit> Met { get; init; } = [];

    /// <summary>
    /// The raising side has said that a contact did not happen: another that a receiving side records meets no limit by itself.
    /// </summary>
    public bool ContactDisputed { get; init; }
    public required IReadOnlyList<DateTimeOffset> Reminders { get; init; }

    /// <summary>
    /// The instant for which the last reminder was due, or the end of the last hold: no reminder up to then is sent any
    /// more. Null: there was neither.
    /// </summary>
    public DateTimeOffset? RemindedUpTo { get; init; }

    /// <summary>The agency that recorded a contact since the limit in force began to count; null: none did.</summary>
    public string? ContactBy { get; init; }
    public bool ContactMade =>
        ContactBy is not null || Met.Exists(m => m.For is LimitFor.Contact or LimitFor.Discussion);

    /// <summary>The receiving agency that asked for a hold of the stage, which nobody has placed yet; null: none did.</summary>
    public string? HoldAskedBy { get; init; }

    /// <summary>The last hold's end, from which the deadline was counted anew; null: there was no hold.</summary>
    public Resumption? Resumed { get; init; }

    /// <summary>When a repeating reminder (responded, or overdue at the final stage) comes next.</summary>
    public DateTimeOffset? Again { get; init; }
    public DateTimeOffset? RespondedAt { get; init; }

    /// <summary>When its missed deadline was carried out.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>Local day of the discussion, as the stage's last outcome says; null where none was recorded.</summary>
    public DateOnly? DiscussedOn { get; init; }

    /// <summary>The agency, or the partnership, that recorded the stage's last outcome; null where none was recorded.</summary>
    public string? OutcomeBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The outcome that closed it, or one of <see cref="StageEnding"/>; null while it is open.</summary>
    public string? Outcome { get; init; }
    public ClosedBy? By { get; init; }

    /// <summary>What closed it arrived at or after its deadline.</summary>
    public bool Late { get; init; }

    /// <summary>It closed before any of its people had been sent their notice.</summary>
    public bool Untold { get; init; }

    /// <summary>How many reminders were carried out.</summary>
    public int ReminderCount { get; init; }

    /// <summary>Numbers of the events that were the last reminder before a deadline: for each limit, and each time it moved.</summary>
    public ImmutableList<int> LastReminders { get; init; } = [];

    /// <summary>The last reminder before its deadline was carried out.</summary>
    public bool IsRemindedLast => Reminders is [.., var last] && RemindedUpTo == last;

    /// <summary>The deadline while it is in force.</summary>
    public DateTimeOffset? DeadlineInForce => ClosedAt is null && !IsWithoutLimit ? Deadline?.At : null;

    /// <summary>What a deadline that this stage has, or had, was for.</summary>
    public LimitFor ForOf(DateTimeOffset deadline) => Met.Find(m => m.Deadline.At == deadline)?.For ?? For;

    /// <summary>When the limit in force began to count, or when none has been in force since.</summary>
    public DateTimeOffset LimitSince => Met.IsEmpty ? OpenedAt : Met[^1].At;
}

/// <summary>A limit of a stage that was met.</summary>
/// <param name="For">What had to happen.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Agency">Whose word it is.</param>
/// <param name="Resumed">See <see cref="StageRecord.Resumed"/>.</param>
public sealed record MetLimit(
    LimitFor For,
    Deadline Deadline,
    DateTimeOffset At,
    string Agency,
    Resumption? Resumed = null
);

/// <summary>A hold that goes on.</summary>
/// <param name="ReviewOn">Local day on which it is to be reviewed.</param>
/// <param name="ReviewAt">When its people are next reminded of the review.</param>
/// <param name="ReviewBy">From when it is overdue: the close of the day of its review.</param>
/// <param name="Left">What was left of the stage's own limit; null where it has none.</param>
/// <param name="EndsAt">See <see cref="HoldPlaced"/>.</param>
public sealed record Hold(
    DateTimeOffset PlacedAt,
    DateOnly ReviewOn,
    DateTimeOffset ReviewAt,
    DateTimeOffset ReviewBy,
    Remainder? Left,
    DateTimeOffset? EndsAt,
    PrivateWords? Words
);

/// <summary>What a hold leaves of a limit: whole working days after the hold's day, or clock time.</summary>
public sealed record Remainder(int? WorkingDays, TimeSpan? Time);

/// <summary>A stage that went on after a hold, with what was left of its limit.</summary>
public sealed record Resumption(DateTimeOffset At, Remainder? Left);

/// <param name="WorkingDays">Those held: caps move by as many.</param>
public sealed record PastHold(DateTimeOffset From, DateTimeOffset To, int WorkingDays);

/// <param name="Number">The event that recorded the outcome.</param>
/// <param name="Sides">Sides still to confirm.</param>
/// <param name="By">An outcome neither confirmed nor disputed by then counts as not agreed.</param>
/// <param name="Deciders">Of those who decide together (<see cref="JointDecisions"/>) who has still to confirm.</param>
public sealed record Awaiting(
    int Number,
    OutcomeRecorded Said,
    IReadOnlyList<Side> Sides,
    DateTimeOffset By,
    IReadOnlyList<string> Deciders
)
{
    public bool IsConfirmed => Sides.Count == 0 && Deciders.Count == 0;
}

/// <param name="Number">Of the event that recorded it.</param>
/// <param name="Adopted">A later stage made it its own outcome.</param>
public sealed record LateResponse(int Number, LateResponseRecorded Said, bool Adopted);

/// <summary>Something to be done after something happened: a duty of the policy, or an agreed action.</summary>
public sealed record Duty
{
    public required string Id { get; init; }

    /// <summary>See <see cref="DutyArose"/>, also of the members below.</summary>
    public required string Rule { get; init; }

    /// <summary>The stage that was open when it arose; null before the first.</summary>
    public string? Stage { get; init; }
    public required string Owner { get; init; }
    public string? Addressee { get; init; }
    public required int Cause { get; init; }
    public DateTimeOffset? Due { get; init; }
    public DateTimeOffset? RemindAt { get; init; }
    public bool Reminded { get; init; }
    public bool Overdue { get; init; }
    public DateOnly? CompletedOn { get; init; }

    /// <summary>It was done on the local day of <see cref="Due"/> at the latest, or had no date.</summary>
    public bool InTime { get; init; }

    /// <summary>The agreed action; null for a policy's duty, or after retention.</summary>
    public AgreedAction? Action { get; init; }
    public bool IsDone => CompletedOn is not null;
    public string Status =>
        IsDone ? "done"
        : Overdue ? "overdue"
        : "open";
}

/// <summary>A notice as it stands. Attempts are counted outside the events (<see cref="Storage.SendState"/>).</summary>
/// <param name="At">When it came to its status.</param>
/// <param name="Reason">Why it failed, as a code; else null.</param>
/// <param name="Operation">The mail provider's id; null before it was taken, or where it gave none.</param>
public sealed record Notice(
    NoticeQueued Queued,
    NoticeState Status,
    DateTimeOffset At,
    string? Reason = null,
    string? Operation = null
)
{
    /// <summary>The contact id of a notice that is no email: it goes to the installation's second channel.</summary>
    public const string SecondChannel = "secondChannel";

    public string Key => Queued.Key;

    /// <summary>Who it was sent to, as the email said it; null: not tried yet, or removed.</summary>
    public PersonName? To { get; init; }

    /// <summary>The calendar entry that went with it; null: none did, it went before entries were kept, or it was removed.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>False for what goes to the second channel.</summary>
    public bool IsEmail => Queued.Contact != SecondChannel;
}

/// <summary>What a command id said, so that a repeat gets the first answer.</summary>
/// <param name="Digest">Salted digest of the content; null once personal data was removed.</param>
/// <param name="Answer">See <see cref="Answers"/>.</param>
public sealed record CommandReceipt(string Id, string? Digest, string Answer, int Number);
