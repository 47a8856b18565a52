namespace Escalation.Web.Emails.Kinds;

/// <summary>To the business manager: a stage closed with none of its people told.</summary>
internal static class StageUntoldEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: closed with nobody told",
            [
                $"When {StageSentences.Stage(notice)} closed, no email to any of its people had been taken by a mail server. "
                    + $"They may not know of the case. {StageSentences.Goes(notice)}",
            ]
        );
}
