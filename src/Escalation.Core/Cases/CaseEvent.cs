using System.Text.Json.Serialization;
using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>
/// Something that happened to a case, never edited afterwards. What retention removes is not in the event but in its
/// private part (<see cref="Words"/>), which is stored beside it under a salted seal.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CaseOpened), "caseOpened")]
[JsonDerivedType(typeof(StageOpened), "stageOpened")]
[JsonDerivedType(typeof(StageClosed), "stageClosed")]
[JsonDerivedType(typeof(StagesSkipped), "stagesSkipped")]
[JsonDerivedType(typeof(LedToPolicy), "ledToPolicy")]
[JsonDerivedType(typeof(OutcomeRecorded), "outcomeRecorded")]
[JsonDerivedType(typeof(OutcomeConfirmed), "outcomeConfirmed")]
[JsonDerivedType(typeof(OutcomeDisputed), "outcomeDisputed")]
[JsonDerivedType(typeof(LateResponseRecorded), "lateResponseRecorded")]
[JsonDerivedType(typeof(DeadlineMissed), "deadlineMissed")]
[JsonDerivedType(typeof(DeadlineMoved), "deadlineMoved")]
[JsonDerivedType(typeof(ReminderDue), "reminderDue")]
[JsonDerivedType(typeof(OverdueTold), "overdueTold")]
[JsonDerivedType(typeof(DateSet), "dateSet")]
[JsonDerivedType(typeof(HoldAsked), "holdAsked")]
[JsonDerivedType(typeof(HoldPlaced), "holdPlaced")]
[JsonDerivedType(typeof(HoldReviewDue), "holdReviewDue")]
[JsonDerivedType(typeof(HoldEnded), "holdEnded")]
[JsonDerivedType(typeof(CaseWithdrawn), "caseWithdrawn")]
[JsonDerivedType(typeof(CaseEnded), "caseEnded")]
[JsonDerivedType(typeof(ContactMade), "contactMade")]
[JsonDerivedType(typeof(LimitMet), "limitMet")]
[JsonDerivedType(typeof(ContactDisputed), "contactDisputed")]
[JsonDerivedType(typeof(UrgentRaised), "urgentRaised")]
[JsonDerivedType(typeof(HandedOver), "handedOver")]
[JsonDerivedType(typeof(ContactChanged), "contactChanged")]
[JsonDerivedType(typeof(ContactAccepted), "contactAccepted")]
[JsonDerivedType(typeof(NoteAdded), "noteAdded")]
[JsonDerivedType(typeof(SentAgain), "sentAgain")]
[JsonDerivedType(typeof(PartnershipReviewed), "partnershipReviewed")]
[JsonDerivedType(typeof(DutyArose), "dutyArose")]
[JsonDerivedType(typeof(DutyReminded), "dutyReminded")]
[JsonDerivedType(typeof(DutyOverdue), "dutyOverdue")]
[JsonDerivedType(typeof(DutyDone), "dutyDone")]
[JsonDerivedType(typeof(NoticeQueued), "noticeQueued")]
[JsonDerivedType(typeof(NoticeSent), "noticeSent")]
[JsonDerivedType(typeof(NoticeDelivered), "noticeDelivered")]
[JsonDerivedType(typeof(NoticeFailed), "noticeFailed")]
[JsonDerivedType(typeof(NoticeSuperseded), "noticeSuperseded")]
[JsonDerivedType(typeof(NobodyToTell), "nobodyToTell")]
[JsonDerivedType(typeof(MailDelayed), "mailDelayed")]
[JsonDerivedType(typeof(PeopleLeftOut), "peopleLeftOut")]
[JsonDerivedType(typeof(LegalHoldChanged), "legalHoldChanged")]
[JsonDerivedType(typeof(PersonalDataRemoved), "personalDataRemoved")]
public abstract record CaseEvent
{
    private protected CaseEvent() { }

    /// <summary>The private part, or null where the event has none or it was removed.</summary>
    [JsonIgnore]
    public PrivateWords? Words { get; init; }
}

