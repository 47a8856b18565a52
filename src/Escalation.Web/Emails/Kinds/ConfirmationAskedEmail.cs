using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>
/// The other sides are asked to confirm an agreement; whoever stands in for a side without people is told that it waits. Said anew where that
/// is needed no more.
/// </summary>
internal static class ConfirmationAskedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        notice.Case.Awaiting switch
        {
            { } awaiting when awaiting.Sides.Contains(notice.Queued.Side) => Asked(notice, awaiting),
            { } awaiting when notice.Queued.Action is NoticeAction.None => InTheirPlace(notice, awaiting),
            _ => new(
                $"{StageSentences.Stage(notice)}: no confirmation needed any more",
                [
                    $"You were to be asked to confirm an outcome of {StageSentences.Stage(notice)}. "
                        + $"That is no longer needed. {StageSentences.Goes(notice)}",
                ]
            ),
        };

    private static EmailWords Asked(NoticeContext notice, Awaiting awaiting) =>
        new(
            $"{StageSentences.Stage(notice)}: confirm the outcome by {TimeWords.By(notice.Calendar, awaiting.By)}",
            [
                $"{Recorded(notice, awaiting)} It counts once your agency confirms it.",
                $"If that is not what was agreed, dispute it and say why. {Unless(notice, awaiting)}",
            ],
            Asks: true
        );

    /// <summary>To the business manager, whose own word would not confirm it.</summary>
    private static EmailWords InTheirPlace(NoticeContext notice, Awaiting awaiting)
    {
        var sides = awaiting.Sides.SelectMany(notice.Case.AgenciesOf).Select(notice.NameOf);
        return new(
            $"{StageSentences.Stage(notice)}: an outcome waits for confirmation until {TimeWords.By(notice.Calendar, awaiting.By)}",
            [
                $"{Recorded(notice, awaiting)} It counts once {string.Join(" and ", sides)} "
                    + "confirms it, and nobody there could be asked.",
                $"{Unless(notice, awaiting)} Find somebody there who can answer, and add them to the directory or to this case, "
                    + "or record on the case page what they say.",
            ]
        );
    }

    private static string Recorded(NoticeContext notice, Awaiting awaiting) =>
        $"{notice.NameOf(awaiting.Said.Agency)} recorded that {StageSentences.Stage(notice)} was resolved by agreement.";

    private static string Unless(NoticeContext notice, Awaiting awaiting) =>
        $"If it is neither confirmed nor disputed by {TimeWords.Moment(notice.Calendar, awaiting.By)}, "
        + "it counts as not agreed, and the case moves on.";
}
