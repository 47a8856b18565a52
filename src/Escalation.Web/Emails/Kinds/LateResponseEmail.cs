using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>The people who have the matter now hear of an answer to a stage that had closed.</summary>
internal static class LateResponseEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: a late answer was received",
            [
                $"{Received(notice)}, after that {notice.Policy.Words.Stage} had closed. "
                    + $"It was recorded, and moved nothing.{InTime(notice)} {StageSentences.Goes(notice)}",
                .. notice.Case.IsOpen
                    ? new[] { "If it settles the matter, you can adopt it as your own outcome from the link." }
                    : [],
            ],
            Asks: notice.Case.IsOpen && notice.Queued.Action is NoticeAction.Outcome,
            Dated: notice.Case.IsOpen
        );

    private static LateResponse? Late(NoticeContext notice) =>
        notice.Case.LateResponses.Find(l => l.Number == notice.Queued.Cause);

    private static string Received(NoticeContext notice)
    {
        if (Late(notice)?.Said is not { } said)
            return $"An answer to an earlier {notice.Policy.Words.Stage} was received";
        var stage = notice.Policy.Find(said.Stage) is { } found
            ? notice.Named(found, $"an earlier {notice.Policy.Words.Stage}")
            : said.Stage;
        return $"An answer ({notice.Policy.Words.Phrase(said.Outcome)}) to {stage} was received on "
            + TimeWords.Moment(notice.Calendar, said.ReceivedAt);
    }

    private static string InTime(NoticeContext notice) =>
        Late(notice)?.Said.InTime == true ? $" It arrived before that {notice.Policy.Words.Stage}'s deadline." : "";
}