/// <summary>An event type that a newer program wrote: it is read and kept, and the case is not written any more by this one.</summary>
public sealed record UnknownEvent(string Type) : CaseEvent;

/// <param name="IntakeKey">Which opening this is, so that the same request finds its case again: a keyed digest.</param>
/// <param name="Contacts">The people named at intake, without names or addresses.</param>
/// <param name="PossibleDuplicates">References of open cases about what may be the same person and agencies.</param>
/// <param name="LeavesOut">Stages of the policy that are not for this case; null: every stage is.</param>
/// <param name="Dates">Days given for dates of the policy, by their ids; null: none.</param>
/// <param name="Late">Dates of the policy after which it was to be raised earlier; null: none.</param>
public sealed record CaseOpened(
    string Reference,
    string Partnership,
    string Policy,
    int PolicyVersion,
    string PolicyHash,
    DateTimeOffset RaisedAt,
    string PersonKind,
    IReadOnlyList<Party> Parties,
    IReadOnlyList<string> Natures,
    IReadOnlyList<string> Circumstances,
    bool ImminentRisk,
    IReadOnlyList<CaseContact> Contacts,
    IReadOnlyList<string> PossibleDuplicates,
    string IntakeKey,
    IReadOnlyList<string>? LeavesOut = null,
    IReadOnlyDictionary<string, GivenDay>? Dates = null,
    IReadOnlyList<string>? Late = null
) : CaseEvent;

/// <param name="Deadline">Of the stage's first limit; null where the procedure gives the stage none.</param>
/// <param name="Reminders">Instants, ascending.</param>
/// <param name="For">What <paramref name="Deadline"/> is for; null: an outcome, or there is none.</param>
/// <param name="Again">Without a deadline: when its people are reminded first.</param>
public sealed record StageOpened(
    string Stage,
    OpenedBecause Because,
    Deadline? Deadline,
    IReadOnlyList<DateTimeOffset> Reminders,
    LimitFor? For = null,
    DateTimeOffset? Again = null
) : CaseEvent;

/// <summary>What a limit of the present stage is for has happened, and the stage's next limit counts.</summary>
/// <param name="Met">What the limit was for.</param>
/// <param name="Agency">Whose word it is.</param>
/// <param name="Deadline">Of the next limit; null where none is left, and the stage waits for a person.</param>
/// <param name="Reminders">Instants, ascending.</param>
/// <param name="For">What <paramref name="Deadline"/> is for; null: an outcome, or there is none.</param>
/// <param name="Again">Without a deadline: when its people are reminded first.</param>
public sealed record LimitMet(
    string Stage,
    LimitFor Met,
    string Agency,
    Deadline? Deadline,
    IReadOnlyList<DateTimeOffset> Reminders,
    LimitFor? For = null,
    DateTimeOffset? Again = null
) : CaseEvent;

/// <summary>The raising side says that a contact did not happen: the limit that it met stands as it stood.</summary>
/// <param name="Agency">In whose name.</param>
public sealed record ContactDisputed(
    string Stage,
    string Agency,
    Deadline Deadline,
    IReadOnlyList<DateTimeOffset> Reminders
) : CaseEvent;

/// <param name="Outcome">The id of the outcome that ended the case, or one of <see cref="StageEnding"/>.</param>
/// <param name="Late">What closed it arrived at or after its deadline.</param>
/// <param name="Untold">None of the people it asked had been sent their notice: the next tier and the business manager are told so.</param>
public sealed record StageClosed(string Stage, string Outcome, ClosedBy By, bool Late, bool Untold) : CaseEvent;

/// <param name="Skipped">The stages between, in order; empty where <paramref name="To"/> is the next one.</param>
/// <param name="Agency">In whose name.</param>
public sealed record StagesSkipped(string From, string To, IReadOnlyList<string> Skipped, string Agency) : CaseEvent;

