using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>
/// A notice at the moment it is sent: what an email is written from. The case is as it is now, not as it was when the
/// notice was queued.
/// </summary>
public sealed record NoticeContext(
    CaseDocument Document,
    Notice Notice,
    ContactDetails Recipient,
    Rules Rules,
    DateTimeOffset Now
)
{
    public Case Case => Document.Case;
    public Policy Policy => Rules.Policy;
    public WorkingCalendar Calendar => Rules.Calendar;
    public NoticeQueued Queued => Notice.Queued;

    /// <summary>The stage the notice is about.</summary>
    public Stage Stage => Policy.Find(Queued.Stage ?? Case.Stage.Id)!;
    public StageRecord Record => Case.Stages.FindLast(s => s.Id == Stage.Id) ?? Case.Stage;

    /// <summary>What the recipient is asked to do at the stage.</summary>
    public string Instruction =>
        Policy.InstructionFor(
            Stage,
            Queued.Side.Word(),
            Queued.InsteadOf is { } missing && !missing.Contains('/') ? missing : Recipient.Tier,
            Case.Natures
        );

    /// <summary>Whether the recipient is of those who do what the limit in force is for.</summary>
    public bool IsTheirLimit => Stage.IsTheirs(Record.For, Queued.Side.Word());

    /// <summary>
    /// Where replies go: the business manager's address. Null too where none of them has one that can be sent to: that must not keep
    /// anybody else's email.
    /// </summary>
    public string? ManagerAddress =>
        Rules
            .Directory.Present(Case.Partnership, Tiers.BusinessManager, Calendar.LocalDate(Now))
            .Select(p => p.Contact.Email)
            .FirstOrDefault(EmailAddress.IsUsable);

    /// <summary>
    /// The stage's name inside a line, or what is said in its place: an internal stage of the agency that raised the
    /// concern is not named to the other.
    /// </summary>
    public string Named(Stage stage, string instead) => MayRead(stage.Id) ? StageWords.Inline(stage) : instead;

    /// <summary>Whether the recipient is of this tier, in the case or in the directory.</summary>
    public bool IsOf(string tier) =>
        Case.Contacts.Find(c => c.Id == Queued.Contact) is { } own
            ? own.Tier == tier
            : Rules
                .Directory.Find(Recipient.Agency)
                ?.Contacts.FirstOrDefault(c => $"{Recipient.Agency}/{c.Id}" == Queued.Contact)
                ?.Tiers.Contains(tier) == true;

    public string NameOf(string agency) => AgencyWords.Name(Case, Rules.Directory, Policy, agency);

    /// <summary>What waits for a confirmation, and for whose.</summary>
    public ConfirmWords Confirm => new(Case.AgenciesOf, NameOf);

    public bool MayRead(string stage) => Audience.MayRead(Case, Policy, stage, Queued.Agency);

    /// <summary>What happened, without its private words.</summary>
    public CaseEvent Cause =>
        DocumentFormat.Recorded([Document.Events[Queued.Cause - 1]], new Dictionary<int, StoredWords>()).First().Event;
}
