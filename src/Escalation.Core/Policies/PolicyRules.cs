using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>Which days count, and until what time of day.</summary>
/// <param name="Division">Whose bank holidays count: <c>england-and-wales</c>, <c>scotland</c> or <c>northern-ireland</c>.</param>
/// <param name="Zone">Time zone by its IANA name, as <c>Europe/London</c>.</param>
/// <param name="Close">Close of business, local, as <c>17:00</c>; a working-day limit ends then, and at that minute it is missed.</param>
public sealed record WorkingTime(string Division, string Zone, TimeOnly Close, Basis Basis);

/// <summary>Who takes part.</summary>
/// <param name="Receiving">False for a procedure that lists agencies and where nobody receives.</param>
/// <param name="PersonKinds">Kinds of person the procedure covers: <c>child</c>, <c>adult</c>, <c>family</c>; <c>theme</c>: a
/// concern about how agencies work together, and about no one person.</param>
public sealed record Parties(bool Receiving, IReadOnlyList<string> PersonKinds);

/// <param name="Forward">True: a later stage may be opened directly, with a reason; never back.</param>
/// <param name="UrgentTo">The stage that imminent risk leads straight to, or null.</param>
/// <param name="Starts">Later stages at which a case may start where <paramref name="Forward"/> does not say that it may.</param>
public sealed record SkipRule(bool Forward, string? UrgentTo, Basis Basis, StartRule? Starts = null);

/// <summary>A case may start at a later stage, with a reason.</summary>
/// <param name="Stages">The stages at which it may.</param>
/// <param name="Consulting">Who has to be consulted first, in words ("your own line manager"): asked for by name; null: nobody.</param>
public sealed record StartRule(IReadOnlyList<string> Stages, Basis Basis, string? Consulting = null);

/// <summary>No case is opened: the text's own route is shown.</summary>
/// <param name="When">Where it names natures, the concern has no other nature.</param>
/// <param name="Text">The route, in sentences.</param>
/// <param name="Policy">The procedure of the same partnership under which it is raised instead; null: none that this program has.</param>
public sealed record ElsewhereRule(Condition When, string Text, Basis Basis, string? Policy = null)
{
    internal bool Applies(ConcernFacts facts) =>
        When.Holds(facts) && (When.Natures is not { Count: > 0 } natures || facts.Natures.All(natures.Contains));
}

/// <summary>
/// Whoever escalates may take the case to another policy of the same partnership, instead of to a later stage: it keeps its reference,
/// people and history, and the rules from then on are that policy's.
/// </summary>
/// <param name="Policy">The id of that policy. A case that came from another policy is not led on again.</param>
/// <param name="Text">What it is for, in a sentence: shown beside the choice.</param>
/// <param name="Stage">The stage of that policy that opens; null: its first, or the one to which imminent risk leads there.</param>
/// <param name="When">Offered only where this holds; null: always.</param>
public sealed record LeadRule(string Policy, string Text, Basis Basis, string? Stage = null, Condition? When = null);

/// <summary>The clock may be held while something is reviewed, as in Suffolk's Stop and Review; left out: never.</summary>
/// <param name="Stages">Stages at which a hold may be placed.</param>
/// <param name="ReviewWorkingDays">Working days from the day of the hold to its review, where no review date is asked for.</param>
/// <param name="MaxWorkingDays">Working days from the day of the hold to the last day on which its review may be (inclusive), at whose
/// close the hold ends by itself.</param>
/// <param name="UnresolvedGoesTo">Stage that opens when a review ends unresolved under <paramref
/// name="UnresolvedWhen"/>; null: the clock resumes.</param>
/// <param name="UnresolvedWhen">The circumstance for <paramref name="UnresolvedGoesTo"/>.</param>
/// <param name="Tell">Who is told besides, and takes part in the review; null: nobody.</param>
public sealed record HoldRule(
    IReadOnlyList<string> Stages,
    int ReviewWorkingDays,
    int MaxWorkingDays,
    string? UnresolvedGoesTo,
    string? UnresolvedWhen,
    Basis Basis,
    IReadOnlyList<HoldRecipient>? Tell = null
);

/// <param name="Agency"><c>raising</c>, <c>receiving</c>, <c>parties</c>, <c>partnership</c>, or an agency's id.</param>
/// <param name="Tier">A directory tier, or <c>named:ROLE</c>.</param>
/// <param name="When">Only where this holds; null: always.</param>
/// <param name="Text">Their own part in the review; null: none is said.</param>
public sealed record HoldRecipient(string Agency, string Tier, Condition? When = null, string? Text = null)
{
    internal Recipients Who => new(Agency, Tier);
}

