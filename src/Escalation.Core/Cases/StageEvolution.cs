using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What events do to the stages of a case.</summary>
internal static class StageEvolution
{
    public static Case ChangeCurrentStage(Case c, Func<StageRecord, StageRecord> change) =>
        c with
        {
            Stages = c.Stages.SetItem(c.Stages.Count - 1, change(c.Stage)),
        };

    public static Case Opened(Case c, StageOpened e, DateTimeOffset at) =>
        c with
        {
            Status = CaseStatus.Open,
            Stages = c.Stages.Add(
                new StageRecord
                {
                    Id = e.Stage,
                    Because = e.Because,
                    OpenedAt = at,
                    Deadline = e.Deadline,
                    Reminders = e.Reminders,
                }
            ),
        };

    public static Case Closed(Case c, StageClosed e, DateTimeOffset at) =>
        ChangeCurrentStage(
            c with
            {
                Awaiting = null,
            },
            s => s with { ClosedAt = at, Outcome = e.Outcome, By = e.By, Late = e.Late, Untold = e.Untold }
        );

    public static Case Outcome(Case c, OutcomeRecorded e, Recorded r)
    {
        var responded = Outcomes.Has(e.Outcome, OutcomeEffect.KeepsOpen);
        c = ChangeCurrentStage(
            c,
            s =>
                s with
                {
                    DiscussedOn = e.DiscussedOn,
                    RespondedAt = responded ? e.ReceivedAt : s.RespondedAt,
                    Again = responded ? e.Again : s.Again,
                }
        );
        if (e.Adopts is { } adopted)
            c = c with
            {
                LateResponses = [.. c.LateResponses.Select(l => l.Number == adopted ? l with { Adopted = true } : l)],
            };
        return e.Awaiting.Count == 0
            ? c
            : c with
            {
                Status = CaseStatus.AwaitingConfirmation,
                Awaiting = new Awaiting(r.Number, e, e.Awaiting, e.ConfirmBy!.Value),
            };
    }

    public static Case Confirmed(Case c, OutcomeConfirmed e) =>
        c with
        {
            Awaiting = c.Awaiting! with { Sides = [.. c.Awaiting.Sides.Where(s => s != e.Side)] },
        };

    /// <summary>Who is asked to confirm has at least until the stage's deadline.</summary>
    public static Case Moved(Case c, DeadlineMoved e) =>
        ChangeCurrentStage(
            c with
            {
                Awaiting =
                    c.Awaiting is { } awaiting && awaiting.By < e.Deadline.At
                        ? awaiting with
                        {
                            By = e.Deadline.At,
                        }
                        : c.Awaiting,
            },
            s => s with { Deadline = e.Deadline, Reminders = e.Reminders }
        );

    public static Case Missed(Case c, DeadlineMissed e, DateTimeOffset at) =>
        ChangeCurrentStage(c with { Awaiting = null, Status = CaseStatus.Open }, s => s with { MissedAt = at });

    public static Case Resumed(Case c, HoldEnded e, DateTimeOffset at)
    {
        var left = c.Hold!.Left;
        c = c with
        {
            Status = CaseStatus.Open,
            PastHolds = c.PastHolds.Add(new PastHold(c.Hold.PlacedAt, at, e.WorkingDaysHeld)),
            Hold = null,
        };
        return ChangeCurrentStage(
            c,
            s =>
                s with
                {
                    Deadline = e.Deadline,
                    Reminders = e.Reminders,
                    RemindedUpTo = at,
                    Resumed = new Resumption(at, left),
                }
        );
    }
}
