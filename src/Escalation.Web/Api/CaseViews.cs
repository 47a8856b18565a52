using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.Api;

/// <summary>Makes a <see cref="CaseView"/> of what a caller may know of a case.</summary>
public static class CaseViews
{
    public static CaseView Of(SeenCase seen, DateTimeOffset now)
    {
        var (c, rules, policy) = (seen.Case, seen.Rules, seen.Rules.Policy);
        return new CaseView
        {
            Reference = c.Reference,
            Policy = new PolicyName(c.Policy.Id, c.Policy.Version, policy.Name),
            PolicyBefore = policy.CameFrom is { } name
                ? new PolicyName(c.Policies[0].Id, c.Policies[0].Version, name)
                : null,
            Partnership = c.Partnership,
            Status = c.Status,
            Overdue = c.OverdueAt <= now,
            Version = c.Version,
            RaisedAt = c.RaisedAt,
            OpenedAt = c.OpenedAt,
            Dates =
            [
                .. c.Dates.Select(d => new DateView(
                    d.Key,
                    policy.DateName(d.Key),
                    DayText.Of(d.Value),
                    c.RaisedLateAfter.Contains(d.Key)
                )),
            ],
            Urgent = c.ImminentRisk ? UrgentWords.For(policy, c.RiskPart) : null,
            Parties =
            [
                .. c.Parties.Select(p => new PartyView(
                    p.Agency,
                    AgencyName(c, rules, p.Agency),
                    p.Side,
                    c.Intake?.CaseNumbers?.GetValueOrDefault(p.Agency)
                )),
            ],
            Natures = Terms(c.Natures, policy.Natures),
            Circumstances = Terms(c.Circumstances, policy.Circumstances),
            Stage = c is { IsOpen: true, Stage: { } present } ? Present(present, c, rules) : null,
            Stages =
            [
                .. c.Stages.Select(s => new PastStageView(
                    s.Id,
                    policy.Find(s.Id)!.Name,
                    s.Because,
                    s.OpenedAt,
                    s.Deadline?.At,
                    s.ClosedAt,
                    s.Outcome,
                    s.By,
                    s.Late
                )),
            ],
            Hold = c.Hold is { } h
                ? new HoldView(h.PlacedAt, h.ReviewOn, h.Words?.Text("reason"), h.Words?.Text("askedBy"))
                : null,
            AwaitingConfirmation = c.Awaiting is { } a
                ? new AwaitingView(
                    a.Sides,
                    a.Deciders,
                    a.By,
                    a.Said.Agency,
                    a.Said.Outcome,
                    a.Said.Words?.Text("summary")
                )
                : null,
            LateResponses =
            [
                .. c.LateResponses.Select(l => new LateResponseView(
                    l.Number,
                    l.Said.Stage,
                    l.Said.Outcome,
                    l.Said.Agency,
                    l.Said.ReceivedAt,
                    l.Said.InTime,
                    l.Adopted,
                    l.Said.Words?.Text("summary")
                )),
            ],
            Duties = [.. c.Duties.Select(d => DutyOf(d, policy))],
            Notices = [.. c.Notices.Select(n => NoticeOf(n, c, rules))],
            Contacts = [.. c.Contacts.Select(x => ContactOf(x, c.Person(x.Id)))],
            PossibleDuplicates = c.PossibleDuplicates,
            Person = c.Intake?.Person,
            Intake = c.Intake is { } words ? IntakeOf(words) : null,
            LegalHold = c.LegalHold,
            EndedAt = c.EndedAt,
            Outcome = c.Outcome,
            RetainUntil = c.RetainUntil,
            NextWake = c.NextWake,
        };
    }

    public static string AgencyName(ReadableCase c, Rules rules, string agency) =>
        c.Intake?.AgencyNames?.GetValueOrDefault(agency)
        ?? (agency == c.Partnership ? rules.Policy.PartnershipName : rules.Directory.NameOf(agency));

