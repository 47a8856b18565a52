namespace Escalation.Web.Emails.Kinds;

/// <summary>A stage's tier is asked to settle the matter.</summary>
internal static class StageOpenedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: {StageSentences.AnswerBy(notice)}",
            [
                notice.Instruction == notice.Stage.Instruction
                    ? $"You are asked to settle a disagreement between {LetterFacts.Agencies(notice)}. {StageSentences.Because(notice)}"
                    : $"A disagreement between {LetterFacts.Agencies(notice)} is at {StageSentences.Stage(notice)}, "
                        + $"and you have a part in it. {StageSentences.Because(notice)}",
                notice.Instruction,
            ],
            Asks: true,
            Dated: true
        );
}
