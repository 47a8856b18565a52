using Escalation.Core.Cases;
using Escalation.Core.Storage;

namespace Escalation.Core.Storage;

/// <summary>An event with the stage it belongs to, by which it is judged who may see it.</summary>
/// <param name="Stage">Null: of the case as a whole, for everyone who sees the case.</param>
/// <param name="Present">The stage that was open then; null before the first.</param>
public sealed record PlacedEvent(Recorded Recorded, string? Stage, string? Present)
{
    public int Number => Recorded.Number;
    public CaseEvent Event => Recorded.Event;

    /// <summary>The stage at which it was said or done; null before the first.</summary>
    public string? Said => Stage ?? Present;

    /// <summary>The events of a case, in order.</summary>
    public static IReadOnlyList<PlacedEvent> Of(CaseDocument document)
    {
        var (placed, present) = (new List<PlacedEvent>(), (string?)null);
        var (notices, duties) = (
            new Dictionary<string, string?>(StringComparer.Ordinal),
            new Dictionary<string, string?>(StringComparer.Ordinal)
        );
        foreach (var recorded in DocumentFormat.Recorded(document.Events, document.Words))
        {
            if (recorded.Event is StageOpened opened)
                present = opened.Stage;
            if (recorded.Event is NoticeQueued queued)
                notices[queued.Key] = queued.Stage;
            if (recorded.Event is DutyArose arose)
                duties[arose.Id] = present;
            placed.Add(new PlacedEvent(recorded, StageOf(recorded.Event, present, notices, duties), present));
        }
        return placed;
    }

    private static string? StageOf(
        CaseEvent e,
        string? present,
        Dictionary<string, string?> notices,
        Dictionary<string, string?> duties
    ) =>
        e switch
        {
            CaseOpened
            or CaseWithdrawn
            or CaseEnded
            or UrgentRaised
            or LegalHoldChanged
            or PersonalDataRemoved
            or UnknownEvent => null,
            StageOpened x => x.Stage,
            StageClosed x => x.Stage,
            StagesSkipped x => x.From,
            LedToPolicy x => x.From,
            OutcomeRecorded x => x.Stage,
            OutcomeConfirmed x => x.Stage,
            OutcomeDisputed x => x.Stage,
            LateResponseRecorded x => x.Stage,
            DeadlineMissed x => x.Stage,
            DeadlineMoved x => x.Stage,
            ReminderDue x => x.Stage,
            OverdueTold x => x.Stage,
            DateSet x => x.Stage,
            HoldAsked x => x.Stage,
            HoldPlaced x => x.Stage,
            HoldReviewDue x => x.Stage,
            HoldEnded x => x.Stage,
            ContactMade x => x.Stage,
            LimitMet x => x.Stage,
            ContactDisputed x => x.Stage,
            HandedOver x => x.Stage,
            SentAgain x => x.Stage,
            NobodyToTell x => x.Stage,
            MailDelayed x => x.Stage,
            PeopleLeftOut x => x.Stage,
            NoticeQueued x => x.Stage,
            NoticeSent x => notices.GetValueOrDefault(x.Key),
            NoticeDelivered x => notices.GetValueOrDefault(x.Key),
            NoticeFailed x => notices.GetValueOrDefault(x.Key),
            NoticeSuperseded x => notices.GetValueOrDefault(x.Key),
            DutyReminded x => duties.GetValueOrDefault(x.Id),
            DutyOverdue x => duties.GetValueOrDefault(x.Id),
            DutyDone x => duties.GetValueOrDefault(x.Id),
            DutyArose or NoteAdded or ContactChanged or ContactAccepted or PartnershipReviewed => present,
            _ => throw new InvalidOperationException($"No place for {e.GetType().Name}."),
        };
}
