using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>
/// The other sides are asked to confirm an agreement, or one of two a decision that they take together; the business manager, who stands in
/// for a side without people, is told that it waits. Said anew where that is needed no more.
/// </summary>
internal static class ConfirmationAskedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        (notice.Case.Awaiting, notice.Queued.Side) switch
        {
            (null, _) => NoLongerNeeded(notice),
            ({ } awaiting, var side)
                when JointDecisions.MayConfirm(notice.Case, notice.Rules, notice.Queued.Contact, side) => Asked(
                notice,
                awaiting
            ),
            ({ } awaiting, Side.Partnership) when notice.Queued.Action is NoticeAction.None => InTheirPlace(
                notice,
                awaiting
            ),
            (_, Side.Partnership) => NoLongerNeeded(notice),
            (_, Side.Raising or Side.Receiving or Side.Involved) => NoLongerNeeded(notice),
            (_, var side) => throw new InvalidOperationException($"No side {side} confirms anything."),
        };

    private static EmailWords NoLongerNeeded(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: no confirmation needed any more",
            [
                $"You were to be asked to confirm an outcome of {StageSentences.Stage(notice)}. "
                    + $"That is no longer needed. {StageSentences.Goes(notice)}",
            ]
        );

    private static EmailWords Asked(NoticeContext notice, Awaiting awaiting) =>
        new(
            $"{StageSentences.Stage(notice)}: confirm the outcome by {TimeWords.By(notice.Calendar, awaiting.By)}",
            [
                ConfirmWords.IsJoint(awaiting.Said)
                    ? $"{Recorded(notice, awaiting)} It counts once you confirm it."
                    : $"{Recorded(notice, awaiting)} It counts once your agency confirms it.",
                $"If that is not what was {(ConfirmWords.IsJoint(awaiting.Said) ? "decided" : "agreed")}, dispute it and say why. "
                    + Unless(notice, awaiting),
            ],
            Asks: true
        );

    /// <summary>To the business manager, whose own word would not confirm it.</summary>
    private static EmailWords InTheirPlace(NoticeContext notice, Awaiting awaiting) =>
        new(
            $"{StageSentences.Stage(notice)}: an outcome waits for confirmation until {TimeWords.By(notice.Calendar, awaiting.By)}",
            [
                $"{Recorded(notice, awaiting)} It counts once {notice.Confirm.Left(awaiting)} confirms it.",
                $"{Unless(notice, awaiting)} Add somebody there who can answer to the directory or to this case, "
                    + "or record on the case page what they say.",
            ]
        );

    private static string Recorded(NoticeContext notice, Awaiting awaiting) =>
        ConfirmWords.IsJoint(awaiting.Said)
            ? $"{StageWords.Capital(notice.Confirm.Speaker(awaiting.Said.Decider, awaiting.Said.Agency))} recorded "
                + $"the decision of {StageSentences.Stage(notice)}, which two take together."
            : $"{notice.NameOf(awaiting.Said.Agency)} recorded that {StageSentences.Stage(notice)} was resolved by agreement.";

    private static string Unless(NoticeContext notice, Awaiting awaiting) =>
        $"If it is neither confirmed nor disputed by {TimeWords.Moment(notice.Calendar, awaiting.By)}, "
        + ConfirmWords.IfNobody(notice.Policy, notice.Case.Stage, awaiting.Said);
}
