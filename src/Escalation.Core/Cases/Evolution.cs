using System.Collections.Immutable;

namespace Escalation.Core.Cases;

/// <summary>What each event does to a case. Total: no event is refused here, and a repeat of the fold gives the same case.</summary>
public static class Evolution
{
    /// <summary>The case that these events make, or null when there are none.</summary>
    public static Case? Fold(IEnumerable<Recorded> events)
    {
        Case? current = null;
        foreach (var recorded in events)
            current = Evolve(current, recorded);
        return current;
    }

    public static Case Evolve(Case? before, Recorded recorded)
    {
        var after = recorded.Event is CaseOpened opened
            ? Open(opened, recorded.At)
            : Apply(before ?? throw new InvalidOperationException("A case begins with caseOpened."), recorded);
        if (recorded.Command is { } mark && !after.Receipts.ContainsKey(mark.Id))
            after = after with
            {
                Receipts = after.Receipts.Add(
                    mark.Id,
                    new CommandReceipt(mark.Id, mark.Digest, mark.Answer, recorded.Number)
                ),
            };
        after = CommandLimits.Count(after, recorded);
        if (recorded.Event.Words is not null && Voices.Of(recorded.Event, after) is { } voice)
            after = after with { Voices = after.Voices.Add(recorded.Number, voice) };
        if (ReferenceEquals(after, before))
            after = before with { };
        (after.Events, after.LastAt) = (recorded.Number, recorded.At);
        return after;
    }

    private static Case Open(CaseOpened e, DateTimeOffset at) =>
        new()
        {
            Reference = e.Reference,
            Partnership = e.Partnership,
            Policy = new PolicyReference(e.Policy, e.PolicyVersion, e.PolicyHash),
            Status = CaseStatus.Open,
            RaisedAt = e.RaisedAt,
            OpenedAt = at,
            IntakeKey = e.IntakeKey,
            PersonKind = e.PersonKind,
            Parties = e.Parties,
            Natures = e.Natures,
            Circumstances = e.Circumstances,
            PossibleDuplicates = e.PossibleDuplicates,
            LeavesOut = e.LeavesOut ?? [],
            Dates = e.Dates ?? ImmutableDictionary<string, GivenDay>.Empty,
            RaisedLateAfter = e.Late ?? [],
            RiskReports = e.ImminentRisk ? [AtIntake(e, at)] : [],
            Intake = e.Words,
            Contacts = [.. e.Contacts],
            People = e.Words?.People?.ToImmutableDictionary() ?? ImmutableDictionary<string, PersonName>.Empty,
        };

    private static Case Apply(Case c, Recorded r) =>
        r.Event switch
        {
            CaseOpened => c,
            StageOpened e => StageEvolution.Opened(c, e, r.At),
            StageClosed e => StageEvolution.Closed(c, e, r.At),
            StagesSkipped => c,
            LedToPolicy e => Led(c, e, r.Number),
            OutcomeRecorded e => StageEvolution.Outcome(c, e, r),
            OutcomeConfirmed e => StageEvolution.Confirmed(c, e),
            OutcomeDisputed => c with { Awaiting = null, Status = CaseStatus.Open },
            LateResponseRecorded e => c with
            {
                LateResponses = c.LateResponses.Add(new LateResponse(r.Number, e, Adopted: false)),
            },
            DeadlineMissed e => StageEvolution.Missed(c, e, r.At),
            DeadlineMoved e => StageEvolution.Moved(c, e),
            ReminderDue e => StageEvolution.ChangeCurrentStage(c, s => StageEvolution.Reminded(s, e, r.Number)),
            OverdueTold e => StageEvolution.ChangeCurrentStage(c, s => s with { Again = e.Again }),
            DateSet e => StageEvolution.DateSet(c, e),
            HoldAsked e => StageEvolution.ChangeCurrentStage(c, s => s with { HoldAskedBy = e.Agency }),
            HoldPlaced e => StageEvolution.ChangeCurrentStage(c, s => s with { HoldAskedBy = null }) with
            {
                Status = CaseStatus.OnHold,
                Hold = new Hold(r.At, e.ReviewOn, e.ReviewAt, e.ReviewBy ?? e.ReviewAt, e.Left, e.EndsAt, e.Words),
            },
            HoldReviewDue e => c with { Hold = c.Hold! with { ReviewAt = e.Again } },
            HoldEnded e => StageEvolution.Resumed(c, e, r.At),
            CaseWithdrawn => c,
            CaseEnded e => c with { Status = e.Status, EndedAt = r.At, RetainUntil = KeptUntil(c, e), Awaiting = null },
            LimitMet e => StageEvolution.LimitMet(c, e, r.At),
            ContactDisputed e => StageEvolution.ContactDisputed(c, e),
            ContactMade e => StageEvolution.ContactMade(c, e),
            UrgentRaised { Repeated: true } => c,
            UrgentRaised e => c with { RiskReports = c.RiskReports.Add(Reported(c, e, r)) },
            HandedOver e => WithContact(c, e.Contact, e.Words),
            ContactChanged e => WithContact(c, e.Contact, e.Words),
            ContactAccepted e => c with
            {
                Contacts = [.. c.Contacts.Select(x => x.Id == e.Contact ? x with { Accepted = true } : x)],
            },
            NoteAdded or SentAgain or PartnershipReviewed => c,
            NobodyToTell e => c with { NoticeBytes = c.NoticeBytes + NoticeRoom.Of(e) },
            PeopleLeftOut => c with { NoticeBytes = c.NoticeBytes + NoticeRoom.OneLeftOut },
            DutyArose e => c with { Duties = c.Duties.Add(Arose(c, e)) },
            DutyReminded e => WithDuty(c, e.Id, d => d with { Reminded = true }),
            DutyOverdue e => WithDuty(c, e.Id, d => d with { Overdue = true }),
            DutyDone e => WithDuty(c, e.Id, d => d with { CompletedOn = e.CompletedOn, InTime = e.InTime }),
            NoticeQueued e => c with
            {
                Notices = c.Notices.Add(new Notice(e, NoticeState.Queued, r.At)),
                NoticeBytes = c.NoticeBytes + NoticeRoom.Of(e),
            },
            NoticeSent e => WithNotice(
                c,
                e.Key,
                n =>
                    n with
                    {
                        Status = NoticeState.Sent,
                        At = r.At,
                        Operation = e.Operation,
                        To = ToOf(n, e),
                        Invitation = e.Words?.Invitation,
                    }
            ),
            NoticeDelivered e => WithNotice(c, e.Key, n => n with { Status = NoticeState.Delivered, At = r.At }),
            NoticeFailed e => WithNotice(
                c,
                e.Key,
                n => n with { Status = NoticeState.Failed, At = r.At, Reason = e.Reason, To = ToOf(n, e) ?? n.To }
            ),
            NoticeSuperseded e => WithNotice(c, e.Key, n => n with { Status = NoticeState.Superseded, At = r.At }),
            MailDelayed => c with { MailDelayedAt = r.At, NoticeBytes = c.NoticeBytes + NoticeRoom.OneDelay },
            LegalHoldChanged e => c with { LegalHold = e.On },
            PersonalDataRemoved => Forget(c),
            UnknownEvent e => c with { UnknownEvent = e.Type },
            _ => throw new InvalidOperationException($"No rule for {r.Event.GetType().Name}."),
        };