/// <summary>What is done where there is imminent risk.</summary>
/// <param name="Instruction">What the agency that reports it is to do at once: told to the person at intake and to its safeguarding
/// lead.</param>
/// <param name="Tell">Who else is told at once, each with their own part.</param>
/// <param name="LeadsOf">Whose safeguarding leads are told: <c>parties</c>, or <c>reporting</c> alone. Those of an agency that has not been
/// told of the case are told when it is.</param>
/// <param name="Others">What is told to the leads of the other agencies; null: what this program says of itself.</param>
public sealed record UrgentRule(
    string Instruction,
    IReadOnlyList<UrgentRecipient> Tell,
    Basis Basis,
    string LeadsOf = "parties",
    string? Others = null
);

/// <param name="Agency"><c>reporting</c> (the agency whose people reported the risk, at intake the one that raised the concern),
/// <c>raising</c>, <c>receiving</c>, <c>parties</c>, <c>partnership</c>, or an agency's id.</param>
/// <param name="Tier">A directory tier, or <c>named:ROLE</c>.</param>
/// <param name="Text">Their own part; null: that the agency was told to act, and what.</param>
/// <param name="When">Only where this holds of the concern; null: always.</param>
public sealed record UrgentRecipient(string Agency, string Tier, string? Text = null, Condition? When = null)
{
    internal Recipients Who => new(Agency, Tier);
}

/// <summary>A tier of an agency.</summary>
/// <param name="Agency"><c>raising</c>, <c>receiving</c>, <c>parties</c> (every agency in the case),
/// <c>partnership</c>, or an agency's id.</param>
/// <param name="Tier">A directory tier, or <c>named:ROLE</c>: the person named at intake for a role that stands under
/// <see cref="Policy.Roles"/>.</param>
public sealed record Recipients(string Agency, string Tier);

/// <param name="Tiers">Of the agency that raised the concern, all of them together.</param>
/// <param name="Instruction">What they are asked to do, as judging an answer: shown in their email and on their link's page.</param>
public sealed record RaiserRule(IReadOnlyList<string> Tiers, string Instruction, Basis Basis);

/// <summary>
/// A decision that one of two records and the other confirms, each by a link of their own, or the partnership for them. Until then it does
/// not count, and the clock goes on.
/// </summary>
/// <param name="By">The two. Those whom the stage does not ask anyway are named under <c>alsoAsks</c> too, so that either can record
/// it.</param>
public sealed record JointRule(IReadOnlyList<Recipients> By, Basis Basis);

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

    /// <summary>
    /// The role of that person: of all who have a link, they alone may then record it; and the partnership, for them. Null: whoever acts
    /// for the partnership.
    /// </summary>
    public string? DecidedByRole { get; init; }
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
/// <param name="Required">No concern is taken without an answer.</param>
public sealed record Field(
    string Id,
    string Name,
    string Kind,
    IReadOnlyList<Term> Options,
    bool WithLegalStatus = false,
    bool Required = false
) : IFormField;

/// <summary>Somebody besides a stage's own people is told.</summary>
/// <param name="When">
/// <c>stageOpened:3</c>, <c>stageMissed:2</c>, <c>outcome:responded</c> (any outcome that stands), <c>outcomeAt:4:decided</c>,
/// <c>disputed</c> (an outcome was recorded and the other side does not confirm it), <c>withdrawn</c> (the case ended because the concern
/// was withdrawn, or its raiser no longer disagrees), <c>ended</c>; each of these three with a stage, as <c>ended:4</c>, only at that
/// stage; or <c>beforeStage:3</c>: with the last reminder before the stage before it goes up by itself, else as it opens.
/// </param>
/// <param name="Who">Who is told. The tier <c>actionOwners</c>, with an outcome or the end: of the agencies that have an action by it, the
/// people whom its reminders will reach.</param>
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
/// <param name="Owner"><c>raising</c>, <c>receiving</c>, <c>parties</c> (a duty for each agency), <c>reporting</c> (when <c>urgent</c>: the
/// agency whose people reported the risk), <c>businessManager</c>, <c>recordKeeper</c>, <c>missing</c> (the agency without a contact),
/// <c>partnership</c> with <paramref name="OwnerTier"/>, or an agency's id.</param>
/// <param name="OwnerTier">Whose duty it is in the owner's entry of the directory, or <c>named:ROLE</c>; null: the people whom the stage at
/// which it arose asked.</param>
/// <param name="WorkingDays">Working days after what happened, at the close. At most one of this, the next three, the two by the
/// meeting and the stage, and the same day is given; with none the text prints no date, and the duty has none.</param>
/// <param name="CalendarDays">As <see cref="TimeLimit.CalendarDays"/>.</param>
/// <param name="Hours">Clock hours after what happened.</param>
/// <param name="Months">After the day of what happened, moved back to a working day.</param>
/// <param name="WithinMonthOfMeeting">One month after the date discussed, moved back to a working day.</param>
/// <param name="SameDay">On the day on which it happened: by its close, or where that has passed or nobody works by its end.</param>
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
    IReadOnlyList<string>? Circumstances = null,
    string? OwnerTier = null,
    int? CalendarDays = null,
    int? Hours = null,
    int? Months = null,
    bool SameDay = false
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
