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

    /// <summary>Who sent it, as recorded with its events: <c>link:…</c>, <c>key:…</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The stage its sender saw.</summary>
    public required string Stage { get; init; }

    /// <summary>The typed name, beside the side that the credential proves.</summary>
    public required Speaker By { get; init; }
}

/// <param name="Agency">An agency in the case, or the partnership's id.</param>
public sealed record Speaker(string Agency, string Name, string? Role);

public sealed record RecordOutcome : CaseCommand
{
    /// <summary>Actions agreed by one outcome. Each becomes a duty, of which its people are reminded.</summary>
    public const int MostActions = 20;

    public required string Outcome { get; init; }
    public required string? Method { get; init; }
    public required DateOnly? DiscussedOn { get; init; }
    public required string? Summary { get; init; }
    public Speaker? Chair { get; init; }
    public string? Methodology { get; init; }
    public string? RecordKeeper { get; init; }
    public string? Outstanding { get; init; }
    public IReadOnlyList<AgreedAction> Actions { get; init; } = [];
    public string? Lessons { get; init; }
    public string? Comments { get; init; }

    /// <summary>What the stage requires by name (<c>stepsFollowed</c>, <c>riskLevel</c>, …).</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
}

/// <summary>The present tier makes a late response its own outcome.</summary>
public sealed record AdoptLateResponse(int Number) : CaseCommand;

public sealed record Confirm(string? Text) : CaseCommand;

public sealed record Dispute(string? Reason) : CaseCommand;

public sealed record Skip(string To, string? Reason) : CaseCommand;

/// <param name="ReviewOn">Null: the policy's usual length.</param>
public sealed record PlaceHold(string? Reason, string? AskedBy, bool ManagerConsulted, DateOnly? ReviewOn)
    : CaseCommand;

/// <param name="Review">How the review ended: <c>agreed</c> or <c>unresolved</c>.</param>
public sealed record Resume(string? Review, string? Reason) : CaseCommand;

public sealed record Withdraw(string? Reason) : CaseCommand;

public sealed record AddNote(string? Text) : CaseCommand;

public sealed record MakeContact(string? Text) : CaseCommand;

public sealed record RaiseUrgent(string? Reason) : CaseCommand;

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

public sealed record AcceptContact(string Contact) : CaseCommand;

public sealed record SendAgain(string? Reason) : CaseCommand;

public sealed record CompleteDuty(string Duty, DateOnly? CompletedOn, string? Note) : CaseCommand;

public sealed record SetLegalHold(bool On, string? Reason) : CaseCommand;

/// <summary>The business manager's part of the form.</summary>
public sealed record ReviewByPartnership(
    DateOnly? ReceivedOn,
    bool? ReferredToChair,
    string? Reason,
    string? Issues,
    string? Result
) : CaseCommand;
