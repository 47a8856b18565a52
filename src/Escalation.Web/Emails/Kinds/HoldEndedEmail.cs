namespace Escalation.Web.Emails.Kinds;

/// <summary>The clock runs again.</summary>
internal static class HoldEndedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: clock runs again, {StageSentences.AnswerBy(notice)}",
            [$"The hold of {StageSentences.Stage(notice)} ended. {StageSentences.Goes(notice)}"],
            Dated: true
        );
}
