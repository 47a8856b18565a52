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
                    For = e.For ?? LimitFor.Outcome,
                    IsWithoutLimit = e.Deadline is null,
                    Reminders = e.Reminders,
                    Again = e.Again,
                }
            ),
        };

    public static StageRecord Reminded(StageRecord stage, ReminderDue e, int number)
    {
        var reminded = stage with
        {
            RemindedUpTo = e.Scheduled,
            Again = e.Again,
            ReminderCount = stage.ReminderCount + 1,
        };
        return reminded.IsRemindedLast ? reminded with { LastReminders = stage.LastReminders.Add(number) } : reminded;
    }

    /// <summary>A limit that was missed and only reminded may be met afterwards: what follows it has not been missed.</summary>
    public static Case LimitMet(Case c, LimitMet e, DateTimeOffset at) =>
        ChangeCurrentStage(
            c,
            s =>
                s with
                {
                    Met = s.Met.Add(new MetLimit(s.For, s.Deadline!, at, e.Agency, s.Resumed)),
                    Deadline = e.Deadline ?? s.Deadline,
                    For = e.For ?? LimitFor.Outcome,
                    IsWithoutLimit = e.Deadline is null,
                    Reminders = e.Reminders,
                    ContactBy = null,
                    MissedAt = null,
                    Resumed = null,
                    Again = e.Again,
                }
        );

    public static Case ContactDisputed(Case c, ContactDisputed e) =>
        ChangeCurrentStage(
            c,
            s =>
                s with
                {
                    For = s.Met[^1].For,
                    Met = s.Met.RemoveAt(s.Met.Count - 1),
                    Deadline = e.Deadline,
                    IsWithoutLimit = false,
                    Reminders = e.Reminders,
                    Resumed = s.Met[^1].Resumed,
                    MissedAt = null,
                    Again = null,
                    ContactDisputed = true,
                }
        );

    /// <summary>A deadline that follows from the day counts anew: what was missed or waited before did so under another.</summary>
    public static Case DateSet(Case c, DateSet e)
    {
        var dates = new Dictionary<string, GivenDay>(c.Dates, StringComparer.Ordinal) { [e.Date] = e.Day };
        c = c with { Dates = dates };
        return e.Deadline is null
            ? c
            : ChangeCurrentStage(
                c,
                s =>
                    s with
                    {
                        Deadline = e.Deadline,
                        For = e.For ?? LimitFor.Outcome,
                        IsWithoutLimit = false,
                        Reminders = e.Reminders,
                        MissedAt = null,
                        Again = null,
                    }
            );
    }

    public static Case Closed(Case c, StageClosed e, DateTimeOffset at) =>
        ChangeCurrentStage(
            c with
            {
                Awaiting = null,
            },
            s => s with { ClosedAt = at, Outcome = e.Outcome, By = e.By, Late = e.Late, Untold = e.Untold }
        );

    /// <summary>Once the raising side has said that there was no contact, the other's word for one changes nothing.</summary>
    public static Case ContactMade(Case c, ContactMade e) =>
        c.Stage.ContactDisputed && c.SideOf(e.Agency) is Side.Receiving
            ? c
            : ChangeCurrentStage(c, s => s with { ContactBy = e.Agency });

    public static Case Outcome(Case c, OutcomeRecorded e, Recorded r)
    {
        var responded = e.Outcome == Outcomes.Responded;
        c = ChangeCurrentStage(
            c,
            s =>
                s with
                {
                    DiscussedOn = e.DiscussedOn,
                    OutcomeBy = e.Agency,
                    RespondedAt = responded ? e.ReceivedAt : s.RespondedAt,
                    Met =
                        responded && !s.IsWithoutLimit && e.Again is not null
                            ? s.Met.Add(new MetLimit(s.For, s.Deadline!, r.At, e.Agency))
                            : s.Met,
                    IsWithoutLimit = s.IsWithoutLimit || (responded && e.Again is not null),
                    Again = responded ? e.Again ?? s.Again : s.Again,
                }
        );
        if (e.Adopts is { } adopted)
            c = c with
            {
                LateResponses = [.. c.LateResponses.Select(l => l.Number == adopted ? l with { Adopted = true } : l)],
            };
        return e.ConfirmBy is not { } by
            ? c
            : c with
            {
                Status = CaseStatus.AwaitingConfirmation,
                Awaiting = new Awaiting(r.Number, e, e.Awaiting, by, e.Deciders ?? []),
            };
    }

    public static Case Confirmed(Case c, OutcomeConfirmed e) =>
        c with
        {
            Awaiting = e.Decider is { } decider
                ? c.Awaiting! with
                {
                    Deciders = [.. c.Awaiting.Deciders.Where(d => d != decider)],
                }
                : c.Awaiting! with
                {
                    Sides = [.. c.Awaiting.Sides.Where(s => s != e.Side)],
                },
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
                    Deadline = e.Deadline ?? s.Deadline,
                    Reminders = e.Reminders,
                    RemindedUpTo = at,
                    Resumed = new Resumption(at, left),
                }
        );
    }
}
