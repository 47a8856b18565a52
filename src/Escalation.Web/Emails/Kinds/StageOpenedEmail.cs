namespace Escalation.Web.Emails.Kinds;

/// <summary>A stage's tier is asked to settle the matter.</summary>
internal static class StageOpenedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: {StageSentences.AnswerBy(notice)}",
            [
                $"You are asked to settle a disagreement between {LetterFacts.Agencies(notice)}. {StageSentences.Because(notice)}",
                notice.Stage.Instruction,
            ],
            Asks: true,
            Dated: true
        );
}
