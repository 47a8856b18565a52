namespace Escalation.Web.Emails.Kinds;

/// <summary>A response meets the time limit of a stage that only asks for one.</summary>
internal static class RespondedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: a response was recorded",
            [
                $"A response was recorded for {StageSentences.Stage(notice)}, which meets its time limit. "
                    + "The case stays open until it is resolved or decided.",
            ]
        );
}