/// <summary>
/// The case was taken to another policy of the partnership, whose version in force it is pinned to from then on. Its stages and duties
/// bear that policy's id as well: <c>complaints.1</c>.
/// </summary>
/// <param name="From">The stage that was left.</param>
/// <param name="Agency">In whose name.</param>
/// <param name="LeavesOut">Stages of that policy that are not for this case; null: every stage is.</param>
public sealed record LedToPolicy(
    string From,
    string Policy,
    int PolicyVersion,
    string PolicyHash,
    string Agency,
    IReadOnlyList<string>? LeavesOut = null
) : CaseEvent;

/// <param name="ReceivedAt">When it arrived, which decides whether it is in time.</param>
/// <param name="Awaiting">Sides that must confirm before it ends the case.</param>
/// <param name="ConfirmBy">When those who must confirm must have answered; null when nobody is awaited.</param>
/// <param name="RecordKeeper">The agency that keeps the record and checks the actions; null where none was named.</param>
/// <param name="Adopts">Number of the late response that this adopts.</param>
/// <param name="Again">When a case that was only responded to is reminded next.</param>
/// <param name="Themes">What its lessons are about, of the policy's themes; null where none was chosen.</param>
/// <param name="Decider">Which of those who decide together recorded it (<see cref="JointDecisions"/>); null: neither.</param>
/// <param name="Deciders">Which of them must confirm before it stands; null: it is no decision of two.</param>
public sealed record OutcomeRecorded(
    string Stage,
    string Outcome,
    Side Side,
    string Agency,
    string Method,
    DateOnly DiscussedOn,
    DateTimeOffset ReceivedAt,
    bool InTime,
    IReadOnlyList<Side> Awaiting,
    DateTimeOffset? ConfirmBy,
    IReadOnlyList<DateOnly> ActionDates,
    bool Lessons,
    string? ChairAgency,
    string? RecordKeeper,
    int? Adopts,
    DateTimeOffset? Again,
    IReadOnlyList<string>? Themes = null,
    string? Decider = null,
    IReadOnlyList<string>? Deciders = null
) : CaseEvent;

/// <summary>One side, or one of two who decide together, agrees; the outcome stands once none of those it awaited is left.</summary>
/// <param name="Decider">For which of the two; null: for the side.</param>
public sealed record OutcomeConfirmed(string Stage, Side Side, string Agency, string? Decider = null) : CaseEvent;

/// <param name="Decider">For which of those who decide together; null: for the side.</param>
public sealed record OutcomeDisputed(string Stage, Side Side, string Agency, string? Decider = null) : CaseEvent;

/// <summary>An outcome for another stage than the present one: recorded, and moves nothing.</summary>
/// <param name="InTime">True when it arrived before its stage's deadline: the stage had closed by another outcome, or
/// closed while this one was being recorded.</param>
/// <param name="Present">The stage whose tier was told; null when the case had ended.</param>
/// <param name="Themes">See <see cref="OutcomeRecorded"/>.</param>
public sealed record LateResponseRecorded(
    string Stage,
    string Outcome,
    Side Side,
    string Agency,
    string Method,
    DateOnly DiscussedOn,
    DateTimeOffset ReceivedAt,
    bool InTime,
    string? Present,
    IReadOnlyList<string>? Themes = null
) : CaseEvent;

/// <param name="Deadline">The instant missed; the event's own instant is when that was carried out.</param>
/// <param name="Stays">True where the miss moves nothing: at the final stage, and where the limit only reminds.</param>
/// <param name="Unconfirmed">True when an agreed outcome was recorded but not confirmed in time.</param>
public sealed record DeadlineMissed(
    string Stage,
    DateTimeOffset Deadline,
    [property: JsonPropertyName("final")] bool Stays,
    bool Unconfirmed
) : CaseEvent;

/// <summary>A later calendar moved the present deadline. Never earlier.</summary>
public sealed record DeadlineMoved(
    string Stage,
    DateTimeOffset From,
    Deadline Deadline,
    IReadOnlyList<DateTimeOffset> Reminders
) : CaseEvent;

