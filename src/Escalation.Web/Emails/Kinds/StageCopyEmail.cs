namespace Escalation.Web.Emails.Kinds;

/// <summary>The parties' copy when the partnership's tier is asked.</summary>
internal static class StageCopyEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: now with the partnership{StageSentences.DueBy(notice)}",
            [
                $"The {notice.Policy.Words.Disagreement} between {LetterFacts.Agencies(notice)} is now with: {notice.Stage.Tier}. "
                    + $"{StageSentences.Because(notice)} This is your copy; the partnership records the outcome.",
            ],
            Dated: true
        );
}
