using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>The other sides are asked to confirm an agreement; said anew where that is needed no more.</summary>
internal static class ConfirmationAskedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        notice.Case.Awaiting is { } awaiting && awaiting.Sides.Contains(notice.Queued.Side)
            ? Asked(notice, awaiting)
            : new(
                $"{StageSentences.Stage(notice)}: no confirmation needed any more",
                [
                    $"You were to be asked to confirm an outcome of {StageSentences.Stage(notice)}. "
                        + $"That is no longer needed. {StageSentences.Goes(notice)}",
                ]
            );

    private static EmailWords Asked(NoticeContext notice, Awaiting awaiting)
    {
        var by = notice.NameOf(awaiting.Said.Agency);
        return new(
            $"{StageSentences.Stage(notice)}: confirm the outcome by {TimeWords.By(notice.Calendar, awaiting.By)}",
            [
                $"{by} recorded that {StageSentences.Stage(notice)} was resolved by agreement. It counts once your agency confirms it.",
                "If that is not what was agreed, dispute it and say why. "
                    + $"If it is neither confirmed nor disputed by {TimeWords.Moment(notice.Calendar, awaiting.By)}, "
                    + "it counts as not agreed, and the case moves on.",
            ],
            Asks: true
        );
    }
}
