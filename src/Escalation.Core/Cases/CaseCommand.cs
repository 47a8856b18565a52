using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>
/// What somebody asks of a case. Its content, without id and actor, is digested as JSON, so that the same id with other
/// content is told apart.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(RecordOutcome), "recordOutcome")]
[JsonDerivedType(typeof(AdoptLateResponse), "adoptLateResponse")]
[JsonDerivedType(typeof(Confirm), "confirm")]
[JsonDerivedType(typeof(Dispute), "dispute")]
[JsonDerivedType(typeof(Skip), "skip")]
[JsonDerivedType(typeof(SetDate), "setDate")]
[JsonDerivedType(typeof(PlaceHold), "placeHold")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(AddNote), "addNote")]
[JsonDerivedType(typeof(MakeContact), "makeContact")]
[JsonDerivedType(typeof(RaiseUrgent), "raiseUrgent")]
[JsonDerivedType(typeof(HandOver), "handOver")]
[JsonDerivedType(typeof(ChangeContact), "changeContact")]
[JsonDerivedType(typeof(AcceptContact), "acceptContact")]
[JsonDerivedType(typeof(SendAgain), "sendAgain")]
[JsonDerivedType(typeof(CompleteDuty), "completeDuty")]
[JsonDerivedType(typeof(SetLegalHold), "setLegalHold")]
[JsonDerivedType(typeof(ReviewByPartnership), "reviewByPartnership")]
public abstract record CaseCommand
{
    private protected CaseCommand() { }

    /// <summary>
    /// The caller's id for this command: 1 to 64 letters, digits, <c>-</c> and <c>_</c>. The host's own ids hold a
    /// slash.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>What the actor of a command begins with that came by an emailed link; the link's contact follows.</summary>
    public const string LinkActor = "link:";

    /// <summary>Who sent it, as recorded with its events: <c>link:…</c>, <c>key:…</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The contact whose emailed link it came by; null: it came otherwise.</summary>
    [JsonIgnore]
    public string? LinkContact =>
        Actor.StartsWith(LinkActor, StringComparison.Ordinal) ? Actor[LinkActor.Length..] : null;

    /// <summary>The stage its sender saw.</summary>
    public required string Stage { get; init; }

    /// <summary>The typed name, beside the side that the credential proves.</summary>
    public required Speaker By { get; init; }
}

/// <summary>Who says something, as they typed it.</summary>
/// <param name="Agency">An agency in the case, or the partnership's id.</param>
public sealed record Speaker(string Agency, string Name, string? Role);

/// <summary>
/// What came of a stage. For a stage that has closed it is recorded as a late response, and moves nothing.
/// </summary>
public sealed record RecordOutcome : CaseCommand
{
    /// <summary>Actions agreed by one outcome. Each becomes a duty, of which its people are reminded.</summary>
    public const int MostActions = 20;

    public required string Outcome { get; init; }

    /// <summary>
    /// The stage that it is escalated to, where the next one may be passed over, or <c>policy:ID</c> for a policy to which the present
    /// stage leads; null: the next stage.
    /// </summary>
    public string? To { get; init; }
    public required string? Method { get; init; }

    /// <summary>Local day: from the day on which the concern was raised to today, both inclusive.</summary>
    public required DateOnly? DiscussedOn { get; init; }
    public required string? Summary { get; init; }
    public Speaker? Chair { get; init; }
    public string? Methodology { get; init; }

    /// <summary>
    /// The agency that keeps the record, by its id or its name; any other text stands for the speaker's agency.
    /// </summary>
    public string? RecordKeeper { get; init; }
    public string? Outstanding { get; init; }
    public IReadOnlyList<AgreedAction> Actions { get; init; } = [];
    public string? Lessons { get; init; }

    /// <summary>Of the policy's themes, with lessons only; null where none was chosen, never empty.</summary>
    public IReadOnlyList<string>? Themes { get; init; }
    public string? Comments { get; init; }

    /// <summary>What the stage requires by name (<c>stepsFollowed</c>, <c>riskLevel</c>, …).</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
}

