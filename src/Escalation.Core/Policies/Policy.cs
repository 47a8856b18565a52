using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>
/// One published procedure as rules: what the policy document says, validated when loaded. A case pins the document it
/// was opened under by its content hash.
/// </summary>
public sealed record Policy
{
    /// <summary>See <see cref="Version"/>.</summary>
    public const int FirstOwnVersion = 1000;

    /// <summary>The format of documents that this program writes. One without <c>format</c> is of the first.</summary>
    public const int PresentFormat = 2;

    /// <summary>A case keeps room for every one.</summary>
    public const int MostStages = 7;

    /// <summary>How the document is written. A document of this kind says 2.</summary>
    public int Format { get; init; } = 1;

    /// <summary>What the program calls the procedure: lower-case words joined by hyphens. The same in every version.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Raised with every change to a document. Documents that come with the program use 1 to 999; a partnership's own versions start
    /// at 1000, so that an upgrade of the program never meets a number that is already taken.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>The procedure's name, as its text has it.</summary>
    public required string Name { get; init; }

    /// <summary>The partnership's id, also its own id in its directory (for the business manager, the chair, …).</summary>
    public required string Partnership { get; init; }

    /// <summary>The partnership's name for people.</summary>
    public required string PartnershipName { get; init; }

    /// <summary>What references begin with: two to four capitals.</summary>
    public required string ReferencePrefix { get; init; }

    /// <summary>Edition and review date of the published text, as printed.</summary>
    public required string Edition { get; init; }

    /// <summary>When the text is to be reviewed, as printed; null where it prints no date.</summary>
    public string? Review { get; init; }

    /// <summary>What the procedure is for, in a sentence.</summary>
    public required string Purpose { get; init; }
    public required WorkingTime WorkingTime { get; init; }
    public required Parties Parties { get; init; }

    /// <summary>
    /// Tiers of its own that its rules name, beside those that the program knows, with their names for people. In a document of the
    /// first format tiers were not declared.
    /// </summary>
    public IReadOnlyList<Term> Tiers { get; init; } = [];

    /// <summary>People whom its rules name by a role, asked for at intake. Their tier in a rule is <c>named:ROLE</c>.</summary>
    public IReadOnlyList<NamedRole> Roles { get; init; } = [];

    /// <summary>Agencies that its rules name by their ids in the directory.</summary>
    public IReadOnlyList<Term> Agencies { get; init; } = [];

    /// <summary>In order; the last is the final stage.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>Whether a later stage can be opened directly.</summary>
    public required SkipRule Skip { get; init; }

    public HoldRule? Hold { get; init; }
    public required UrgentRule Urgent { get; init; }

    /// <summary>The text's own route when the concern is a colleague's conduct: shown, and no case is opened.</summary>
    public required string NotThisProcess { get; init; }
    public required ConfirmationRule Confirmation { get; init; }

    /// <summary>What a resolved outcome must name or carry besides the record-keeper.</summary>
    public required ResolvedRule Resolved { get; init; }

    /// <summary>What a disagreement can be about: chosen at intake, shown in emails, counted in reports.</summary>
    public IReadOnlyList<Term> Natures { get; init; } = [];

    /// <summary>What can be true of the person, on which tells, duties and a hold's end may depend.</summary>
    public IReadOnlyList<Term> Circumstances { get; init; } = [];

    /// <summary>What the lessons of an outcome can be about: chosen with them, counted in reports.</summary>
    public IReadOnlyList<Term> Themes { get; init; } = [];

    /// <summary>How an outcome can have been discussed; one of them at least is accepted.</summary>
    public IReadOnlyList<Method> Methods { get; init; } = [];

    /// <summary>Fields of the procedure's own form, given at intake under <c>fields</c>.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>Who else is told, and when.</summary>
    public IReadOnlyList<TellRule> Tells { get; init; } = [];
    public IReadOnlyList<DutyRule> Duties { get; init; } = [];
    public required FinalMissedRule FinalMissed { get; init; }
    public required Retention Retention { get; init; }

    /// <summary>Printed on everything that is exported (Surrey's non-disclosure section), or null.</summary>
    public string? RecordMarking { get; init; }

    /// <summary>Text shown beside the procedure; never acted on by a clock (a complaints route, a debrief).</summary>
    public IReadOnlyList<string> Guidance { get; init; } = [];

    /// <summary>SHA-256 of the document's bytes, lower-case hex; set by the loader.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The document's bytes as read; set by the loader.</summary>
    internal ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>A partnership's own version; else one that comes, or came, with the program.</summary>
    public bool IsOwn => Version >= FirstOwnVersion;
    public Stage FirstStage => Stages[0];
    public Stage FinalStage => Stages[^1];

    /// <summary>The stage, or null when the policy has none with that id.</summary>
    public Stage? Find(string? stage) => Stages.FirstOrDefault(s => s.Id == stage);

    /// <summary>Position from 0; -1 when the policy has no such stage.</summary>
    public int IndexOf(string stage)
    {
        for (var i = 0; i < Stages.Count; i++)
            if (Stages[i].Id == stage)
                return i;
        return -1;
    }

