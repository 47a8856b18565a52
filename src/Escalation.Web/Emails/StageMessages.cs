using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>What is said of a stage: opened, copied, reminded, missed, overdue, moved.</summary>
internal static class StageMessages
{
    /// <summary>In place of a stage that is internal to it.</summary>
    public const string RaisingAgency = "the agency that raised the concern";

    public static Message Opened(NoticeContext o) =>
        new(
            $"{Messages.Stage(o)}: {AnswerBy(o)}",
            [
                $"You are asked to settle a disagreement between {LetterFacts.Agencies(o)}. {Because(o)}",
                o.Stage.Instruction,
            ],
            Asks: true,
            Dated: true
        );

    public static Message Copy(NoticeContext o) =>
        new(
            $"{Messages.Stage(o)}: now with the partnership{DueBy(o)}",
            [
                $"The disagreement between {LetterFacts.Agencies(o)} is now with: {o.Stage.Tier}. "
                    + $"{Because(o)} This is your copy; the partnership records the outcome.",
            ],
            Dated: true
        );

    public static Message News(NoticeContext o) =>
        new(
            $"{Messages.Stage(o)}: opened{DueBy(o)}",
            [$"The concern you raised is now with: {o.Stage.Tier}. {Because(o)} {Messages.Goes(o)}"],
            Dated: true
        );

    public static Message Reminder(NoticeContext o) =>
        o.Record.RespondedAt is null
            ? new(
                $"{Messages.Stage(o)}: reminder, {AnswerBy(o)}",
                [
                    $"No outcome is recorded yet for {Messages.Stage(o)} of the disagreement between {LetterFacts.Agencies(o)}.",
                    o.Stage.Instruction,
                ],
                Asks: true,
                Dated: true
            )
            : new(
                $"{Messages.Stage(o)}: reminder, still open",
                [
                    $"A response was recorded for {Messages.Stage(o)}, "
                        + $"but the case between {LetterFacts.Agencies(o)} is neither resolved nor decided.",
                    o.Stage.Instruction,
                ],
                Asks: true
            );

    public static Message Missed(NoticeContext o)
    {
        var next = o.Policy.After(o.Stage.Id) is { } stage
            ? $" It moved to {o.Named(stage, RaisingAgency)} by itself."
            : "";
        return new(
            $"{Messages.Stage(o)}: not settled by {By(o)}",
            [
                $"{Unsettled(o)} by {TimeWords.Moment(o.Calendar, MissedAt(o))}.{next} "
                    + "Nothing more can be recorded for it in time; "
                    + $"the link in your earlier email still takes a late answer for {Tokens.LinkStates.GoodFor.Days} days.",
            ]
        );
    }

    public static Message Closed(NoticeContext o) =>
        new(
            $"{Messages.Stage(o)}: closed, nothing more to do",
            [
                o.Record.Outcome == StageEnding.Skipped
                    ? $"{StageWords.Capital(Messages.Stage(o))} of the disagreement between {LetterFacts.Agencies(o)} "
                        + "was passed over: a later stage opened, with a reason that is on the record."
                    : $"{StageWords.Capital(Messages.Stage(o))} of the disagreement between {LetterFacts.Agencies(o)} "
                        + "was not settled, and it was escalated.",
                "You need not answer for it any more. "
                    + "If you were about to, the link in your earlier email still takes a late answer for "
                    + $"{Tokens.LinkStates.GoodFor.Days} days.",
            ]
        );

    public static Message Overdue(NoticeContext o) =>
        new(
            $"{Messages.Stage(o)}: overdue since {By(o)}",
            [
                "This is the last stage, and no outcome was recorded by "
                    + $"{TimeWords.Moment(o.Calendar, o.Record.Deadline.At)}. "
                    + "Nothing closes by itself: the case stays open and overdue.",
                o.Stage.Instruction,
                .. o.Policy.FinalMissed.Notes is { } notes ? new[] { notes } : [],
            ],
            Asks: o.Queued.Action is NoticeAction.Outcome,
            Dated: true
        );

    public static Message Moved(NoticeContext o) =>
        new(
            $"{Messages.Stage(o)}: deadline moved, {AnswerBy(o)}",
            [
                o.Cause is DeadlineMoved moved
                    ? $"The deadline of {Messages.Stage(o)} moved from {TimeWords.Moment(o.Calendar, moved.From)} "
                        + $"to {TimeWords.Moment(o.Calendar, moved.Deadline.At)}, "
                        + "because the calendar of working days changed."
                    : $"The deadline of {Messages.Stage(o)} moved. {Messages.Goes(o)}",
            ],
            Asks: o.Queued.Action is NoticeAction.Outcome,
            Dated: true
        );

    /// <summary>"answer by 5pm Thursday 31 December 2026", or what holds instead.</summary>
    public static string AnswerBy(NoticeContext o) =>
        o.Record.DeadlineInForce switch
        {
            null => "still open",
            _ when o.Case.Status == CaseStatus.OnHold => "on hold",
            { } at when at <= o.Now => $"overdue since {By(o)}",
            _ => $"answer by {By(o)}",
        };

    /// <summary>For those who are not asked; empty where no deadline runs.</summary>
    private static string DueBy(NoticeContext o) =>
        o.Record.DeadlineInForce is { } at && at > o.Now && o.Case.Status != CaseStatus.OnHold
            ? $", to be answered by {By(o)}"
            : "";

    private static string By(NoticeContext o) => TimeWords.By(o.Calendar, MissedAt(o));

    /// <summary>The instant that was missed: the deadline, or when a confirmation was due.</summary>
    private static DateTimeOffset MissedAt(NoticeContext o) =>
        o.Cause is DeadlineMissed missed ? missed.Deadline : o.Record.Deadline.At;

    private static string Unsettled(NoticeContext o) =>
        o.Cause is DeadlineMissed { Unconfirmed: true }
            ? $"The agreed outcome of {Messages.Stage(o)} was not confirmed"
            : $"No outcome was recorded for {Messages.Stage(o)}";

    private static string Because(NoticeContext o)
    {
        var at = o.Case.Stages.FindIndex(s => s.Id == o.Record.Id);
        var before =
            at > 0 && o.Policy.Find(o.Case.Stages[at - 1].Id) is { } stage
                ? o.Named(stage, "the stage before")
                : "the stage before";
        return o.Record.Because switch
        {
            OpenedBecause.Escalated => $"It was not settled at {before}, and one of its people escalated it.",
            OpenedBecause.Deadline => $"The deadline of {before} passed without an outcome.",
            OpenedBecause.Unconfirmed => $"An outcome was recorded at {before}, but was not confirmed in time.",
            OpenedBecause.Skipped => "Earlier stages were passed over, with a reason that is on the record.",
            OpenedBecause.Urgent => "It came straight here because imminent risk was reported.",
            OpenedBecause.Review => "A Stop and Review ended without agreement.",
            OpenedBecause.Raised => "The concern was raised with this procedure.",
            _ => throw new InvalidOperationException($"A stage cannot open because of {o.Record.Because}."),
        };
    }
}