/// <summary>The case was given a day for a date of its policy.</summary>
/// <param name="Agency">In whose name.</param>
/// <param name="Date">Id of the policy's date.</param>
/// <param name="Deadline">Of the present limit from now on; null: the day has nothing to do with it.</param>
/// <param name="Reminders">Instants, ascending.</param>
/// <param name="For">What <paramref name="Deadline"/> is for; null: an outcome, or there is none.</param>
public sealed record DateSet(
    string Stage,
    string Agency,
    string Date,
    GivenDay Day,
    Deadline? Deadline,
    IReadOnlyList<DateTimeOffset> Reminders,
    LimitFor? For = null
) : CaseEvent;

/// <param name="Scheduled">The instant it was due at.</param>
/// <param name="Again">The next one, where they repeat.</param>
public sealed record ReminderDue(string Stage, DateTimeOffset Scheduled, DateTimeOffset? Again) : CaseEvent;

/// <summary>A stage is overdue that stays open so, and its tier and the business manager are told.</summary>
/// <param name="Again">When they are told next.</param>
public sealed record OverdueTold(string Stage, DateTimeOffset Again) : CaseEvent;

/// <param name="ReviewOn">Local day.</param>
/// <param name="ReviewAt">09:00 of that day.</param>
/// <param name="Left">What was left of the stage's own limit; null where it has none.</param>
/// <param name="EndsAt">When it ends by itself: the close of the last day that the policy allows. Null where it was placed before holds
/// did; such a one ends at a review after that day.</param>
/// <param name="ReviewBy">From when it is overdue: the close of the day of its review. Null where it was placed before one could be; such a
/// one is from <paramref name="ReviewAt"/> on.</param>
public sealed record HoldPlaced(
    string Stage,
    string Agency,
    DateOnly ReviewOn,
    DateTimeOffset ReviewAt,
    Remainder? Left,
    DateTimeOffset? EndsAt = null,
    DateTimeOffset? ReviewBy = null
) : CaseEvent;

/// <summary>
/// A receiving agency asks for a hold. The clock goes on: it begins when the raising agency or the partnership places it.
/// </summary>
/// <param name="ReviewOn">Local day on which it would be reviewed.</param>
public sealed record HoldAsked(string Stage, string Agency, DateOnly ReviewOn) : CaseEvent;

public sealed record HoldReviewDue(string Stage, DateTimeOffset Scheduled, DateTimeOffset Again) : CaseEvent;

/// <param name="WorkingDaysHeld">Caps move by as many.</param>
/// <param name="Deadline">The stage's new deadline; null where no limit is in force.</param>
public sealed record HoldEnded(
    string Stage,
    HoldEnding How,
    int WorkingDaysHeld,
    Deadline? Deadline,
    IReadOnlyList<DateTimeOffset> Reminders
) : CaseEvent;

public sealed record CaseWithdrawn(string Agency) : CaseEvent;

/// <param name="Status"><c>resolved</c>, <c>decided</c>, <c>withoutAgreement</c> or <c>withdrawn</c>.</param>
/// <param name="Outcome">As in the <see cref="StageClosed"/> before it.</param>
/// <param name="Stage">The stage at which it ended.</param>
/// <param name="RetainUntil">When retention removes personal data, by the policy pinned to the case.</param>
/// <param name="RetainUntilAge">Not before the person has this birthday, whose date is not the event's to hold; null: no matter
/// when.</param>
public sealed record CaseEnded(
    string Status,
    string Outcome,
    string Stage,
    DateTimeOffset RetainUntil,
    int? RetainUntilAge = null
) : CaseEvent;

/// <summary>Quiets the stage's reminders but the last. Where the limit in force is for contact it is met; else the clock goes on.</summary>
public sealed record ContactMade(string Stage, string Agency) : CaseEvent;

/// <param name="Repeated">True: of a report by the same agency people had been told within the hour, and were not told again.</param>
public sealed record UrgentRaised(string Agency, bool? Repeated = null) : CaseEvent;

public sealed record HandedOver(string Stage, string From, CaseContact Contact) : CaseEvent;