    public Stage? After(string stage) =>
        IndexOf(stage) is var i and >= 0 && i + 1 < Stages.Count ? Stages[i + 1] : null;
}

/// <summary>Which days count, and until what time of day.</summary>
/// <param name="Division">Whose bank holidays count: <c>england-and-wales</c>, <c>scotland</c> or <c>northern-ireland</c>.</param>
/// <param name="Zone">Time zone by its IANA name, as <c>Europe/London</c>.</param>
/// <param name="Close">Close of business, local, as <c>17:00</c>; a working-day limit ends then, and at that minute it is missed.</param>
public sealed record WorkingTime(string Division, string Zone, TimeOnly Close, Basis Basis);

/// <summary>Who takes part.</summary>
/// <param name="Receiving">False for a procedure that lists agencies and where nobody receives.</param>
/// <param name="PersonKinds">Kinds of person the procedure covers: <c>child</c>, <c>adult</c>, <c>family</c>.</param>
public sealed record Parties(bool Receiving, IReadOnlyList<string> PersonKinds);

/// <param name="Forward">True: a later stage may be opened directly, with a reason; never back.</param>
/// <param name="UrgentTo">The stage that imminent risk leads straight to, or null.</param>
public sealed record SkipRule(bool Forward, string? UrgentTo, Basis Basis);

/// <summary>The clock may be held while something is reviewed, as in Suffolk's Stop and Review; left out: never.</summary>
/// <param name="Stages">Stages at which a hold may be placed.</param>
/// <param name="ReviewWorkingDays">Working days from the day of the hold to its review, where no review date is asked for.</param>
/// <param name="MaxWorkingDays">Working days from the day of the hold to the last day on which its review may be (inclusive), at whose
/// close the hold ends by itself.</param>
/// <param name="UnresolvedGoesTo">Stage that opens when a review ends unresolved under <paramref
/// name="UnresolvedWhen"/>; null: the clock resumes.</param>
/// <param name="UnresolvedWhen">The circumstance for <paramref name="UnresolvedGoesTo"/>.</param>
public sealed record HoldRule(
    IReadOnlyList<string> Stages,
    int ReviewWorkingDays,
    int MaxWorkingDays,
    string? UnresolvedGoesTo,
    string? UnresolvedWhen,
    Basis Basis
);

/// <summary>What is done where there is imminent risk.</summary>
/// <param name="Instruction">What the person at intake is told to do at once.</param>
/// <param name="Tell">Who is told at once, besides both agencies' safeguarding leads.</param>
public sealed record UrgentRule(string Instruction, IReadOnlyList<Recipients> Tell, Basis Basis);

/// <summary>A tier of an agency.</summary>
/// <param name="Agency"><c>raising</c>, <c>receiving</c>, <c>parties</c> (every agency in the case),
/// <c>partnership</c>, or an agency's id.</param>
/// <param name="Tier">A directory tier, or <c>named:ROLE</c>: the person named at intake for a role that stands under
/// <see cref="Policy.Roles"/>.</param>
public sealed record Recipients(string Agency, string Tier);

/// <summary>Who confirms an agreed outcome that somebody else recorded.</summary>
/// <param name="ByBoth"> True: both agencies confirm an agreed outcome, whoever records it. False: only one recorded by
/// the receiving agency needs the raising agency's confirmation. </param>
/// <param name="ExceptStages">Stages where <paramref name="ByBoth"/> does not apply.</param>
public sealed record ConfirmationRule(bool ByBoth, IReadOnlyList<string> ExceptStages, Basis Basis);

/// <summary>What an agreed outcome must say besides who keeps the record.</summary>
/// <param name="NeedsAction">At least one action with a date.</param>
/// <param name="NeedsOutstanding">How outstanding issues will be pursued.</param>
public sealed record ResolvedRule(bool NeedsAction, bool NeedsOutstanding, Basis Basis);

/// <summary>
/// Somebody whom the procedure names by what they are to the case (its conference chair, the child's reviewing officer): told, or asked
/// with a link of their own, for the partnership.
/// </summary>
/// <param name="Id">One word in camelCase, as <c>conferenceChair</c>.</param>
/// <param name="Name">What they are, as people know it.</param>
/// <param name="Natures">Asked for where the concern is of one of these; empty: not for that.</param>
/// <param name="Circumstances">Asked for where any of these holds; empty: not for that. With neither, always.</param>
public sealed record NamedRole(
    string Id,
    string Name,
    Basis Basis,
    IReadOnlyList<string>? Natures = null,
    IReadOnlyList<string>? Circumstances = null
)
{
    /// <summary>
    /// The child's Independent Reviewing Officer, whom every opening may name: the one person of a role before policies declared any.
    /// </summary>
    public const string ReviewingOfficer = "independentReviewingOfficer";

    private const string Prefix = "named:";

    /// <summary>Where an opening holds the person of a role; the reviewing officer has a field of their own in the HTTP contract.</summary>
    public static string FieldOf(string role) => role == ReviewingOfficer ? role : $"named.{role}";

    /// <summary>As a rule names the person of this role.</summary>
    public string Tier => Prefix + Id;

    /// <summary>The role of a tier; null where it is a directory tier.</summary>
    public static string? Of(string tier) =>
        tier.StartsWith(Prefix, StringComparison.Ordinal) ? tier[Prefix.Length..] : null;
}

