namespace Escalation.Web.Emails.Kinds;

/// <summary>To the business manager: open cases may be about the same.</summary>
internal static class PossibleDuplicateEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: may be a duplicate",
            [
                $"The case may be about the same person and agencies as: {string.Join(", ", notice.Case.PossibleDuplicates)}. "
                    + "Nothing was merged; withdraw one of them if they are the same.",
            ]
        );
}