/// <summary>The present tier makes a late response its own outcome.</summary>
/// <param name="Number">Of the event that recorded the late response.</param>
public sealed record AdoptLateResponse(int Number) : CaseCommand;

/// <summary>A side, or one of two who decide together, says that it is as was recorded; once all have, the outcome stands.</summary>
/// <param name="For">Where the partnership confirms for one of two who decide together: which (<see cref="JointDecisions"/>). Null where
/// one alone is left, and for everybody else.</param>
public sealed record Confirm(string? Text, string? For = null) : CaseCommand;

/// <summary>
/// A side says that it did not agree: the stage goes on until its deadline, or escalates at once where that has passed.
/// </summary>
public sealed record Dispute(string? Reason) : CaseCommand;

/// <summary>Leaves the present stage for a later one.</summary>
/// <param name="To">Its id.</param>
public sealed record Skip(string To, string? Reason) : CaseCommand;

/// <summary>A day for a date of the policy: set or agreed, or come to be known.</summary>
/// <param name="Time">Local; null: none was said.</param>
public sealed record SetDate(string? Date, DateOnly? Day, TimeOnly? Time, string? Reason) : CaseCommand;

/// <summary>Holds the clock (Suffolk's Stop and Review).</summary>
/// <param name="ManagerConsulted">Has to be true.</param>
/// <param name="ReviewOn">A working day after today, local; null: the policy's usual length.</param>
public sealed record PlaceHold(string? Reason, string? AskedBy, bool ManagerConsulted, DateOnly? ReviewOn)
    : CaseCommand;

/// <summary>Ends the hold; what was left of the stage's limit is counted from then.</summary>
/// <param name="Review">How the review ended: <c>agreed</c> or <c>unresolved</c>.</param>
public sealed record Resume(string? Review, string? Reason) : CaseCommand;

/// <summary>
/// The agency that raised the concern (where nobody receives, any agency involved), or the partnership, ends the case.
/// </summary>
public sealed record Withdraw(string? Reason) : CaseCommand;

public sealed record AddNote(string? Text) : CaseCommand;

/// <summary>The stage's people are in touch: its reminders stop but for the last, and the clock goes on.</summary>
public sealed record MakeContact(string? Text) : CaseCommand;

/// <summary>
/// Reports imminent risk, also after the end: the urgent contacts are told at once, though of one agency's not again within the hour.
/// While the case is open it ends a hold, and opens the stage that the policy has for it.
/// </summary>
/// <param name="Phone">On which those who are told can call whoever reports it, as typed.</param>
public sealed record RaiseUrgent(string? Reason, string? Phone = null) : CaseCommand;

/// <summary>A contact hands the matter to a colleague of the same agency; the contact's own links lapse.</summary>
/// <param name="From">The contact id that hands over.</param>
public sealed record HandOver(string From, string? Name, string? Email, string? Role) : CaseCommand;

/// <summary>Staff put another person in a contact's place, for this case, or fill a gap.</summary>
/// <param name="From">The contact id to replace; null to add one for <paramref name="Agency"/> and <paramref name="Tier"/>.</param>
public sealed record ChangeContact(
    string? From,
    string? Agency,
    string? Tier,
    string? Name,
    string? Email,
    string? Role,
    string? Reason
) : CaseCommand;

/// <summary>The business manager accepts an address outside its agency's domains.</summary>
/// <param name="Contact">The contact id.</param>
public sealed record AcceptContact(string Contact) : CaseCommand;

/// <summary>Sends the present stage's emails once more.</summary>
public sealed record SendAgain(string? Reason) : CaseCommand;

/// <param name="Duty">Its id.</param>
/// <param name="CompletedOn">Local day, today at the latest.</param>
public sealed record CompleteDuty(string Duty, DateOnly? CompletedOn, string? Note) : CaseCommand;

/// <param name="On">True: retention removes nothing while it lasts. False: it does again from now on.</param>
public sealed record SetLegalHold(bool On, string? Reason) : CaseCommand;

/// <summary>The business manager's part of the form.</summary>
public sealed record ReviewByPartnership(
    DateOnly? ReceivedOn,
    bool? ReferredToChair,
    string? Reason,
    string? Issues,
    string? Result
) : CaseCommand;
