using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>The final stage is past its deadline; told again and again.</summary>
internal static class OverdueEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: overdue since {StageSentences.By(notice)}",
            [
                "This is the last stage, and no outcome was recorded by "
                    + $"{TimeWords.Moment(notice.Calendar, notice.Record.Deadline.At)}. "
                    + "Nothing closes by itself: the case stays open and overdue.",
                // Whoever raised the concern hears of it, and has nothing to do.
                .. notice.Queued is { Side: Side.Raising, Action: NoticeAction.None }
                    ? []
                    : new[] { notice.Stage.Instruction },
                .. notice.Policy.FinalMissed.Notes is { } notes ? new[] { notes } : [],
            ],
            Asks: notice.Queued.Action is NoticeAction.Outcome,
            Dated: true
        );
}