    private static Case Led(Case c, LedToPolicy e, int number) =>
        c with
        {
            Policy = new PolicyReference(e.Policy, e.PolicyVersion, e.PolicyHash),
            Before = new PastPolicy(c.Policy, e.From, number),
            LeavesOut = [.. c.LeavesOut, .. e.LeavesOut ?? []],
        };

    /// <summary>The later of the event's date and the birthday that it names.</summary>
    private static DateTimeOffset KeptUntil(Case c, CaseEnded e)
    {
        if (e.RetainUntilAge is not { } age || c.Intake?.Person?.DateOfBirth is not { } born)
            return e.RetainUntil;
        var birthday = new DateTimeOffset(born.AddYears(age), TimeOnly.MinValue, TimeSpan.Zero);
        return birthday > e.RetainUntil ? birthday : e.RetainUntil;
    }

    private static Duty Arose(Case c, DutyArose e) =>
        new()
        {
            Id = e.Id,
            Stage = c.Stages.IsEmpty ? null : c.Stage.Id,
            Rule = e.Rule,
            Owner = e.Owner,
            Addressee = e.Addressee,
            Cause = e.Cause,
            Due = e.Due,
            RemindAt = e.RemindAt,
            Action = e.Words?.Actions is [var action, ..] ? action : null,
        };

    private static PersonName? ToOf(Notice notice, CaseEvent e) =>
        e.Words?.People?.GetValueOrDefault(notice.Queued.Contact);

    private static Case WithContact(Case c, CaseContact contact, PrivateWords? words) =>
        c with
        {
            Contacts = c.Contacts.Add(contact),
            NamedAt = c.NamedAt.SetItem(contact.Id, c.Stage.Id),
            People = words?.People is { } people ? c.People.SetItems(people) : c.People,
        };

    private static Case WithDuty(Case c, string id, Func<Duty, Duty> change)
    {
        var at = c.Duties.FindIndex(d => d.Id == id);
        return at < 0 ? c : c with { Duties = c.Duties.SetItem(at, change(c.Duties[at])) };
    }

    private static Case WithNotice(Case c, string key, Func<Notice, Notice> change)
    {
        var at = c.Notices.FindIndex(n => n.Key == key);
        return at < 0 ? c : c with { Notices = c.Notices.SetItem(at, change(c.Notices[at])) };
    }

    private static RiskReport AtIntake(CaseOpened e, DateTimeOffset at)
    {
        var raising = e.Parties.First(p => p.Side is Side.Raising).Agency;
        return new(1, raising, raising, null, at, e.Words?.People?.GetValueOrDefault("intake/raisedBy"));
    }

    private static RiskReport Reported(Case c, UrgentRaised e, Recorded r) =>
        new(r.Number, e.Agency, UrgentRules.Acting(c, e.Agency), c.Stage.Id, r.At, e.Words?.By);

    private static Case Forget(Case c) =>
        c with
        {
            PersonalDataRemoved = true,
            RetainUntil = null,
            Intake = null,
            People = ImmutableDictionary<string, PersonName>.Empty,
            Hold = c.Hold is { } hold ? hold with { Words = null } : null,
            RiskReports = [.. c.RiskReports.Select(r => r with { By = null })],
            LateResponses = [.. c.LateResponses.Select(l => l with { Said = l.Said with { Words = null } })],
            Duties = [.. c.Duties.Select(d => d with { Action = null })],
            Notices = [.. c.Notices.Select(n => n with { To = null, Invitation = null })],
            Voices = ImmutableDictionary<int, string>.Empty,
            Receipts = c.Receipts.ToImmutableDictionary(p => p.Key, p => p.Value with { Digest = null }),
        };
}
