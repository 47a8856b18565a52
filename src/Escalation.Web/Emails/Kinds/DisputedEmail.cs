namespace Escalation.Web.Emails.Kinds;

/// <summary>A recorded agreement does not count.</summary>
internal static class DisputedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: outcome disputed",
            [
                $"The outcome recorded for {StageSentences.Stage(notice)} was disputed by the other side: "
                    + $"it does not count as agreed. {StageSentences.Goes(notice)}",
            ],
            Dated: true
        );
}
