using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Web.SignIn;

namespace Escalation.Web.Api;

/// <summary>Makes a <see cref="CaseView"/> as one caller may see it.</summary>
public static class CaseViews
{
    public static CaseView Of(CaseDocument document, Rules rules, Caller caller, DateTimeOffset now)
    {
        var (c, policy) = (document.Case, rules.Policy);
        return new CaseView
        {
            Reference = c.Reference,
            Policy = new PolicyName(c.Policy.Id, c.Policy.Version, policy.Name),
            Partnership = c.Partnership,
            Status = c.Status,
            Overdue = IsOverdue(c, now),
            Version = document.Version,
            RaisedAt = c.RaisedAt,
            OpenedAt = c.OpenedAt,
            Urgent = c.ImminentRisk ? policy.Urgent.Instruction : null,
            Parties = [.. c.Parties.Select(p => new PartyView(p.Agency, AgencyName(c, rules, p.Agency), p.Side, c.Intake?.CaseNumbers?.GetValueOrDefault(p.Agency)))],
            Natures = Terms(c.Natures, policy.Natures),
            Circumstances = Terms(c.Circumstances, policy.Circumstances),
            Stage = c.IsOpen ? Present(c, policy) : null,
            Stages = [.. c.Stages.Select(s => new PastStageView(s.Id, policy.Find(s.Id)!.Name, s.Because, s.OpenedAt, s.Deadline.At, s.ClosedAt, s.Outcome, s.By, s.Late))],
            Hold = c.Hold is { } h ? HoldOf(h, caller.MayRead(c, policy, c.Stage.Id) ? h.Words : null) : null,
            AwaitingConfirmation = c.Awaiting is { } a ? new AwaitingView(a.Sides, a.By, a.Said.Agency, a.Said.Outcome, a.Said.Words?.Text("summary")) : null,
            LateResponses = [.. c.LateResponses.Select(l => new LateResponseView(
                l.Number, l.Said.Stage, l.Said.Outcome, l.Said.Agency, l.Said.ReceivedAt, l.Said.InTime, l.Adopted,
                caller.MayRead(c, policy, l.Said.Stage) ? l.Said.Words?.Text("summary") : null))],
            Duties = [.. c.Duties.Select(d => DutyOf(d, policy))],
            Notices = [.. c.Notices.Where(n => n.Queued.Stage is null || caller.MayRead(c, policy, n.Queued.Stage)).Select(n => NoticeOf(n, document, rules))],
            Contacts = [.. c.Contacts.Select(x => ContactOf(x, c, caller))],
            PossibleDuplicates = c.PossibleDuplicates,
            Person = c.Intake?.Person,
            Intake = c.Intake is { } words ? IntakeOf(words) : null,
            LegalHold = c.LegalHold,
            EndedAt = c.EndedAt,
            Outcome = c.IsOpen ? null : c.Stage.Outcome,
            RetainUntil = c.RetainUntil,
            NextWake = document.NextWake,
        };
    }

    /// <summary>Now is at or after the present stage's deadline, and that is in force; an agreed outcome that waits for confirmation was given in time until that runs out.</summary>
    public static bool IsOverdue(Case c, DateTimeOffset now) => (c.Awaiting?.By ?? DeadlineOf(c)) <= now;

    /// <summary>The present deadline; null on hold, after a response and after the end.</summary>
    public static DateTimeOffset? DeadlineOf(Case c) => c.Status == CaseStatus.OnHold || !c.IsOpen ? null : c.Stage.DeadlineInForce;

    public static string AgencyName(Case c, Rules rules, string agency) =>
        c.Intake?.AgencyNames?.GetValueOrDefault(agency) ?? (agency == c.Partnership ? rules.Policy.PartnershipName : rules.Directory.NameOf(agency));

    private static StageView Present(Case c, Policy policy)
    {
        var (record, stage) = (c.Stage, policy.Find(c.Stage.Id)!);
        var final = stage.Id == policy.FinalStage.Id;
        return new StageView(
            stage.Id, stage.Name, stage.Tier, record.OpenedAt, DeadlineOf(c), record.Deadline.Kind, record.Deadline.Explanation, stage.Instruction,
            final ? stage.Outcomes : [.. stage.Outcomes, Outcomes.Escalate], final, record.ContactMade, record.RespondedAt, record.MissedAt, record.Reminders);
    }

    private static HoldView HoldOf(Hold hold, PrivateWords? words) => new(hold.PlacedAt, hold.ReviewOn, words?.Text("reason"), words?.Text("askedBy"));

    private static IReadOnlyList<TermView> Terms(IReadOnlyList<string> ids, IReadOnlyList<Term> terms) =>
        [.. ids.Select(id => new TermView(id, terms.FirstOrDefault(t => t.Id == id)?.Name ?? id))];

    private static DutyView DutyOf(Duty duty, Policy policy)
    {
        var rule = policy.Duties.FirstOrDefault(r => r.Id == duty.Rule);
        var (what, basis) = rule is null
            ? (duty.Action?.What ?? "An agreed action", "Agreed with the outcome; the record-keeper checks it at its date")
            : (rule.What, rule.Basis.ToString());
        return new DutyView(duty.Id, what, duty.Owner, duty.Addressee, basis, duty.Due, duty.Status, duty.CompletedOn, duty.Action?.ByWhom);
    }

    private static NoticeView NoticeOf(Notice notice, CaseDocument document, Rules rules)
    {
        var (c, queued) = (document.Case, notice.Queued);
        var agency = AgencyName(c, rules, queued.Agency);
        var name = notice.To?.Name ?? c.People.GetValueOrDefault(queued.Contact)?.Name
            ?? Addressing.Find(c, rules.Directory, queued.Contact)?.Person.Name;
        var state = document.Sends.GetValueOrDefault(notice.Key);
        return new NoticeView(
            notice.Key, queued.Kind, notice.IsEmail ? name is null ? agency : $"{name} ({agency})" : "the second channel", notice.Status,
                notice.At, queued.Stage,
            state?.Attempts ?? 0, notice.Reason ?? state?.Error, notice.Status == Notice.IsQueued ? document.NextTry(notice) : null, queued.InsteadOf);
    }

    private static ContactView ContactOf(CaseContact contact, Case c, Caller caller)
    {
        var person = c.People.GetValueOrDefault(contact.Id);
        return new ContactView(
            contact.Id, contact.Agency, contact.Tier, person?.Name, person?.Role, caller.IsManager ? person?.Email : null, contact.Reachable, contact.Accepted, contact.Replaces);
    }

    private static IntakeView IntakeOf(PrivateWords words)
    {
        const string Supporting = "supporting.", Fields = "fields.";
        var texts = words.Texts ?? new Dictionary<string, string>();
        return new IntakeView(
            words.Text("concern"), words.Text("details"), words.Text("evidence"), words.Text("outcomeSought"), words.Text("natureOther"),
            [.. texts.Where(t => t.Key.StartsWith(Supporting, StringComparison.Ordinal)).OrderBy(t => t.Key.Length).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value)],
            texts.Where(t => t.Key.StartsWith(Fields, StringComparison.Ordinal)).ToDictionary(t => t.Key[Fields.Length..], t => t.Value), words.Others ?? []);
    }
}