/// <param name="From">Whom the contact replaces; null: nobody, it fills a gap.</param>
public sealed record ContactChanged(string? From, CaseContact Contact) : CaseEvent;

public sealed record ContactAccepted(string Contact) : CaseEvent;

public sealed record NoteAdded(string Agency) : CaseEvent;

public sealed record SentAgain(string Stage) : CaseEvent;

public sealed record PartnershipReviewed(DateOnly? ReceivedOn, bool? ReferredToChair) : CaseEvent;

/// <summary>Something has to be done from now on.</summary>
/// <param name="Id">The rule and the event's own number.</param>
/// <param name="Rule">The policy's duty rule, or <c>action</c>.</param>
/// <param name="Owner">Agency id, or the partnership's for the business manager.</param>
/// <param name="Addressee">For whom it is done, or, of an agreed action, the agency that acts; null: the policy names
/// nobody.</param>
/// <param name="Due">Null: the text prints no date.</param>
/// <param name="RemindAt">09:00 on the day of <paramref name="Due"/>, or on the working day before it; null when that is past. Without a
/// date 09:00 on the fifth working day after it arose; null where it arose before such duties were chased.</param>
/// <param name="Cause">Number of the event from which it arose.</param>
public sealed record DutyArose(
    string Id,
    string Rule,
    string Owner,
    string? Addressee,
    DateTimeOffset? Due,
    DateTimeOffset? RemindAt,
    int Cause
) : CaseEvent;

public sealed record DutyReminded(string Id) : CaseEvent;

public sealed record DutyOverdue(string Id) : CaseEvent;

/// <param name="CompletedOn">Local day, as its owner says.</param>
/// <param name="InTime">On the local day on which it was due at the latest, or without a date.</param>
public sealed record DutyDone(string Id, DateOnly CompletedOn, bool InTime) : CaseEvent;

/// <param name="Key">Reference, number of the causing event, kind, recipient and side: the provider's idempotency key.
/// Never an address.</param>
/// <param name="Stage">The stage it is about; a notice with links is superseded once that stage is past.</param>
/// <param name="InsteadOf">The tier that had no contact, when this is a fallback.</param>
public sealed record NoticeQueued(
    string Key,
    string Kind,
    int Cause,
    string Contact,
    string Agency,
    Side Side,
    string? Stage,
    NoticeAction Action,
    string? Duty,
    string? InsteadOf
) : CaseEvent;

/// <param name="Operation">The provider's id, by which its delivery report is found.</param>
public sealed record NoticeSent(string Key, string? Operation) : CaseEvent;

public sealed record NoticeDelivered(string Key) : CaseEvent;

/// <param name="Reason">A code, never the provider's text: it may hold an address.</param>
public sealed record NoticeFailed(string Key, string Reason) : CaseEvent;

public sealed record NoticeSuperseded(string Key) : CaseEvent;

/// <param name="FellBackTo">Where the notice went instead; null: nowhere.</param>
public sealed record NobodyToTell(string Kind, string Agency, string Tier, string? Stage, string? FellBackTo)
    : CaseEvent;

/// <summary>The installation has been able to send no email of this case for days: a stage may go by with nobody told.</summary>
/// <param name="Stage">The present stage; null before the first.</param>
/// <param name="Fault">One of <see cref="MailFaults"/>.</param>
/// <param name="Since">When the oldest notice that waits was queued.</param>
public sealed record MailDelayed(string? Stage, string Fault, DateTimeOffset Since) : CaseEvent;

/// <summary>
/// An event was to be told to more people than the case has room for: the first of each agency are told.
/// </summary>
/// <param name="Kind">Of the notices.</param>
/// <param name="People">How many are not told.</param>
public sealed record PeopleLeftOut(string Kind, int People, string? Stage) : CaseEvent;

public sealed record LegalHoldChanged(bool On) : CaseEvent;

/// <summary>Retention removed the private parts of every event before this one.</summary>
public sealed record PersonalDataRemoved : CaseEvent;
