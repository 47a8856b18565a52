using System.Text.Json.Serialization;
using Escalation.Core.Cases;

namespace Escalation.Web.Api;

public sealed record OutcomeBody : MoveBody
{
    public string? Outcome { get; init; }

    /// <summary>
    /// With <c>escalate</c>: the stage that it goes to, where the next one may be passed over, or <c>policy:ID</c> for one of the policies
    /// to which the stage leads.
    /// </summary>
    public string? To { get; init; }
    public Speaker? Chair { get; init; }
    public string? Method { get; init; }
    public string? Methodology { get; init; }
    public DateOnly? DiscussedOn { get; init; }
    public string? Summary { get; init; }

    /// <summary>Id of the agency that keeps the record.</summary>
    public string? RecordKeeper { get; init; }
    public string? Outstanding { get; init; }
    public IReadOnlyList<AgreedAction?>? Actions { get; init; }
    public string? Lessons { get; init; }

    /// <summary>What the lessons are about: ids of the policy's themes.</summary>
    public IReadOnlyList<string>? Themes { get; init; }
    public string? Comments { get; init; }

    /// <summary>What the stage asks for by name; <c>true</c> for a yes.</summary>
    [JsonConverter(typeof(FieldsConverter))]
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    internal override CaseCommand ToCommand(MoveHead head) =>
        new RecordOutcome
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
            Outcome = Outcome ?? "",
            To = To,
            Method = Method,
            DiscussedOn = DiscussedOn,
            Summary = Summary,
            Chair = Chair,
            Methodology = Methodology,
            RecordKeeper = RecordKeeper,
            Outstanding = Outstanding,
            Actions = [.. (Actions ?? []).Select(a => a ?? new AgreedAction("", "", "", default))],
            Lessons = Lessons,
            Themes = Themes is { Count: > 0 } ? Themes : null,
            Comments = Comments,
            Fields = Fields ?? new Dictionary<string, string>(),
        };
}

/// <param name="Number">Of the late response, as the case lists it.</param>
public sealed record AdoptBody(int? Number) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new AdoptLateResponse(Number ?? 0)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <param name="For">Where two decide together and neither has confirmed: for which of them the partnership does, as the case lists
/// them.</param>
public sealed record ConfirmBody(string? Text, string? For = null) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new Confirm(Text, For)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

public sealed record DisputeBody(string? Reason) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new Dispute(Reason)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <param name="To">A later stage.</param>
public sealed record SkipBody(string? To, string? Reason) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new Skip(To ?? "", Reason)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <param name="Date">Id of the policy's date.</param>
/// <param name="Day"><c>2027-03-25</c>, or with a local time <c>2027-03-25T16:00</c>.</param>
public sealed record SetDateBody(string? Date, string? Day, string? Reason) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head)
    {
        var day = DayText.Read(Day ?? "");
        return new SetDate(Date, day?.Date, day?.Time, Reason)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
    }
}

/// <param name="ReviewOn">Absent: the policy's usual length.</param>
public sealed record HoldBody(string? Reason, string? AskedBy, bool? ManagerConsulted, DateOnly? ReviewOn) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new PlaceHold(Reason, AskedBy, ManagerConsulted ?? false, ReviewOn)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <param name="Review"><c>agreed</c> or <c>unresolved</c>.</param>
public sealed record ResumeBody(string? Review, string? Reason) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new Resume(Review, Reason)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

public sealed record WithdrawBody(string? Reason) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new Withdraw(Reason)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

public sealed record NoteBody(string? Text) : MoveBody
{
    internal override bool NeedsStage => false;

    internal override CaseCommand ToCommand(MoveHead head) =>
        new AddNote(Text)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

public sealed record ContactMadeBody(string? Text) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new MakeContact(Text)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <param name="Phone">On which those who are told can call whoever reports it.</param>
public sealed record UrgentBody(string? Reason, string? Phone) : MoveBody
{
    internal override bool NeedsStage => false;

    internal override CaseCommand ToCommand(MoveHead head) =>
        new RaiseUrgent(Reason, Phone)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <param name="From">The contact's id that hands over, as <c>AGENCY/ID</c> or a contact of the case.</param>
public sealed record HandOverBody(string? From, string? Name, string? Email, string? Role) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new HandOver(From ?? "", Name, Email, Role)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <param name="From">The contact's id to replace; absent: one is added for the agency and tier.</param>
public sealed record ChangeContactBody(
    string? From,
    string? Agency,
    string? Tier,
    string? Name,
    string? Email,
    string? Role,
    string? Reason
) : MoveBody
{
    internal override bool NeedsStage => false;

    internal override CaseCommand ToCommand(MoveHead head) =>
        new ChangeContact(From, Agency, Tier, Name, Email, Role, Reason)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <param name="Contact">The contact's id whose address is accepted.</param>
public sealed record AcceptContactBody(string? Contact) : MoveBody
{
    internal override bool NeedsStage => false;

    internal override CaseCommand ToCommand(MoveHead head) =>
        new AcceptContact(Contact ?? "")
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

public sealed record SendAgainBody(string? Reason) : MoveBody
{
    internal override CaseCommand ToCommand(MoveHead head) =>
        new SendAgain(Reason)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <summary>The duty's id is in the path.</summary>
public sealed record CompleteDutyBody(DateOnly? CompletedOn, string? Note) : MoveBody
{
    [JsonIgnore]
    public string Duty { get; init; } = "";

    internal override bool NeedsStage => false;

    internal override CaseCommand ToCommand(MoveHead head) =>
        new CompleteDuty(Duty, CompletedOn, Note)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

public sealed record LegalHoldBody(bool? On, string? Reason) : MoveBody
{
    internal override bool NeedsStage => false;

    internal override CaseCommand ToCommand(MoveHead head) =>
        new SetLegalHold(On ?? true, Reason)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}

/// <summary>The business manager's part of the form.</summary>
public sealed record PartnershipReviewBody(
    DateOnly? ReceivedOn,
    bool? ReferredToChair,
    string? Reason,
    string? Issues,
    string? Outcome
) : MoveBody
{
    internal override bool NeedsStage => false;

    internal override CaseCommand ToCommand(MoveHead head) =>
        new ReviewByPartnership(ReceivedOn, ReferredToChair, Reason, Issues, Outcome)
        {
            Id = head.Id,
            Actor = head.Actor,
            Stage = head.Stage,
            By = head.By,
        };
}
