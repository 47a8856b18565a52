namespace Escalation.Web.Emails.Kinds;

/// <summary>The hold is due for review.</summary>
internal static class HoldReviewEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: review the hold",
            [
                $"The hold (Stop and Review) of {StageSentences.Stage(notice)} is due for review. "
                    + $"How the review ended is recorded on the case's page. {StageSentences.Goes(notice)}",
            ]
        );
}
