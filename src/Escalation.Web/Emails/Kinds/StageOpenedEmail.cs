using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>A stage's tier is asked to settle the matter.</summary>
internal static class StageOpenedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: {StageSentences.AnswerBy(notice)}",
            [$"{About(notice)} {StageSentences.Because(notice)}", notice.Instruction],
            Asks: true,
            Dated: true
        );

    /// <summary>
    /// Where nobody receives, the agencies agree: there is nothing between them to settle. Nor is there at a stage of one agency's own.
    /// </summary>
    private static string About(NoticeContext notice)
    {
        var (matter, agencies) = (notice.Policy.Words.ADisagreement(), LetterFacts.Agencies(notice));
        return
            notice.Policy.Parties.Receiving
            && notice.Stage.Told is not Told.Raising
            && notice.Instruction == notice.Stage.Instruction
            ? $"You are asked to settle {matter} between {agencies}."
            : $"{StageWords.Capital(matter)} between {agencies} is at {StageSentences.Stage(notice)}, and you have a part in it.";
    }
}
