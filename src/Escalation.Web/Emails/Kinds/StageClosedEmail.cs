using Escalation.Core.Cases;
using Escalation.Web.Tokens;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>The stage's people hear that one of them escalated it, or that it was passed over.</summary>
internal static class StageClosedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: closed, nothing more to do",
            [
                $"{StageWords.Capital(StageSentences.Stage(notice))} of the {notice.Policy.Words.Disagreement} "
                    + $"between {LetterFacts.Agencies(notice)} {How(notice)}",
                "You need not answer for it any more. "
                    + "If you were about to, the link in your earlier email still takes a late answer for "
                    + $"{LinkStates.GoodFor.Days} days.",
            ]
        );

    private static string How(NoticeContext notice) =>
        notice.Record.Outcome == StageEnding.Skipped
            ? $"was passed over: a later {notice.Policy.Words.Stage} opened, with a reason that is on the record."
            : $"was not settled, and it was {notice.Policy.Words.Escalated}.";
}
