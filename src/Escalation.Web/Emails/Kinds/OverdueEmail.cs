using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>The final stage is past its deadline; told again and again.</summary>
internal static class OverdueEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            notice.Record.For is LimitFor.Referral
                ? $"{StageSentences.Stage(notice)}: not referred by {StageSentences.By(notice)}"
                : $"{StageSentences.Stage(notice)}: overdue since {StageSentences.By(notice)}",
            [
                Missed(notice),
                // Whoever raised the concern hears of it, and has nothing to do.
                .. notice.Queued is { Side: Side.Raising, Action: NoticeAction.None }
                    ? []
                    : new[] { notice.Instruction },
                .. notice.Stage.Id == notice.Policy.FinalStage.Id && notice.Policy.FinalMissed.Notes is { } notes
                    ? new[] { notes }
                    : [],
            ],
            Asks: notice.Queued.Action is NoticeAction.Outcome,
            Dated: true
        );

    private static string Missed(NoticeContext notice)
    {
        var at = TimeWords.Moment(notice.Calendar, StageSentences.MissedAt(notice));
        if (notice.Record.For is LimitFor.Referral && notice.Cause is not DeadlineMissed { Unconfirmed: true })
            return $"The matter was not referred by {at}. Nothing closes by itself: the case stays open until it is.";
        return notice.Policy.FinalStage.Id == notice.Stage.Id
            ? $"This is the last {notice.Policy.Words.Stage}, and no outcome was recorded by {at}. "
                + "Nothing closes by itself: the case stays open and overdue."
            : $"{StageSentences.Unsettled(notice)} by {at}. Nothing moves by itself: the case stays open and overdue.";
    }
}
