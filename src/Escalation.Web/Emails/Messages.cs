using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>Subject and lead of every kind of notice, from the case as it is when it is sent.</summary>
internal static class Messages
{
    public static Message For(NoticeContext o) =>
        o.Queued.Kind switch
        {
            NoticeKinds.StageOpened => StageMessages.Opened(o),
            NoticeKinds.StageCopy => StageMessages.Copy(o),
            NoticeKinds.StageNews => StageMessages.News(o),
            NoticeKinds.Reminder => StageMessages.Reminder(o),
            NoticeKinds.StageMissed => StageMessages.Missed(o),
            NoticeKinds.StageClosed => StageMessages.Closed(o),
            NoticeKinds.Overdue => StageMessages.Overdue(o),
            NoticeKinds.DeadlineMoved => StageMessages.Moved(o),
            NoticeKinds.ConfirmationAsked => ConfirmationAsked(o),
            NoticeKinds.Disputed => new(
                $"{Stage(o)}: outcome disputed",
                [
                    $"The outcome recorded for {Stage(o)} was disputed by the other side: it does not count as agreed. {Goes(o)}",
                ],
                Dated: true
            ),
            NoticeKinds.Responded => new(
                $"{Stage(o)}: a response was recorded",
                [
                    $"A response was recorded for {Stage(o)}, which meets its time limit. "
                        + "The case stays open until it is resolved or decided.",
                ]
            ),
            NoticeKinds.Ended => Ended(o),
            NoticeKinds.LateResponse => LateResponse(o),
            NoticeKinds.Urgent => new(
                $"{Stage(o)}: URGENT, imminent risk of harm reported",
                [
                    $"The escalation between {LetterFacts.Agencies(o)} was marked as urgent. "
                        + "It goes on beside what the urgent procedure asks; neither waits for the other.",
                ]
            ),
            NoticeKinds.HoldPlaced => new(
                $"{Stage(o)}: on hold (Stop and Review)",
                [
                    o.Case.Hold is { } hold
                        ? $"The clock of {Stage(o)} is on hold. The hold is reviewed on {Core.Calendars.UkDates.Date(hold.ReviewOn)}."
                        : $"The clock of {Stage(o)} was put on hold. {Goes(o)}",
                ]
            ),
            NoticeKinds.HoldReview => new(
                $"{Stage(o)}: review the hold",
                [
                    $"The hold (Stop and Review) of {Stage(o)} is due for review. "
                        + $"The business manager records how the review ended. {Goes(o)}",
                ]
            ),
            NoticeKinds.HoldEnded => new(
                $"{Stage(o)}: clock runs again, {StageMessages.AnswerBy(o)}",
                [$"The hold of {Stage(o)} ended. {Goes(o)}"],
                Dated: true
            ),
            NoticeKinds.Told => new($"{Stage(o)}: for your information", [.. Told(o)]),
            NoticeKinds.DutyArose or NoticeKinds.DutyReminder or NoticeKinds.DutyOverdue => DutyWords.Message(o),
            _ => ManagerMessages.For(o),
        };

    public static string Stage(NoticeContext o) => o.Named(o.Stage, "the case");

    /// <summary>Where the case stands, in a sentence.</summary>
    public static string Goes(NoticeContext o)
    {
        var (c, present) = (o.Case, StageWords.Inline(o.Policy.Find(o.Case.Stage.Id)!));
        return c.Status switch
        {
            _ when c.IsOpen && !o.MayRead(c.Stage.Id) => "The case is now with the agency that raised the concern.",
            CaseStatus.OnHold => $"The case is on hold at {present}.",
            CaseStatus.AwaitingConfirmation =>
                $"An agreed outcome of {present} waits for confirmation until {TimeWords.Moment(o.Calendar, c.Awaiting!.By)}.",
            CaseStatus.Open when c.Stage.DeadlineInForce is { } at && at > o.Now =>
                $"The case is at {present}, to be answered by {TimeWords.By(o.Calendar, at)}.",
            CaseStatus.Open => $"The case is at {present} and stays open until an outcome is recorded.",
            var status => $"The case has ended: {StageWords.Status(status)}.",
        };
    }