/// <summary>An id and the words shown for it.</summary>
/// <param name="Id">By which rules name it and cases keep it: one word in camelCase, for an agency its id in the directory.</param>
/// <param name="Name">The words shown for it.</param>
public sealed record Term(string Id, string Name)
{
    /// <summary>Where a concern of this nature lets someone decide at any stage: who (Suffolk: the Conference Chair).</summary>
    public string? DecidedBy { get; init; }
}

/// <param name="Id">Which of the ways that the program knows.</param>
/// <param name="Name">The words shown for it.</param>
/// <param name="Refused">Why an outcome by this method is refused; null: accepted.</param>
public sealed record Method(string Id, string Name, string? Refused);

/// <param name="Id">One word in camelCase, under which a case keeps the answer.</param>
/// <param name="Name">The label on the form.</param>
/// <param name="Options">What a choice offers; empty for text.</param>
/// <param name="Kind"><c>text</c>, or <c>choice</c> with <paramref name="Options"/>.</param>
/// <param name="WithLegalStatus">A choice that carries its legal status as text: <c>{ "value": "…", "legalStatus": "…" }</c>.</param>
public sealed record Field(
    string Id,
    string Name,
    string Kind,
    IReadOnlyList<Term> Options,
    bool WithLegalStatus = false
);

/// <summary>Somebody besides a stage's own people is told.</summary>
/// <param name="When"><c>stageOpened:3</c>, <c>stageMissed:2</c>, <c>ended</c>, or <c>ended:4</c> where the case ended at that
/// stage.</param>
/// <param name="Who">Who is told.</param>
/// <param name="Text">What they are told, in a sentence.</param>
/// <param name="Circumstances">Only if the case has any of these; empty: always.</param>
/// <param name="IfParty">Only if this agency is a party; null: always.</param>
public sealed record TellRule(
    string When,
    Recipients Who,
    string Text,
    IReadOnlyList<string> Circumstances,
    string? IfParty,
    Basis Basis
);

/// <summary>What must be done after something happened.</summary>
/// <param name="Id">One word in camelCase, which no other duty has.</param>
/// <param name="What">What is to be done, in a sentence.</param>
/// <param name="When">
/// <c>stageOpened:3</c>, <c>stageReached:3</c> (the first time that stage or a later one opens: stages can be passed over),
/// <c>stageClosed:3</c>, <c>outcome:resolved</c>, <c>outcome:decided</c>, <c>outcome:*</c> (any outcome of any stage),
/// <c>outcomeAt:6:decided</c>, <c>learning</c> (an outcome that names lessons), <c>urgent</c>, <c>contactMissing</c>.
/// </param>
/// <param name="Owner"><c>raising</c>, <c>receiving</c>, <c>parties</c> (a duty for each agency),
/// <c>businessManager</c>, <c>recordKeeper</c>, <c>missing</c> (the agency without a contact), or an agency's
/// id.</param>
/// <param name="WorkingDays"> Working days after what happened, at the close. At most one of this and the next two is given; with
/// none the text prints no date, and the duty has none. </param>
/// <param name="WithinMonthOfMeeting">One month after the date discussed, moved back to a working day.</param>
/// <param name="ByStageDeadline">Due at the deadline of the stage that opened.</param>
/// <param name="Addressee">To whom it is sent or shown, in words.</param>
/// <param name="Circumstances">Only if the case has any of these; empty: always.</param>
public sealed record DutyRule(
    string Id,
    string What,
    string When,
    string Owner,
    Basis Basis,
    int? WorkingDays = null,
    bool WithinMonthOfMeeting = false,
    bool ByStageDeadline = false,
    string? Addressee = null,
    IReadOnlyList<string>? Circumstances = null
);

/// <summary>A missed final stage stays open, and is told again and again.</summary>
/// <param name="EveryWorkingDays">Working days from one telling of its tier and the business manager to the next.</param>
/// <param name="Notes">Text shown with the notice, or null.</param>
public sealed record FinalMissedRule(int EveryWorkingDays, string? Notes, Basis Basis);

/// <summary>How long personal data is kept; a case keeps what was worked out when it ended.</summary>
/// <param name="Years">Years after the end, unless on legal hold.</param>
/// <param name="Children">What holds for a child's or a family's case; null: as for an adult's.</param>
public sealed record Retention(int Years, Basis Basis, ChildRetention? Children = null);

/// <param name="UntilAge">A child's case is kept until this birthday, where that is later than the years after the end.</param>
/// <param name="YearsWithoutBirthDate">Years after the end, for a child whose date of birth is not known, and for a family.</param>
public sealed record ChildRetention(int UntilAge, int YearsWithoutBirthDate);
