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
                notice.Record.Outcome == StageEnding.Skipped
                    ? $"{StageWords.Capital(StageSentences.Stage(notice))} of the {notice.Policy.Words.Disagreement} between {LetterFacts.Agencies(notice)} "
                        + $"was passed over: a later {notice.Policy.Words.Stage} opened, with a reason that is on the record."
                    : $"{StageWords.Capital(StageSentences.Stage(notice))} of the {notice.Policy.Words.Disagreement} between {LetterFacts.Agencies(notice)} "
                        + $"was not settled, and it was {notice.Policy.Words.Escalated}.",
                "You need not answer for it any more. "
                    + "If you were about to, the link in your earlier email still takes a late answer for "
                    + $"{LinkStates.GoodFor.Days} days.",
            ]
        );
}