    private static Message ConfirmationAsked(NoticeContext o)
    {
        if (o.Case.Awaiting is not { } awaiting || !awaiting.Sides.Contains(o.Queued.Side))
            return new(
                $"{Stage(o)}: no confirmation needed any more",
                [$"You were to be asked to confirm an outcome of {Stage(o)}. That is no longer needed. {Goes(o)}"]
            );
        var by = AgencyWords.Name(o.Case, o.Rules.Directory, o.Policy, awaiting.Said.Agency);
        return new(
            $"{Stage(o)}: confirm the outcome by {TimeWords.By(o.Calendar, awaiting.By)}",
            [
                $"{by} recorded that {Stage(o)} was resolved by agreement. It counts once your agency confirms it.",
                "If that is not what was agreed, dispute it and say why. "
                    + $"If it is neither confirmed nor disputed by {TimeWords.Moment(o.Calendar, awaiting.By)}, "
                    + "it counts as not agreed, and the case moves on.",
            ],
            Asks: true
        );
    }

    private static Message Ended(NoticeContext o)
    {
        var c = o.Case;
        var ended = c.EndedAt is { } at ? $" on {TimeWords.Moment(o.Calendar, at)}" : "";
        var how = c.Stage.Outcome is { } outcome
            ? $"ended at {Stage(o)}{ended}: {Outcomes.Phrase(outcome)}"
            : $"ended{ended}";
        return new(
            $"{Stage(o)}: ended, {StageWords.Status(c.Status)}",
            [
                $"The escalation between {LetterFacts.Agencies(o)} {how}.",
                "What was agreed or decided is in the record of the case, not in this email. Both agencies keep it on the file.",
            ]
        );
    }

    private static Message LateResponse(NoticeContext o)
    {
        var late = o.Case.LateResponses.Find(l => l.Number == o.Queued.Cause);
        var said = late is null ? "An answer" : $"An answer ({Outcomes.Phrase(late.Said.Outcome)})";
        var to =
            late is null ? "an earlier stage"
            : o.Policy.Find(late.Said.Stage) is { } stage ? o.Named(stage, "an earlier stage")
            : late.Said.Stage;
        var when = late is null ? "" : $" on {TimeWords.Moment(o.Calendar, late.Said.ReceivedAt)}";
        var inTime = late?.Said.InTime == true ? " It arrived before that stage's deadline." : "";
        return new(
            $"{Messages.Stage(o)}: a late answer was received",
            [
                $"{said} to {to} was received{when}, after that stage had closed. It was recorded, and moved nothing.{inTime} {Goes(o)}",
                .. o.Case.IsOpen
                    ? new[] { "If it settles the matter, you can adopt it as your own outcome from the link." }
                    : [],
            ],
            Asks: o.Case.IsOpen && o.Queued.Action is NoticeAction.Outcome,
            Dated: o.Case.IsOpen
        );
    }

    /// <summary>The policy's own words for whom it names.</summary>
    private static IEnumerable<string> Told(NoticeContext o)
    {
        var when = o.Cause switch
        {
            StageOpened e => $"stageOpened:{e.Stage}",
            SentAgain e => $"stageOpened:{e.Stage}",
            DeadlineMissed e => $"stageMissed:{e.Stage}",
            OverdueTold e => $"stageMissed:{e.Stage}",
            _ => "ended",
        };
        var rules = o
            .Policy.Tells.Where(t =>
                t.When == when && (t.Circumstances.Count == 0 || t.Circumstances.Any(o.Case.Circumstances.Contains))
            )
            .ToList();
        var own = rules.Where(t => IsFor(o, t.Who)).ToList();
        foreach (var rule in own.Count > 0 ? own : rules)
            yield return rule.Text;
        yield return Goes(o);
    }

    private static bool IsFor(NoticeContext o, Recipients who)
    {
        var contact = o.Queued.Contact;
        if (o.Case.Contacts.Find(c => c.Id == contact) is { } own)
            return own.Tier == who.Tier;
        var tiers = o
            .Rules.Directory.Find(o.Recipient.Agency)
            ?.Contacts.FirstOrDefault(c => $"{o.Recipient.Agency}/{c.Id}" == contact)
            ?.Tiers;
        return tiers?.Contains(who.Tier) == true;
    }
}