    private static StageView Present(StageRecord record, ReadableCase c, Rules rules)
    {
        var stage = rules.Policy.Find(record.Id)!;
        return new StageView(
            stage.Id,
            stage.Name,
            stage.Tier,
            record.OpenedAt,
            c.Deadline,
            record.IsWithoutLimit ? null : record.Deadline?.Kind,
            record.Deadline?.Explanation,
            Limits(record, stage),
            stage.Instruction,
            c.CanEscalate(rules) ? [.. stage.Outcomes, Outcomes.Escalate] : stage.Outcomes,
            stage.Id == rules.Policy.FinalStage.Id,
            record.ContactMade,
            record.RespondedAt,
            record.MissedAt,
            record.Reminders
        );
    }

    /// <summary>Those that were met, then those that are in force and to come.</summary>
    private static IReadOnlyList<StageLimitView> Limits(StageRecord record, Stage stage) =>
        [
            .. record.Met.Select(m => new StageLimitView(
                m.For,
                m.Deadline.At,
                m.Deadline.Kind,
                null,
                m.At,
                m.Deadline.Explanation
            )),
            .. stage.Limits.Skip(record.Met.Count).Select((limit, place) => LimitOf(record, stage, limit, place == 0)),
        ];

    private static StageLimitView LimitOf(StageRecord record, Stage stage, StageLimit limit, bool isFirst)
    {
        var deadline = isFirst && !record.IsWithoutLimit ? record.Deadline : null;
        return new StageLimitView(
            limit.For,
            deadline?.At,
            deadline?.Kind,
            limit.Missed?.Does,
            null,
            deadline?.Explanation
        );
    }

    private static IReadOnlyList<TermView> Terms(IReadOnlyList<string> ids, IReadOnlyList<Term> terms) =>
        [.. ids.Select(id => new TermView(id, terms.FirstOrDefault(t => t.Id == id)?.Name ?? id))];

    private static DutyView DutyOf(Duty duty, Policy policy)
    {
        var rule = policy.FindDuty(duty.Rule);
        var (what, basis) = rule is null
            ? (
                duty.Action?.What ?? "An agreed action",
                "Agreed with the outcome; the record-keeper checks it at its date"
            )
            : (rule.What, rule.Basis.ToString());
        return new DutyView(
            duty.Id,
            what,
            duty.Owner,
            duty.Addressee,
            basis,
            duty.Due,
            duty.Status,
            duty.CompletedOn,
            duty.Action?.ByWhom
        );
    }

    private static NoticeView NoticeOf(Notice notice, ReadableCase c, Rules rules)
    {
        var queued = notice.Queued;
        var agency = AgencyName(c, rules, queued.Agency);
        var name = notice.To?.Name ?? c.Name(queued.Contact, rules.Directory);
        var to = name is null ? agency : $"{name} ({agency})";
        var state = c.SendOf(notice);
        return new NoticeView(
            notice.Key,
            queued.Kind,
            notice.IsEmail ? to : "the second channel",
            notice.Status,
            notice.At,
            queued.Stage,
            state?.Attempts ?? 0,
            notice.Reason ?? state?.Error,
            c.NextTry(notice),
            queued.InsteadOf
        );
    }

    private static ContactView ContactOf(CaseContact contact, PersonName? person) =>
        new(
            contact.Id,
            contact.Agency,
            contact.Tier,
            person?.Name,
            person?.Role,
            person?.Email,
            contact.Reachable,
            contact.Accepted,
            contact.Replaces
        );

    private static IntakeView IntakeOf(PrivateWords words)
    {
        const string Supporting = "supporting.",
            Fields = "fields.";
        var texts = words.Texts ?? new Dictionary<string, string>();
        var view = new IntakeView
        {
            Supporting =
            [
                .. texts
                    .Where(t => t.Key.StartsWith(Supporting, StringComparison.Ordinal))
                    .OrderBy(t => t.Key.Length)
                    .ThenBy(t => t.Key, StringComparer.Ordinal)
                    .Select(t => t.Value),
            ],
            Fields = texts
                .Where(t => t.Key.StartsWith(Fields, StringComparison.Ordinal))
                .ToDictionary(t => t.Key[Fields.Length..], t => t.Value),
            Others = words.Others ?? [],
        };
        return IntakeText.Fill(view, words.Text);
    }
}
